package dev.charter.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes SQLite's log back into its file while the writer goes on, so that no transaction waits for it (sqlite.org/wal.html, "Checkpointing"). The log is
/// durable by itself: a checkpoint that comes late, or not at all, costs room on the disk and nothing else.
final class SqliteCheckpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCheckpoints.class);
    /// Works whose pages come to a megabyte or a few.
    private static final int WORKS_BETWEEN = 100;

    private final Path file;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread;
    private int works; // the writer's
    private volatile boolean closed;

    SqliteCheckpoints(Path file) {
        this.file = file;
        thread = Thread.ofPlatform().name("store-checkpoints").daemon().start(this::writeBackUntilClosed);
    }

    /// The writer has committed so many works.
    void committed(int more) {
        works += more;
        if (works >= WORKS_BETWEEN) {
            works = 0;
            due.release();
        }
    }

    private void writeBackUntilClosed() {
        awaitDue();
        while (!closed) {
            try (var connection = SqliteConnection.forWriting(file)) {
                while (!closed) {
                    connection.control("PRAGMA wal_checkpoint(PASSIVE)");
                    awaitDue();
                }
            } catch (SQLException | StoreFault fault) {
                LOG.warn("SQLite's log could not be written back into its file now", fault);
                awaitDue();
            }
        }
    }

    /// What came due meanwhile is done with it. Nothing that comes due later is lost, closing least of all: it is marked before it is told.
    private void awaitDue() {
        due.acquireUninterruptibly();
        due.drainPermits();
    }

    @Override
    public void close() {
        closed = true;
        due.release();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
