package dev.charter.cli.host;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/// `charter host`.
public final class HostCommands {
    private HostCommands() {}

    public static CommandSpec of(Console console) {
        return CommandGroup.of(console, "host", "One host's license: activate it, see it, fetch what changed, give it back.",
                new ActivateHost(console), new ShowHost(console), new ReactivateHost(console), new DeactivateHost(console));
    }
}
