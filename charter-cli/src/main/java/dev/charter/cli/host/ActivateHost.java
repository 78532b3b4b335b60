package dev.charter.cli.host;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "activate", description = {"Activates this host with a license key: takes one activation of the license.",
        "The key itself is not sent. A lost answer costs nothing: the same command asks again with the same request.",
        "Where a request by letter waits for its answer, it asks for --supersede: asking over the network makes the letter worthless, also where the authority is not reached."},
        footer = {"", "Example:", "  charter host activate AAAAA-BBBBB-CCCCC-DDDDD-EEEEE --authority https://license.example.com", "  charter host activate - --authority https://license.example.com < letter.txt", "",
                "Exit codes: 0 licensed, 2 the key has a mistake, 3 refused, or a letter waits, 4 the authority was not reached. All: charter help exit-codes"})
final class ActivateHost implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "KEY", description = "The license key, in any case, with or without dashes; a file that it stands in; or - for what is piped in, which keeps it out of the list of processes.")
    private String key = "-";

    @Option(names = "--supersede", description = "Ask, also where a request by letter waits. The answer to that one is then worthless.")
    private boolean supersede;

    @Mixin
    private HostOptions options = new HostOptions();

    ActivateHost(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var licenseKey = KeyInput.read(key, console.surroundings());
        try (var open = options.setUp(console)) {
            LetterReport.waiting(open.client()).filter(letter -> !supersede).ifPresent(letter -> {
                throw letter.inTheWay(console, "Asking over the network makes it worthless, also when its answer is under way already or the authority is not reached.",
                        console.command("host install FILE") + "             installs the answer", console.command("host activate KEY --supersede") + "   asks nevertheless");
            });
            new Answers(console).licensed(open.client().activate(licenseKey), open, "host activate KEY");
            var report = new HostReport(console, open, open.client().check());
            console.answer(report.toJson(), report::print);
            console.next(console.command("host status") + "      how it stands, any time", console.command("host reactivate") + "  fetches what changed in the license");
            return Ending.DONE.exitCode();
        }
    }
}
