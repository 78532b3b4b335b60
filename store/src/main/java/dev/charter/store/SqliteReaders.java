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

/// A few read-only connections to a SQLite file, opened when first needed. Readers never wait for the writer nor it for them.
final class SqliteReaders {
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
            var connection = take();
            try {
                var result = onSnapshot(connection, work);
                giveBack(connection);
                return result;
            } catch (Throwable e) {
                connection.closeBecause(e);
                throw e;
            }
        } catch (SQLException e) {
            throw new Diagnosis.OfSqlite(false).of(e);
        } finally {
            places.release();
        }
    }

    private static <T> T onSnapshot(SqliteConnection connection, Transactions.Work<T> work) throws SQLException {
        connection.control("BEGIN");
        var sql = new Sql(connection.statements(), new Diagnosis.OfSqlite(false));
        T result;
        try {
            result = Objects.requireNonNull(work.in(sql), "work returns a value, never null");
        } finally {
            sql.end();
        }
        if (sql.failure().isPresent()) {
            throw sql.failure().get();
        }
        connection.control("ROLLBACK");
        return result;
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
