package dev.charter.cli.desk;

import dev.charter.cli.authority.AdminApi;
import dev.charter.cli.authority.AuthorityCommand;
import dev.charter.cli.authority.PageOptions;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "losses", description = "Lists the hosts that were reported destroyed and wait for a decision, the newest first.",
        footer = {"", "Example:", "  charter desk losses", "", "Exit codes: 0 done (also when none waits), 4 the authority was not reached, 8 not permitted. All: charter help exit-codes"})
final class ListLosses extends AuthorityCommand {
    @Option(names = "--all", description = "Those that were decided as well.")
    private boolean all;

    @Mixin
    private PageOptions pages = new PageOptions();

    ListLosses(Console console) {
        super(console);
    }

    @Override
    protected Ending run() {
        var page = api().get("losses?" + pages.query() + "&state=" + (all ? "all" : "waiting"));
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
        PageOptions.more(console, page, "desk losses" + (all ? " --all" : ""));
        return Ending.DONE;
    }
}
