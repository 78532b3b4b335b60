package dev.charter.cli.demo;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `charter demo`: steps of the launcher, which people do not need to know.
public final class DemoCommands {
    private DemoCommands() {}

    /// @param program runs this very program
    public static CommandSpec of(Console console, Program program, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("prepare", () -> new PrepareProgram(console))
                .with("rehearse", () -> new Rehearse(console, program));
        var spec = CommandGroup.of(console, "demo", "Steps of the launcher.", commands.byName(), arguments);
        spec.usageMessage().hidden(true);
        return spec;
    }
}
