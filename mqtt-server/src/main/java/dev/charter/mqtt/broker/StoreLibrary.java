package dev.charter.mqtt.broker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.NativeLibraryLoader;

/// RocksDB, which keeps the broker's messages, a library of machine code. It comes in a jar and is put into a file to be loaded. The file is gone once it is loaded, not only when the process ends: a
/// process that is killed would leave it behind, 13 megabytes at a time.
final class StoreLibrary {
    /// RocksDB's own setting: where the file is put, in place of the temporary folder.
    private static final String FOLDER = "ROCKSDB_SHAREDLIB_DIR";
    private static final String NAME = "charter-mqtt";

    private StoreLibrary() {}

    /// Loads it before the broker would; it is loaded once in a process, whoever asks.
    static void load() throws IOException {
        var named = Optional.ofNullable(System.getenv(FOLDER));
        var folder = named.isPresent() ? Files.createTempDirectory(Path.of(named.get()), NAME) : Files.createTempDirectory(NAME);
        folder.toFile().deleteOnExit();
        try {
            NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
        } finally {
            delete(folder);
        }
    }

    /// What the system does not let go of as long as it is loaded goes when the process ends: files before their folder, which was noted first.
    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            files.map(Path::toFile).filter(file -> !file.delete()).forEach(File::deleteOnExit);
        }
        folder.toFile().delete();
    }
}
