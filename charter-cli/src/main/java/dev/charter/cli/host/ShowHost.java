package dev.charter.cli.host;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "status", description = "Shows how this host stands: whether it is licensed, what it may use, and until when. It asks nobody.",
        footer = {"", "Example:", "  charter host status || echo not licensed", "",
                "Exit codes: 0 licensed (also in grace and on emergency days), 5 not licensed. All: charter help exit-codes"})
final class ShowHost implements Callable<Integer> {
    private final Console console;

    @Mixin
    private HostOptions options = new HostOptions();

    ShowHost(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var known = options.openKnown(console);
        if (known.isEmpty()) {
            var home = options.home(console).folder().toString();
            console.answer(Json.object().put("state", "never-licensed").put("licensed", false).put("headline", "This host is not licensed").put("home", home), () -> {
                console.headline("This host is not licensed");
                console.line("Folder", home + " (not there yet)");
            });
            console.next(console.command("host activate KEY --authority URL"));
            return Ending.NOT_LICENSED.exitCode();
        }
        try (var open = known.get()) {
            var state = open.client().check();
            var report = new HostReport(console, open, state);
            console.answer(report.toJson(), report::print);
            var next = StateWords.next(state);
            if (LetterReport.waiting(open.client()).isPresent()) {
                console.next(console.command("host request") + "        shows the request that waits, again", console.command("host install FILE") + "   installs its answer");
            } else if (!next.isEmpty()) {
                console.next(console.command(next));
            }
            return HostReport.exitCode(state);
        }
    }
}
