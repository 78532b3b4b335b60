package dev.charter.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Folders that are gone afterwards.
public final class Folders {
    private Folders() {}

    public static Path temporary(String name) {
        try {
            return Files.createTempDirectory("charter-bench-" + name);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    /// Deletes the folder with everything in it.
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary folder cannot be deleted: " + folder, e);
        }
    }
}
