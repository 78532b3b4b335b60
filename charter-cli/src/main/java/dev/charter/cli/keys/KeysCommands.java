package dev.charter.cli.keys;

import dev.charter.cli.console.CommandGroup;
import dev.charter.cli.console.Console;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/// `charter keys`.
public final class KeysCommands {
    private static final Pattern KEY_ID_WITH_A_DASH = Pattern.compile("-[A-Za-z0-9_-]{21}");

    private KeysCommands() {}

    /// The same arguments, understood the same way. One key ID in 64 begins with a dash and would be taken for an option: it goes to the end, behind `--`, after which there are none
    /// (POSIX.1-2024, section 12.2, guideline 10).
    public static String[] withKeyLast(String... arguments) {
        var given = Arrays.asList(arguments);
        boolean revokes = given.size() > 2 && given.subList(0, 2).equals(List.of("keys", "revoke")) && !given.contains("--");
        var behind = revokes ? given.stream().filter(word -> KEY_ID_WITH_A_DASH.matcher(word).matches()).toList() : List.<String>of();
        if (behind.isEmpty()) {
            return arguments;
        }
        var ordered = new ArrayList<>(given);
        ordered.removeAll(behind);
        ordered.add("--");
        ordered.addAll(behind);
        return ordered.toArray(String[]::new);
    }

    public static CommandSpec of(Console console, List<String> arguments) {
        var commands = new CommandGroup.Commands()
                .with("init", () -> new InitKeys(console))
                .with("rotate", () -> new RotateKeys(console))
                .with("revoke", () -> new RevokeKeys(console))
                .with("show", () -> new ShowKeys(console));
        return CommandGroup.of(console, "keys", "A vendor's keys: the root, which stays offline, and the issuing keys, which the authority signs with.", commands.byName(), arguments);
    }
}
