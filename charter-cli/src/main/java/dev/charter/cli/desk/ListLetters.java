package dev.charter.cli.desk;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.authority.PageOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "Lists the letters that wait for a look, the newest first, each with what it would be answered now.",
        footer = {"", "Example:", "  charter desk list", "", "Exit codes: 0 done (also when none waits), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListLetters extends AuthorityCommand {
    @Option(names = "--state", paramLabel = "STATE", description = "waiting, approved, refused, superseded, closed or all. Otherwise: waiting.")
    private String state = "waiting";

    @Mixin
    private PageOptions pages = new PageOptions();

    ListLetters(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var path = "letters?" + pages.query() + "&state=" + AdminApi.encoded(state);
        var page = api().get(path);
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
        PageOptions.more(console, page, "desk list --state " + state);
        return Ending.DONE;
    }
}
