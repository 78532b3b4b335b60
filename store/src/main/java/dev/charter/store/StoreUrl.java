package dev.charter.store;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/// Says which database to open: `sqlite:/path/to/file.db` (or `jdbc:sqlite:...`), or
/// `jdbc:postgresql://host:port/database`, with `?user=...&password=...` or with both given separately.
///
/// Its text form never shows the password, so it may be logged.
public sealed interface StoreUrl {

    /// A SQLite file. It is made when it is missing; its folder must exist when the store is opened.
    record SqliteFile(Path file) implements StoreUrl {
        @Override
        public String toString() {
            return "sqlite:" + file;
        }
    }

    /// A PostgreSQL database. What the URL says about user and password gives way to what was given separately.
    record PostgresDatabase(String address, Optional<String> user, Optional<String> password, String jdbcUrl)
            implements StoreUrl {
        @Override
        public String toString() {
            return address;
        }
    }

    /// Which engine the URL is for.
    default Engine engine() {
        return switch (this) {
            case SqliteFile _ -> Engine.SQLITE;
            case PostgresDatabase _ -> Engine.POSTGRESQL;
        };
    }

    /// @throws IllegalArgumentException with a sentence that says what is wrong and what to write instead
    static StoreUrl parse(String url) {
        return parse(url, Optional.empty(), Optional.empty());
    }

    /// @throws IllegalArgumentException with a sentence that says what is wrong and what to write instead
    static StoreUrl parse(String url, Optional<String> user, Optional<String> password) {
        var text = url.strip();
        if (text.startsWith("sqlite:")) {
            return sqlite(text.substring("sqlite:".length()), user, password);
        }
        if (text.startsWith("jdbc:sqlite:")) {
            return sqlite(text.substring("jdbc:sqlite:".length()), user, password);
        }
        if (text.startsWith("jdbc:postgresql:")) {
            return postgres(text, user, password);
        }
        if (text.startsWith("postgresql:") || text.startsWith("postgres:")) {
            throw new IllegalArgumentException(
                    "a PostgreSQL URL starts with jdbc: here; write jdbc:postgresql://host:port/database");
        }
        // The text itself is not repeated: somebody may have put a password into it.
        throw new IllegalArgumentException(
                "not a database URL that is known here; write sqlite:/path/to/file.db or jdbc:postgresql://host:port/database");
    }

    private static StoreUrl sqlite(String path, Optional<String> user, Optional<String> password) {
        if (user.isPresent() || password.isPresent()) {
            throw new IllegalArgumentException("a SQLite file has no user and no password; leave both out");
        }
        if (path.isBlank()) {
            throw new IllegalArgumentException("the SQLite URL names no file; write sqlite:/path/to/file.db");
        }
        if (path.startsWith(":") || Set.of("file::memory:", "file:").contains(path) || path.contains("mode=memory")) {
            throw new IllegalArgumentException(
                    "a SQLite database in memory is lost with the process; write sqlite:/path/to/file.db");
        }
        if (path.contains("?")) {
            throw new IllegalArgumentException(
                    "the SQLite URL carries settings after a question mark; the store sets these itself, leave them out");
        }
        try {
            var file = Path.of(path.startsWith("//") ? path.substring(2) : path).toAbsolutePath().normalize();
            if (file.getFileName() == null || Files.isDirectory(file)) {
                throw new IllegalArgumentException("the SQLite URL names a folder, not a file: " + file);
            }
            return new SqliteFile(file);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("the SQLite URL names no possible file: " + e.getReason(), e);
        }
    }

    private static StoreUrl postgres(String url, Optional<String> user, Optional<String> password) {
        var authority = url.substring("jdbc:postgresql:".length()).replaceFirst("[/?]*", "").replaceFirst("[/?].*", "");
        if (authority.contains("@")) {
            throw new IllegalArgumentException(
                    "user and password do not stand before the host in a PostgreSQL URL; write ?user=...&password=... behind the database, or give them separately");
        }
        Properties parts = org.postgresql.Driver.parseURL(url, new Properties());
        if (parts == null) {
            throw new IllegalArgumentException(
                    "not a PostgreSQL URL that can be read; write jdbc:postgresql://host:port/database");
        }
        var host = parts.getProperty("PGHOST", "localhost");
        var port = parts.getProperty("PGPORT", "5432");
        var database = parts.getProperty("PGDBNAME", "");
        if (database.isBlank()) {
            throw new IllegalArgumentException(
                    "the PostgreSQL URL names no database; write jdbc:postgresql://host:port/database");
        }
        return new PostgresDatabase(
                "jdbc:postgresql://" + addresses(host, port) + "/" + database,
                user.or(() -> Optional.ofNullable(parts.getProperty("user"))),
                password.or(() -> Optional.ofNullable(parts.getProperty("password"))),
                url);
    }

    // A URL may list several hosts, for failover; the driver hands hosts and ports back as two lists.
    private static String addresses(String hosts, String ports) {
        var names = hosts.split(",", -1);
        var numbers = ports.split(",", -1);
        var pairs = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            pairs.append(i == 0 ? "" : ",").append(names[i]).append(':').append(numbers[Math.min(i, numbers.length - 1)]);
        }
        return pairs.toString();
    }
}
