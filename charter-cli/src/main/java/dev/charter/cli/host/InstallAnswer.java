package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import dev.charter.cli.host.HostOptions.OpenHost;
import dev.charter.client.Activation;
import dev.charter.client.LetterLook;
import dev.charter.client.LicenseClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "install", description = {"Installs the vendor's answer to this host's usage request: the usage license, as file, mail or scanned code. No network is needed.",
        "It also takes the vendor's confirmation of a deactivation. Where it is something else, it says what, and changes nothing."},
        footer = {"", "Example:", "  charter host install usage-license.txt", "  charter host install - < mail.txt", "",
                "Exit codes: 0 installed, 3 refused, or not for this host or its newest request, 5 nothing was asked for here, 6 it cannot be read, 7 no such file. All: charter help exit-codes"})
final class InstallAnswer implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The answer, with whatever stands around it; - for what is piped in.")
    private String file = "-";

    @Mixin
    private HostOptions options = new HostOptions();

    InstallAnswer(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        var text = LicenseClient.textOf(LetterFile.read(file, console));
        try (var open = options.openKnownForLetters(console).orElseThrow(this::nothingAsked)) {
            return install(open, text);
        }
    }

    private int install(OpenHost open, String text) {
        open.client().check();
        var look = open.client().look(text);
        var outcome = open.client().install(text);
        if (outcome instanceof Activation.Acknowledged(var license)) {
            console.answer(Json.object().put("state", "released").put("license", license).put("acknowledged", true),
                    () -> console.headline("The vendor has confirmed that the license " + license + " was given back; the activation is free for another host"));
            return Ending.DONE.exitCode();
        }
        if (outcome instanceof Activation.NotPossible(var message)) {
            throw CommandFailed.with(unread(look) ? Ending.NOT_VERIFIED : Ending.REFUSED, message, console.command("host status"));
        }
        new Answers(console).licensed(outcome, open, "host install FILE");
        var report = new HostReport(console, open, open.client().check());
        console.answer(report.toJson(), report::print);
        return Ending.DONE.exitCode();
    }

    private static boolean unread(LetterLook look) {
        return switch (look.kind()) {
            case UNREADABLE, NOTHING, PARTS -> true;
            default -> false;
        };
    }

    private CommandFailed nothingAsked() {
        return CommandFailed.with(Ending.NOT_LICENSED, "This host has asked for nothing, so there is no answer to install. Make a request here first, and install the answer to it.",
                console.command("host request KEY --anchor FILE"));
    }
}
