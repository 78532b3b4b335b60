package dev.charter.cli.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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

    /// The group with the commands that these arguments can mean. Understanding a command's annotations takes longer than running it, so where the first
    /// argument names one, the others are left out.
    ///
    /// @param commands by name, each made when it is needed
    /// @param arguments what follows the group's name
    public static CommandSpec of(Console console, String name, String description, SequencedMap<String, Supplier<CommandSpec>> commands, List<String> arguments) {
        var group = new CommandGroup(console);
        group.spec.name(name).usageMessage().description(description).footer("", "Help for one of them: charter help " + name + " COMMAND");
        chosen(commands, arguments).forEach((word, command) -> group.spec.addSubcommand(word, command.get()));
        return group.spec;
    }

    /// The one that the first argument names, else all.
    public static <T> Map<String, T> chosen(SequencedMap<String, T> all, List<String> arguments) {
        if (!arguments.isEmpty()) {
            var one = all.get(arguments.getFirst());
            if (one != null) {
                return Map.of(arguments.getFirst(), one);
            }
        }
        return all;
    }

    /// Commands in the order in which help lists them.
    public static final class Commands {
        private final LinkedHashMap<String, Supplier<CommandSpec>> byName = new LinkedHashMap<>();

        public Commands with(String name, Supplier<Object> command) {
            byName.put(name, () -> CommandSpec.forAnnotatedObject(command.get()));
            return this;
        }

        public SequencedMap<String, Supplier<CommandSpec>> byName() {
            return byName;
        }
    }

    @Override
    public Integer call() {
        CommandLine commandLine = spec.commandLine();
        console.say(commandLine.getUsageMessage().stripTrailing());
        return Ending.USAGE.exitCode();
    }
}
