package dev.charter.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// SQLite's transactions: one writer runs the work that is waiting, each behind its own savepoint, and commits all of it at once, so that
/// many share one sync of the disk. Nobody is answered before that commit, not even who failed: what it saw may have been lost with the rest.
///
/// The writer never waits for more work to come: while one commit is being synced, the next one's work gathers by itself.
final class GroupCommit implements Transactions {
    // Both bound how long the first of a batch waits for the rest of it.
    private static final int MOST_IN_ONE_COMMIT = 256;
    private static final Duration LONGEST_BATCH = Duration.ofMillis(10);

    /// The commit itself, so that a test can let it fail.
    interface CommitStep {
        void commit(SqliteConnection connection) throws SQLException;
    }

    private static final Diagnosis DIAGNOSIS = new Diagnosis.OfSqlite(true);

    private final Path file;
    private final Duration longestBatch;
    private final CommitStep commitStep;
    private final SqliteReaders readers;
    private final SqliteCheckpoints checkpoints;
    private final Nesting nesting = new Nesting();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Waiting<?>> queue = new ArrayDeque<>(); // guarded by lock
    private boolean closed; // guarded by lock
    private @Nullable SqliteConnection writing; // the writer's; absent after a failure, until it is needed again
    private final Thread writer;

    GroupCommit(Path file, SqliteReaders readers) {
        this(file, readers, LONGEST_BATCH, connection -> connection.control("COMMIT"));
    }

    GroupCommit(Path file, SqliteReaders readers, Duration longestBatch, CommitStep commitStep) {
        this.file = file;
        this.readers = readers;
        this.checkpoints = new SqliteCheckpoints(file);
        this.longestBatch = longestBatch;
        this.commitStep = commitStep;
        this.writer = Thread.ofPlatform().name("store-writer").daemon().unstarted(() -> nesting.enter(() -> {
            writeUntilClosed(); // all that this thread does is within transactions
            return true;
        }));
        writer.start();
    }

    @Override
    public <T> T inOne(Work<T> work) {
        nesting.refuseWithin();
        var waiting = new Waiting<>(work);
        lock.lock();
        try {
            if (closed) {
                throw new StoreUnavailable("the store is closed");
            }
            queue.addLast(waiting);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return waiting.answer();
    }

    @Override
    public <T> T reading(Work<T> work) {
        return nesting.enter(() -> readers.reading(work));
    }

    void refuseWithin() {
        nesting.refuseWithin();
    }

    /// Refuses new work, finishes what was accepted, then ends. An interrupt is kept for later: leaving early would leave accepted work unanswered.
    void close() throws SQLException {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (true) {
            try {
                writer.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        checkpoints.close();
        readers.close();
        var connection = writing; // the writer has ended: join makes its last word visible
        if (connection != null) {
            connection.close();
        }
    }

    /// How many works wait for the writer.
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void writeUntilClosed() {
        for (var first = next(true); first.isPresent(); first = next(true)) {
            var batch = new ArrayList<Waiting<?>>();
            try {
                commitTogether(first.get(), batch);
            } catch (Throwable e) { // whatever happens, nobody waits for ever and the writer goes on
                abandonConnection(e);
                if (first.get().begin()) {
                    batch.add(first.get());
                }
                batch.forEach(one -> one.fail(new CommitUnknown(e)));
            }
            batch.forEach(Waiting::publish);
            var connection = writing;
            if (connection != null) {
                checkpoints.committed(batch.size(), connection);
            }
        }
    }

    private Optional<Waiting<?>> next(boolean wait) {
        lock.lock();
        try {
            while (wait && queue.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            return Optional.ofNullable(queue.pollFirst());
        } finally {
            lock.unlock();
        }
    }

    /// Runs a batch and settles the outcome of each of its works, which the caller publishes.
    private void commitTogether(Waiting<?> first, List<Waiting<?>> batch) {
        SqliteConnection connection;
        try {
            connection = begin();
        } catch (SQLException | StoreFault e) {
            abandonConnection(e);
            failAllThatWait(first, batch, e instanceof SQLException sql ? DIAGNOSIS.of(sql) : (StoreFault) e);
            return;
        }
        var began = System.nanoTime();
        Optional<Waiting<?>> next = Optional.of(first);
        while (next.isPresent()) {
            var one = next.get();
            if (one.begin()) {
                batch.add(one);
                try {
                    runInSavepoint(connection, one);
                } catch (SQLException lost) {
                    // SQLite itself rolled the whole transaction back (disk full, say), the work of the others too.
                    abandonConnection(lost);
                    batch.forEach(this::commitAlone);
                    return;
                }
            }
            boolean roomForMore = batch.size() < MOST_IN_ONE_COMMIT && System.nanoTime() - began < longestBatch.toNanos();
            next = roomForMore ? next(false) : Optional.empty();
        }
        try {
            commitStep.commit(connection);
        } catch (SQLException e) {
            abandonConnection(e);
            var fault = DIAGNOSIS.ofCommit(e);
            if (fault instanceof ConstraintViolated && batch.size() > 1) {
                batch.forEach(this::commitAlone); // a deferred constraint: only one of them broke it
            } else {
                batch.forEach(one -> one.fail(DIAGNOSIS.ofCommit(e)));
            }
        }
    }

    private static void runInSavepoint(SqliteConnection connection, Waiting<?> one) throws SQLException {
        connection.control("SAVEPOINT work");
        one.run(connection, DIAGNOSIS);
        if (one.hasFailed()) {
            connection.control("ROLLBACK TO work");
        }
        connection.control("RELEASE work");
    }

    /// Runs one work again in a transaction of its own, after a batch was lost through no fault of most in it.
    private void commitAlone(Waiting<?> one) {
        try {
            var connection = begin();
            one.run(connection, DIAGNOSIS);
            if (one.hasFailed()) {
                connection.control("ROLLBACK");
                return;
            }
            try {
                commitStep.commit(connection);
            } catch (SQLException e) {
                abandonConnection(e);
                one.fail(DIAGNOSIS.ofCommit(e));
            }
        } catch (SQLException e) {
            abandonConnection(e);
            if (!one.hasFailed()) {
                one.fail(DIAGNOSIS.of(e));
            }
        } catch (StoreFault e) {
            one.fail(e);
        }
    }

    private SqliteConnection begin() throws SQLException {
        var connection = writing;
        if (connection == null) {
            connection = SqliteConnection.forGroupCommit(file);
            writing = connection;
        }
        connection.control("BEGIN IMMEDIATE");
        return connection;
    }

    /// After a failure of the transaction as a whole its state is not worth guessing: closing rolls back what is open, and the next
    /// transaction opens anew.
    private void abandonConnection(Throwable because) {
        var connection = writing;
        writing = null;
        if (connection != null) {
            connection.closeBecause(because);
        }
    }

    /// The file cannot be written now. Each would wait for the same lock in turn, so all of them are told at once.
    private void failAllThatWait(Waiting<?> first, List<Waiting<?>> batch, StoreFault fault) {
        for (Optional<Waiting<?>> next = Optional.of(first); next.isPresent(); next = next(false)) {
            var one = next.get();
            if (one.begin()) {
                one.fail(new StoreUnavailable("nothing can be written now", fault));
                batch.add(one);
            }
        }
    }
}
