package dev.charter.cli.desk;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists the letters that wait for a look, the newest first, each with what it would be answered now.",
        footer = {"", "Example:", "  charter desk list", "", "Exit codes: 0 done (also when none waits), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListLetters implements Callable<Integer> {
    private final Console console;

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    @Option(names = "--state", paramLabel = "STATE", description = "waiting, approved, refused, superseded, closed or all. Otherwise: waiting.")
    private String state = "waiting";

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200. Otherwise: 50.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "PLACE", description = "Goes on where a page ended.")
    private Optional<String> after = Optional.empty();

    ListLetters(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var path = "letters?limit=" + limit + "&state=" + AdminApi.encoded(state) + after.map(place -> "&after=" + AdminApi.encoded(place)).orElse("");
        try (var api = authority.connect(console)) {
            var page = api.get(path);
            var letters = page.path("letters");
            console.answer(page, () -> {
                if (letters.isEmpty()) {
                    console.line(state.equals("waiting") ? "No letter waits." : "There is no such letter.");
                } else {
                    console.headline(DeskReport.heading());
                    letters.forEach(letter -> console.line(DeskReport.row(letter)));
                    console.next(console.command("desk show " + letters.get(0).path("id").asString("")));
                }
            });
            page.path("next").asStringOpt().ifPresent(place -> console.next(console.command("desk list --state " + state + " --after " + place)));
            return Ending.DONE.exitCode();
        }
    }
}
