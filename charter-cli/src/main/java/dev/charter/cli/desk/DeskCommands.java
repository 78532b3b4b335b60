package dev.charter.cli.desk;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `charter desk`.
public final class DeskCommands {
    private DeskCommands() {}

    public static CommandSpec of(Console console, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("list", () -> new ListLetters(console))
                .with("show", () -> new ShowAtDesk(console))
                .with("answer", () -> new AnswerLetter(console))
                .with("approve", () -> new ApproveLetter(console))
                .with("refuse", () -> new RefuseLetter(console))
                .with("losses", () -> new ListLosses(console))
                .with("lost", () -> new ReportLoss(console))
                .with("restore", () -> new DecideLoss.Restore(console))
                .with("decline", () -> new DecideLoss.Decline(console));
        return CommandGroup.of(console, "desk", "The support desk: letters that wait for a look and hosts that were destroyed.", commands.byName(), arguments);
    }
}
