package dev.charter.cli.console;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// A word that only groups commands, such as `charter keys`: by itself it shows their help.
@Command
public final class CommandGroup implements Callable<Integer> {
    private final Console console;
    private final CommandSpec spec;

    private CommandGroup(Console console) {
        this.console = console;
        this.spec = CommandSpec.forAnnotatedObject(this);
    }

    public static CommandSpec of(Console console, String name, String description, Object... commands) {
        var group = new CommandGroup(console);
        group.spec.name(name).usageMessage().description(description).footer("", "Help for one of them: charter help " + name + " COMMAND");
        for (var command : commands) {
            var spec = CommandSpec.forAnnotatedObject(command);
            group.spec.addSubcommand(spec.name(), spec);
        }
        return group.spec;
    }

    @Override
    public Integer call() {
        CommandLine commandLine = spec.commandLine();
        console.say(commandLine.getUsageMessage().stripTrailing());
        return Ending.USAGE.exitCode();
    }
}
