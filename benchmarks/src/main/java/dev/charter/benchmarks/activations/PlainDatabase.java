package dev.charter.benchmarks.activations;

import dev.charter.benchmarks.load.Load;
import dev.charter.benchmarks.program.Postgres;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A database with the authority's tables, spoken to by plain JDBC: with as many connections as the authority's store opens, and on SQLite with one writer that commits
/// together what is waiting. No savepoints, no snapshots for reading, no retries: the least with which these statements can be durable.
public abstract sealed class PlainDatabase implements AutoCloseable {
    private static final int READERS = 4;
    private static final int WRITERS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

    private final List<Session> all = new ArrayList<>();

    abstract void run(Operation operation) throws Exception;

    /// Clients that run these operations.
    public Load.Clients running(List<Operation> operations) {
        return () -> number -> run(operations.get(number));
    }

    /// Under what each license is found by its locator.
    Map<String, byte[]> locators() throws SQLException {
        try (var statement = all.getFirst().connection().createStatement(); var results = statement.executeQuery("SELECT id, locator FROM license")) {
            var locators = new HashMap<String, byte[]>();
            while (results.next()) {
                locators.put(results.getString(1), results.getBytes(2));
            }
            return locators;
        }
    }

    final Session opened(java.sql.Connection connection) {
        var session = new Session(connection);
        all.add(session);
        return session;
    }

    static void withOneOf(BlockingQueue<Session> sessions, SessionWork work) throws InterruptedException, SQLException {
        var session = sessions.take();
        try {
            work.with(session);
        } finally {
            sessions.add(session);
        }
    }

    interface SessionWork {
        void with(Session session) throws SQLException;
    }

    @Override
    public void close() throws SQLException {
        for (var session : all) {
            session.close();
        }
    }

    /// On PostgreSQL: each write in a transaction of its own connection, each read in none.
    static final class OnPostgres extends PlainDatabase {
        private final BlockingQueue<Session> readers = new ArrayBlockingQueue<>(READERS);
        private final BlockingQueue<Session> writers = new ArrayBlockingQueue<>(WRITERS);

        OnPostgres(Postgres server, String database) throws SQLException {
            for (int i = 0; i < READERS; i++) {
                readers.add(opened(server.connect(database)));
            }
            for (int i = 0; i < WRITERS; i++) {
                var connection = server.connect(database);
                connection.setAutoCommit(false);
                writers.add(opened(connection));
            }
        }

        @Override
        void run(Operation operation) throws Exception {
            withOneOf(readers, session -> session.run(operation.reads()));
            withOneOf(writers, session -> {
                session.run(operation.writes());
                session.connection().commit();
            });
        }
    }

    /// On SQLite: one writer, one sync for all that waited.
    public static final class OnSqlite extends PlainDatabase {
        private static final int MOST_IN_ONE_COMMIT = 256;
        private static final int LONGEST_WAIT_SECONDS = 60;

        private record Waiting(Operation operation, CompletableFuture<Boolean> done) {}

        private final BlockingQueue<Session> readers = new ArrayBlockingQueue<>(READERS);
        private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
        private final Session writer;
        private final Thread writing;

        public OnSqlite(Path file) throws SQLException {
            for (int i = 0; i < READERS; i++) {
                readers.add(opened(connect(file)));
            }
            var connection = connect(file);
            connection.setAutoCommit(false);
            writer = opened(connection);
            writing = Thread.ofPlatform().name("plain-writer").daemon().start(this::writeForEver);
        }

        private static java.sql.Connection connect(Path file) throws SQLException {
            var settings = new Properties();
            settings.setProperty("journal_mode", "WAL");
            settings.setProperty("synchronous", "FULL");
            settings.setProperty("foreign_keys", "true");
            settings.setProperty("jdbc.get_generated_keys", "false");
            return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
        }

        @Override
        void run(Operation operation) throws Exception {
            withOneOf(readers, session -> session.run(operation.reads()));
            var done = new CompletableFuture<Boolean>();
            waiting.add(new Waiting(operation, done));
            done.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        }

        private void writeForEver() {
            var batch = new ArrayList<Waiting>();
            try {
                while (true) {
                    batch.clear();
                    Waiting next = waiting.take();
                    do {
                        batch.add(next);
                        writer.run(next.operation().writes());
                        next = batch.size() < MOST_IN_ONE_COMMIT ? waiting.poll() : null;
                    } while (next != null);
                    writer.connection().commit();
                    batch.forEach(one -> one.done().complete(true));
                }
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            } catch (SQLException fault) {
                batch.forEach(one -> one.done().completeExceptionally(fault));
            }
        }

        @Override
        public void close() throws SQLException {
            writing.interrupt();
            try {
                writing.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            super.close();
        }
    }
}
