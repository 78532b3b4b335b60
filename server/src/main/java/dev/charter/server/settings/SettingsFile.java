package dev.charter.server.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// A file of lines `NAME=value`, in UTF-8. Empty lines and those that begin with `#` say nothing. What stands behind the first `=` is the value as it
/// is, without the spaces around it: no escapes, so a Windows path or a password is written as it reads.
final class SettingsFile {
    private SettingsFile() {}

    sealed interface Outcome {
        record Read(Map<String, String> lines) implements Outcome {}

        record Unreadable(String why) implements Outcome {}
    }

    static Outcome read(Path file) {
        var found = new LinkedHashMap<String, String>();
        try {
            int number = 0;
            for (var line : Files.readAllLines(file)) {
                number++;
                var text = line.strip();
                if (text.isEmpty() || text.startsWith("#")) {
                    continue;
                }
                int sign = text.indexOf('=');
                if (sign < 1) {
                    // The line is not shown: it might be a secret that lost its name.
                    return new Outcome.Unreadable("Line " + number + " of " + file + " is not NAME=value.");
                }
                var name = text.substring(0, sign).strip();
                if (found.putIfAbsent(name, text.substring(sign + 1).strip()) != null) {
                    return new Outcome.Unreadable("Line " + number + " of " + file + " gives " + name + " a second time.");
                }
            }
            return new Outcome.Read(found);
        } catch (CharacterCodingException notText) {
            return new Outcome.Unreadable(file + " is not a text in UTF-8.");
        } catch (IOException unreadable) {
            return new Outcome.Unreadable(file + " cannot be read: " + unreadable.getMessage() + ".");
        }
    }
}
