package dev.charter.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The end of a log, for a message about something that did not start.
final class LastLines {
    private static final int LINES = 20;
    private static final int MOST_BYTES = 16 * 1024;

    private LastLines() {}

    /// At most 20 lines, indented; nothing where there is no log.
    static String of(Path log) {
        try (var file = Files.newByteChannel(log)) {
            file.position(Math.max(0, file.size() - MOST_BYTES));
            var bytes = ByteBuffer.allocate(MOST_BYTES);
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // until the buffer is full or the log ends
            }
            var lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size())).indent(2).stripTrailing();
        } catch (IOException none) {
            return "";
        }
    }
}
