package dev.charter.endtoend;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// The database engines that the authority runs on; both are real.
enum Engine {
    SQLITE {
        @Override
        String freshDatabase(Path data) {
            return "sqlite:" + data.resolve("authority.db");
        }
    },
    POSTGRESQL {
        @Override
        String freshDatabase(Path data) {
            var name = "authority_" + NAMES.incrementAndGet();
            try (var connection = Postgres.SERVER.getPostgresDatabase().getConnection(); var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return Postgres.SERVER.getJdbcUrl("postgres", name);
        }
    };

    private static final AtomicInteger NAMES = new AtomicInteger();

    /// The URL of an empty database for an authority with that data folder.
    abstract String freshDatabase(Path data);

    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)).setServerConfig("fsync", "off").start(); // nobody kills it here; it stops itself when the tests' JVM ends
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL could not be started", e);
            }
        }
    }
}
