package dev.charter.cli.keys;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/// `charter keys`.
public final class KeysCommands {
    private KeysCommands() {}

    public static CommandSpec of(Console console) {
        return CommandGroup.of(console, "keys", "A vendor's keys: the root, which stays offline, and the issuing keys, which the authority signs with.",
                new InitKeys(console), new RotateKeys(console), new RevokeKeys(console), new ShowKeys(console));
    }
}
