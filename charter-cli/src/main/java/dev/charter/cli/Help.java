package dev.charter.cli;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/// `charter help`, for commands of any depth, such as `charter help host activate`.
@Command(name = "help", description = "Shows the help of a command.", footer = {"", "Example:", "  charter help host activate"})
final class Help implements Callable<Integer> {
    private final Console console;
    private final CommandSpec spec;
    private final Function<List<String>, CommandLine> commands;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command, such as host activate.")
    private List<String> path = List.of();

    /// @param commands gives the whole program, as far as it is needed for the command of that path
    Help(Console console, Function<List<String>, CommandLine> commands) {
        this.console = console;
        this.commands = commands;
        this.spec = CommandSpec.forAnnotatedObject(this);
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        CommandLine command = commands.apply(path);
        for (var name : path) {
            var found = command.getSubcommands().get(name);
            if (found == null) {
                throw CommandFailed.with(Ending.USAGE, "There is no command \"" + String.join(" ", path) + "\".", console.command("help"));
            }
            command = found;
        }
        var text = command.getUsageMessage().stripTrailing();
        console.answer(Json.object().put("help", text), () -> console.line(text));
        return Ending.DONE.exitCode();
    }
}
