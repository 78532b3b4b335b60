package dev.charter.cli.host;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Ending;
import dev.charter.cli.console.Surroundings;
import dev.charter.format.LicenseKey;
import dev.charter.format.RefusalCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A license key as people hand it in: typed, in a file, or piped in, with the letter around it or without. A key with a mistake in it is never sent.
final class KeyInput {
    /// A letter with a key in it is shorter.
    private static final int MOST_BYTES = 64 * 1024;

    private KeyInput() {}

    static LicenseKey read(String given, Surroundings surroundings) {
        return switch (LicenseKey.read(text(given, surroundings))) {
            case LicenseKey.Reading.Whole whole -> whole.key();
            case LicenseKey.Reading.Faulty faulty -> throw CommandFailed.named(Ending.USAGE, RefusalCode.KEY_MALFORMED.name(), faulty.message() + " Nothing was sent.");
        };
    }

    private static String text(String given, Surroundings surroundings) {
        try {
            if (given.equals("-")) {
                return new String(surroundings.in().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            }
            if (isFile(given)) {
                try (var in = Files.newInputStream(Path.of(given))) {
                    return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                }
            }
            return given;
        } catch (IOException unreadable) {
            throw CommandFailed.with(Ending.NOT_FOUND, "No license key can be read from " + (given.equals("-") ? "what is piped in" : given) + ".");
        }
    }

    private static boolean isFile(String given) {
        try {
            return Files.isRegularFile(Path.of(given));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }
}
