package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Where a letter's text goes to, and comes from.
final class LetterFile {
    /// No letter is larger.
    private static final int MOST_BYTES = 1024 * 1024;

    private LetterFile() {}

    /// @param what it is, for the message where it cannot be written
    static void write(String text, Path file, String what) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, what + " cannot be written to " + file + ".", "Run the same command with another file, or without: it shows the same again.");
        }
    }

    /// The bytes of the file, or of what is piped in where its name is `-`.
    static byte[] read(String file, Console console) {
        var bytes = bytes(file, console);
        if (bytes.length > MOST_BYTES) {
            throw CommandFailed.with(Ending.NOT_VERIFIED, "This is larger than 1 MiB, and so no letter. Nothing was changed.", "Give the file that the vendor sent.");
        }
        return bytes;
    }

    private static byte[] bytes(String file, Console console) {
        try {
            if (file.equals("-")) {
                return console.surroundings().in().readNBytes(MOST_BYTES + 1);
            }
            try (var in = Files.newInputStream(Path.of(file))) {
                return in.readNBytes(MOST_BYTES + 1);
            }
        } catch (IOException | InvalidPathException unreadable) {
            throw CommandFailed.with(Ending.NOT_FOUND, "No letter can be read from " + (file.equals("-") ? "what is piped in" : file) + ".");
        }
    }
}
