package dev.charter.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes SQLite's log back into its file while the writer goes on, so that no transaction waits for it (sqlite.org/wal.html, "Checkpointing"). The log is
/// durable by itself: a checkpoint that comes late, or not at all, costs room on the disk and nothing else.
///
/// A log can only begin anew once all of it has been written back, which never happens by itself while the writer goes on. So the writer does the last of it, when it is little: right after the
/// thread here was done with all that came before. Otherwise the log would grow until a commit had to do the whole work, again and again for as long as readers are in the way.
final class SqliteCheckpoints implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCheckpoints.class);
    /// Works whose pages come to a megabyte or a few.
    private static final int WORKS_BETWEEN = 100;
    /// Pages of 4 KiB. Beside room on the disk, a longer log costs those who look for a page in it, and a file that grows is synced more slowly than one that is written over.
    private static final int LONG_LOG = 4_000;

    private final Path file;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread;
    private int works; // the writer's
    private volatile boolean nearlyDone;
    private volatile boolean closed;

    SqliteCheckpoints(Path file) {
        this.file = file;
        thread = Thread.ofPlatform().name("store-checkpoints").daemon().start(this::writeBackUntilClosed);
    }

    /// The writer has committed so many works and answered them.
    ///
    /// @param connection the writer's
    void committed(int more, SqliteConnection connection) {
        if (nearlyDone) {
            nearlyDone = false;
            try {
                connection.checkpoint();
            } catch (SQLException fault) {
                LOG.warn("the end of SQLite's log could not be written back into its file now", fault);
            }
        }
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
                    if (connection.checkpoint().inLog() >= LONG_LOG) {
                        connection.checkpoint(); // what came during the first one, so that next to nothing is left for the writer
                        nearlyDone = true;
                    }
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
