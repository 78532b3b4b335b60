package dev.charter.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Folders that are gone afterwards, also when a measurement is interrupted.
public final class Folders {
    private static final Set<Path> THERE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> THERE.forEach(Folders::delete)));
    }

    private Folders() {}

    public static Path temporary(String name) {
        try {
            var folder = Files.createTempDirectory("charter-bench-" + name);
            THERE.add(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    /// Deletes the folder with everything in it.
    public static void delete(Path folder) {
        THERE.remove(folder);
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
