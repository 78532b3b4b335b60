package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.host.HostOptions.OpenHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "reactivate", description = "Asks again, to fetch what changed in the license, and says what that is. It takes up no further activation.",
        footer = {"", "Example:", "  charter host reactivate", "",
                "Exit codes: 0 done, 3 refused, 4 the authority was not reached and the license stays as it is, 5 not licensed. All: charter help exit-codes"})
final class ReactivateHost implements Callable<Integer> {
    private final Console console;

    @Mixin
    private HostOptions options = new HostOptions();

    ReactivateHost(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var open = options.openKnown(console).orElseThrow(this::notLicensed)) {
            return reactivate(open);
        }
    }

    private int reactivate(OpenHost open) {
        var before = StateWords.license(open.client().check()).orElseThrow(this::notLicensed);
        var after = new Answers(console).licensed(open.client().reactivate(), open, "host reactivate");
        var changes = Changes.between(before, after, console);
        var state = open.client().check();
        var report = new HostReport(console, open, state);
        var json = report.toJson();
        json.set("changes", changes.toJson());
        console.answer(json, () -> {
            console.headline(changes.list().isEmpty() ? "Nothing has changed in the license" : "The license has changed");
            changes.list().forEach(change -> console.line("  " + change.words()));
            report.print();
        });
        return HostReport.exitCode(state);
    }

    private CommandFailed notLicensed() {
        return CommandFailed.with(Ending.NOT_LICENSED, "There is no license on this host to be asked for again.", console.command("host activate KEY --authority URL"));
    }
}
