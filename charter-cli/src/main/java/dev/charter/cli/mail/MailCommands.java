package dev.charter.cli.mail;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `charter mail`.
public final class MailCommands {
    private MailCommands() {}

    public static CommandSpec of(Console console, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("list", () -> new ListMails(console))
                .with("again", () -> new DecideMail.Again(console))
                .with("seen", () -> new DecideMail.Seen(console))
                .with("key", () -> new MailKey(console))
                .with("preview", () -> new PreviewMail(console));
        return CommandGroup.of(console, "mail", "Mails to customers: those that are not out, license keys once more, and how each of them looks.", commands.byName(), arguments);
    }
}
