package dev.charter.cli;

import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/// `charter exit-codes`, also shown by `charter help exit-codes`.
@Command(name = "exit-codes", description = "Lists the exit codes of all commands.")
final class ExitCodes implements Callable<Integer> {
    private final Console console;

    ExitCodes(Console console) {
        this.console = console;
    }

    /// The command, with the list in its help as well.
    CommandSpec spec() {
        var spec = CommandSpec.forAnnotatedObject(this);
        var footer = new ArrayList<>(List.of("", "Example:", "  charter host status || echo not licensed", ""));
        Arrays.stream(Ending.values()).map(ExitCodes::line).forEach(footer::add);
        spec.usageMessage().footer(footer.toArray(String[]::new));
        return spec;
    }

    @Override
    public Integer call() {
        var list = Json.list();
        for (var ending : Ending.values()) {
            list.add(Json.object().put("exitCode", ending.exitCode()).put("ending", ending.word()).put("meaning", ending.meaning()));
        }
        var json = Json.object();
        json.set("exitCodes", list);
        console.answer(json, this::print);
        return Ending.DONE.exitCode();
    }

    private void print() {
        Arrays.stream(Ending.values()).map(ExitCodes::line).forEach(console::line);
    }

    private static String line(Ending ending) {
        return "%4d  %-14s %s".formatted(ending.exitCode(), ending.word(), ending.meaning());
    }
}
