package dev.charter.authority;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Temporary folders of tests.
public final class Folders {
    private Folders() {}

    public static Path make(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    public static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
