package dev.charter.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteJDBCLoader;

/// SQLite itself, a library of machine code. Its driver carries it along and puts it into a file to load it. The file is gone once it is loaded, not only when the process ends: a process that is
/// killed would leave it behind, a megabyte at a time.
final class SqliteLibrary {
    /// The driver's setting: where the file is put, in place of the temporary folder. An operator names it where no program may be run from the temporary folder.
    private static final String FOLDER = "org.sqlite.tmpdir";
    private static final String NAME = "charter-sqlite";
    private static boolean loaded;

    private SqliteLibrary() {}

    /// @throws SQLException when it cannot be put into a file or loaded
    static synchronized void load() throws SQLException {
        if (loaded) {
            return;
        }
        var named = Optional.ofNullable(System.getProperty(FOLDER));
        try {
            var folder = named.isPresent() ? Files.createTempDirectory(Path.of(named.get()), NAME) : Files.createTempDirectory(NAME);
            folder.toFile().deleteOnExit();
            System.setProperty(FOLDER, folder.toString());
            try {
                loaded = SQLiteJDBCLoader.initialize();
            } finally {
                named.ifPresentOrElse(before -> System.setProperty(FOLDER, before), () -> System.clearProperty(FOLDER));
                delete(folder);
            }
        } catch (Exception unloadable) { // the driver declares it so
            throw new SQLException("SQLite cannot be loaded from the folder for temporary files, which -D%s=FOLDER names: %s".formatted(FOLDER, unloadable.getMessage()), unloadable);
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
