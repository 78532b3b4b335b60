package dev.charter.cli.desk;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where an answer's text goes: into a file, or printed, so that it can be pasted into a mail.
final class AnswerDocument {
    private AnswerDocument() {}

    static void give(Console console, String text, Optional<Path> file) {
        if (file.isEmpty()) {
            console.line(text.strip());
            return;
        }
        try {
            Files.writeString(file.get(), text, StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw CommandFailed.with(Ending.NOT_PERMITTED, "The answer cannot be written to " + file.get() + ".");
        }
        console.line("Answer", file.get().toString());
    }
}
