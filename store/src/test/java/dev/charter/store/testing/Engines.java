package dev.charter.store.testing;

import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;

/// Databases for tests, on the real engines:
///
/// ```java
/// @ParameterizedTest @EnumSource
/// void a_seat_is_taken_once(Engine engine) {
///     try (var store = Store.open(Engines.fresh(engine), "classpath:db/authority")) { ... }
/// }
/// ```
///
/// One PostgreSQL server serves all tests of a JVM, each in a database of its own; SQLite files lie in a temporary folder. Both are gone when
/// the JVM ends. An engine that cannot be started fails the test.
public final class Engines {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private Engines() {}

    /// An empty database that no other test uses.
    public static StoreUrl fresh(Engine engine) {
        return switch (engine) {
            case SQLITE -> StoreUrl.parse("sqlite:" + SqliteFolder.PATH.resolve("test-" + NAMES.incrementAndGet() + ".db"));
            case POSTGRESQL -> freshOn(SharedPostgres.SERVER, "test_" + NAMES.incrementAndGet());
        };
    }

    static StoreUrl freshOn(EmbeddedPostgres server, String name) {
        try (var connection = server.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL made no database for this test", e);
        }
        return StoreUrl.parse(server.getJdbcUrl("postgres", name));
    }

    private static final class SharedPostgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)).setServerConfig("fsync", "off").start(); // nobody kills this one; it stops itself when the JVM ends
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL could not be started for the tests", e);
            }
        }
    }

    private static final class SqliteFolder {
        static final Path PATH = make();

        private static Path make() {
            try {
                var folder = Files.createTempDirectory("store-tests");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteAll(folder)));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException("no temporary folder for the tests", e);
            }
        }

        private static void deleteAll(Path folder) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
