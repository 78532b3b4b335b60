package dev.charter.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A few read-only connections to a SQLite file, opened when first needed. Readers never wait for the writer nor it for them.
final class SqliteReaders {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteReaders.class);
    private static final Diagnosis DIAGNOSIS = new Diagnosis.OfSqlite(false);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Path file;
    private final int most;
    private final Semaphore places;
    private final Deque<SqliteConnection> idle = new ArrayDeque<>(); // guarded by itself; the last one used is used next, its cache is warm
    private boolean closed; // guarded by idle

    SqliteReaders(Path file, int most) {
        this.file = file;
        this.most = most;
        this.places = new Semaphore(most, true);
    }

    <T> T reading(Transactions.Work<T> work) {
        awaitPlace();
        try {
            var connection = begin();
            try {
                return run(connection, work);
            } finally {
                end(connection);
            }
        } catch (SQLException e) {
            throw DIAGNOSIS.of(e);
        } finally {
            places.release();
        }
    }

    private SqliteConnection begin() throws SQLException {
        var connection = take();
        try {
            connection.control("BEGIN");
            return connection;
        } catch (SQLException e) {
            connection.closeBecause(e);
            throw e;
        }
    }

    private static <T> T run(SqliteConnection connection, Transactions.Work<T> work) {
        var sql = new Sql(connection.statements(), DIAGNOSIS);
        T result;
        try {
            result = Objects.requireNonNull(work.in(sql), "work returns a value, never null");
        } finally {
            sql.end();
        }
        if (sql.failure().isPresent()) {
            throw sql.failure().get();
        }
        return result;
    }

    private void end(SqliteConnection connection) {
        try {
            connection.control("ROLLBACK");
            giveBack(connection);
        } catch (SQLException e) {
            // What was read is read, and must not turn into a failure; this connection is not used again.
            connection.closeBecause(e);
            LOG.warn("a reader of the SQLite file could not be given back", e);
        }
    }

    private void awaitPlace() {
        try {
            if (!places.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreUnavailable("all " + most + " readers of the SQLite file were busy for " + LONGEST_WAIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted while waiting for a reader", e);
        }
    }

    private SqliteConnection take() throws SQLException {
        @Nullable SqliteConnection free;
        synchronized (idle) {
            if (closed) {
                throw new StoreUnavailable("the store is closed");
            }
            free = idle.pollFirst();
        }
        return free == null ? SqliteConnection.forReading(file) : free;
    }

    private void giveBack(SqliteConnection connection) throws SQLException {
        synchronized (idle) {
            if (!closed) {
                idle.addFirst(connection);
                return;
            }
        }
        connection.close();
    }

    /// Refuses new readers and waits for those under way, for a while; who takes longer closes its connection itself.
    void close() throws SQLException {
        synchronized (idle) {
            closed = true;
        }
        try {
            if (places.tryAcquire(most, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (idle) {
            while (!idle.isEmpty()) {
                idle.removeFirst().close();
            }
        }
    }
}
