package dev.charter.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/// Copies a SQLite database that is in use (sqlite.org/lang_vacuum.html#vacuuminto).
final class SqliteBackup {
    private SqliteBackup() {}

    static void copy(Path file, Path target) {
        var whole = target.toAbsolutePath().normalize();
        if (Files.exists(whole)) {
            throw new StoreUnavailable("a backup never overwrites; this exists already: " + whole);
        }
        var folder = whole.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreUnavailable("the folder for the backup does not exist: " + folder);
        }
        var unfinished = whole.resolveSibling(whole.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished); // left by a backup that was cut off
            SqliteConnection.makeFileOfOwner(unfinished);
            try (var connection = SqliteConnection.forWriting(file)) {
                var sql = new Sql(connection.statements(), new Diagnosis.OfSqlite(true));
                sql.update("VACUUM INTO ?", unfinished.toString());
            }
            sync(unfinished, StandardOpenOption.WRITE);
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            if (whole.getFileSystem().supportedFileAttributeViews().contains("posix")) { // elsewhere a folder cannot be opened
                sync(folder, StandardOpenOption.READ);
            }
        } catch (IOException | SQLException | StoreFault e) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw new StoreUnavailable("the backup could not be written: " + whole, e);
        }
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (var channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
