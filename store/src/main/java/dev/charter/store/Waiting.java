package dev.charter.store;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One work that waits for the writer, and its caller who waits for the answer.
final class Waiting<T> {
    private enum State { ACCEPTED, BEGUN, WITHDRAWN }

    private final Transactions.Work<T> work;
    private final AtomicReference<State> state = new AtomicReference<>(State.ACCEPTED);
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    // The writer's, until it publishes.
    private @Nullable T result;
    private @Nullable Throwable failure;

    Waiting(Transactions.Work<T> work) {
        this.work = work;
    }

    /// False when the caller has given up; otherwise it can no longer.
    boolean begin() {
        return state.compareAndSet(State.ACCEPTED, State.BEGUN);
    }

    /// Runs the work and keeps its outcome to itself.
    void run(SqliteConnection connection, Diagnosis diagnosis) {
        result = null;
        failure = null;
        var sql = new Sql(connection.statements(), diagnosis);
        try {
            result = Objects.requireNonNull(work.in(sql), "work returns a value, never null");
            failure = sql.failure().orElse(null);
        } catch (Throwable e) { // the caller's to handle, also when it is an error: the writer serves everyone else too
            failure = e;
        } finally {
            sql.end();
        }
    }

    boolean hasFailed() {
        return failure != null;
    }

    void fail(Throwable cause) {
        failure = cause;
    }

    /// Answers the caller.
    void publish() {
        if (failure != null) {
            answer.completeExceptionally(failure);
        } else {
            answer.complete(Objects.requireNonNull(result));
        }
    }

    /// Waits for the answer.
    T answer() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    if (state.compareAndSet(State.ACCEPTED, State.WITHDRAWN)) {
                        interrupted = true;
                        throw new StoreUnavailable("interrupted while waiting for the writer; nothing was done", e);
                    }
                    interrupted = true; // the work has begun and its answer is near: only that says what became of it
                }
            }
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException thrown -> thrown;
                case Error thrown -> throw thrown;
                case null, default -> new StoreFault("work threw what it may not declare", e);
            };
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
