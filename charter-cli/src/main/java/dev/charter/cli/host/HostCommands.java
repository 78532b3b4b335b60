package dev.charter.cli.host;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `charter host`.
public final class HostCommands {
    private HostCommands() {}

    public static CommandSpec of(Console console, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("activate", () -> new ActivateHost(console))
                .with("seat", () -> new TakeSeat(console))
                .with("status", () -> new ShowHost(console))
                .with("reactivate", () -> new ReactivateHost(console))
                .with("deactivate", () -> new DeactivateHost(console))
                .with("request", () -> new RequestByLetter(console))
                .with("install", () -> new InstallAnswer(console))
                .with("release", () -> new ReleaseByLetter(console));
        return CommandGroup.of(console, "host", "One host's license: activate it, see it, fetch what changed, give it back; over a network or by letter.", commands.byName(), arguments);
    }
}
