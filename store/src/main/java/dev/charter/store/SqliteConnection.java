package dev.charter.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// A connection to a SQLite file with the settings that durability and integrity rest on, and its prepared statements. There is no
/// other way to a connection than through here, so each one has them.
final class SqliteConnection implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;
    // A log that a long reader let grow is cut back to this once it has been written into the file.
    private static final int LOG_BYTES_KEPT = 64 << 20;
    // Where the log has grown to so many pages of 4 KiB in spite of SqliteCheckpoints, a commit writes it back itself.
    private static final int MOST_LOG_PAGES = 16_000;
    private static final int CACHE_KIB = 16 << 10;

    private final Connection connection;
    private final Statements.Cached statements;

    private SqliteConnection(Connection connection) {
        this.connection = connection;
        this.statements = new Statements.Cached(connection);
    }

    static SqliteConnection forWriting(Path file) throws SQLException {
        return open(file, false);
    }

    /// For who writes all day. Of each savepoint SQLite keeps the pages as they were, for these connections in memory: beyond 64 KiB it would make a file for them, in each transaction anew.
    static SqliteConnection forGroupCommit(Path file) throws SQLException {
        var opened = forWriting(file);
        try {
            opened.control("PRAGMA temp_store = MEMORY");
            return opened;
        } catch (SQLException e) {
            opened.closeBecause(e);
            throw e;
        }
    }

    static SqliteConnection forReading(Path file) throws SQLException {
        return open(file, true);
    }

    /// For Flyway, which wants a data source.
    static SQLiteDataSource dataSource(Path file) {
        var source = new SQLiteDataSource(settings(false));
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    /// Makes an empty file that only its owner may read; one that is there already is left as it is. SQLite gives its log the same permissions.
    static void makeFileOfOwner(Path file) throws IOException {
        var folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreUnavailable("the folder of the SQLite file does not exist: " + folder);
        }
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file, new FileAttribute<?>[0]);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw new StoreUnavailable("the SQLite URL names something that is not a file: " + file, e);
            }
        }
    }

    private static SQLiteConfig settings(boolean readOnly) {
        var settings = new SQLiteConfig();
        settings.enforceForeignKeys(true);
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.setBusyTimeout(BUSY_MILLIS);
        settings.setJournalSizeLimit(LOG_BYTES_KEPT);
        settings.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(MOST_LOG_PAGES));
        settings.setCacheSize(-CACHE_KIB);
        settings.setReadOnly(readOnly);
        settings.setGetGeneratedKeys(false); // the application makes its identifiers; looking for others would cost a query per statement
        return settings;
    }

    private static SqliteConnection open(Path file, boolean readOnly) throws SQLException {
        SqliteLibrary.load();
        var opened = new SqliteConnection(settings(readOnly).createConnection("jdbc:sqlite:" + file));
        try {
            // SQLite answers a journal mode that the file system cannot do with the one it kept, not with an error.
            opened.insist("journal_mode", "wal");
            opened.insist("synchronous", "2");
            opened.insist("foreign_keys", "1");
            return opened;
        } catch (Throwable e) {
            opened.closeBecause(e);
            throw e;
        }
    }

    private void insist(String setting, String value) throws SQLException {
        try (var statement = connection.createStatement(); var results = statement.executeQuery("PRAGMA " + setting)) {
            var actual = results.next() ? results.getString(1) : "nothing";
            if (!value.equalsIgnoreCase(actual)) {
                throw new StoreFault("SQLite keeps %s at %s where %s is needed: is the file on a network drive?"
                        .formatted(setting, actual, value));
            }
        }
    }

    Statements.Cached statements() {
        return statements;
    }

    /// Runs a statement that controls the transaction.
    void control(String sql) throws SQLException {
        var prepared = statements.take(sql);
        try {
            prepared.statement().execute();
        } catch (SQLException e) {
            prepared.statement().close();
            throw e;
        }
        statements.giveBack(sql, prepared);
    }

    /// Writes the log back into the file as far as no reader stands in the way, and without waiting for a writer.
    Checkpoint checkpoint() throws SQLException {
        try (var statement = connection.createStatement(); var results = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return results.next() ? new Checkpoint(results.getInt(2), results.getInt(3)) : new Checkpoint(0, 0);
        }
    }

    /// @param inLog pages of 4 KiB in the log
    /// @param writtenBack how many of them stand in the file too; once that is all of them, the next transaction begins the log anew where no reader needs it
    record Checkpoint(int inLog, int writtenBack) {}

    /// Closes because of a failure, which is the one to be told.
    void closeBecause(Throwable failure) {
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /// Closes; an open transaction is rolled back.
    @Override
    public void close() throws SQLException {
        try (connection) {
            statements.close();
        }
    }
}
