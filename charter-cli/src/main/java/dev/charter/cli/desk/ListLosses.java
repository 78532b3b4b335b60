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

@Command(name = "losses", description = "Lists the hosts that were reported destroyed and wait for a decision, the newest first.",
        footer = {"", "Example:", "  charter desk losses", "", "Exit codes: 0 done (also when none waits), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListLosses implements Callable<Integer> {
    private final Console console;

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    @Option(names = "--all", description = "Those that were decided as well.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many, up to 200. Otherwise: 50.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "PLACE", description = "Goes on where a page ended.")
    private Optional<String> after = Optional.empty();

    ListLosses(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var api = authority.connect(console)) {
            var page = api.get("losses?limit=" + limit + "&state=" + (all ? "all" : "waiting") + after.map(place -> "&after=" + AdminApi.encoded(place)).orElse(""));
            var losses = page.path("losses");
            console.answer(page, () -> {
                if (losses.isEmpty()) {
                    console.line(all ? "No host was reported destroyed." : "No lost host waits.");
                } else {
                    console.headline("%-18s %-10s %-26s %-20s %s".formatted("LOSS", "STATE", "LICENSE", "HOST", "WHAT HAPPENED"));
                    losses.forEach(loss -> console.line("%-18s %-10s %-26s %-20s %s".formatted(DeskReport.text(loss, "id"), DeskReport.text(loss, "state"), DeskReport.text(loss, "license"),
                            DeskReport.shortened(DeskReport.text(loss, "hostName"), 20), DeskReport.shortened(DeskReport.text(loss, "story").replace('\n', ' '), 60))));
                    console.next(console.command("desk show " + losses.get(0).path("id").asString("")));
                }
            });
            page.path("next").asStringOpt().ifPresent(place -> console.next(console.command("desk losses" + (all ? " --all" : "") + " --after " + place)));
            return Ending.DONE.exitCode();
        }
    }
}
