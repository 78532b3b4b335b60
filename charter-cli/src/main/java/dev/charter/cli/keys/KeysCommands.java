package dev.charter.cli.keys;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `charter keys`.
public final class KeysCommands {
    private KeysCommands() {}

    public static CommandSpec of(Console console, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("init", () -> new InitKeys(console))
                .with("rotate", () -> new RotateKeys(console))
                .with("revoke", () -> new RevokeKeys(console))
                .with("show", () -> new ShowKeys(console));
        return CommandGroup.of(console, "keys", "A vendor's keys: the root, which stays offline, and the issuing keys, which the authority signs with.", commands.byName(), arguments);
    }
}
