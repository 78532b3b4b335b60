package dev.charter.testkit;

import dev.charter.client.Background;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// A client's background that works only when the clock moves, on the thread that moves it: what a test does is done when it goes on.
final class ByHand implements Background {
    private final TestClock clock;
    private final List<Runnable> repeated = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Runnable whenTheClockMoves = this::work;
    private boolean working;
    private boolean closed;

    ByHand(TestClock clock) {
        this.clock = clock;
        clock.tellWhenItMoves(whenTheClockMoves);
    }

    @Override
    public synchronized void repeat(String name, Duration pause, Runnable task) {
        repeated.add(task);
    }

    /// At once; or, while a task is at work, after it.
    @Override
    public void run(Runnable task) {
        add(List.of(task));
        drain();
    }

    private void work() {
        List<Runnable> due;
        synchronized (this) {
            due = List.copyOf(repeated);
        }
        add(due);
        drain();
    }

    private synchronized void add(List<Runnable> tasks) {
        if (!closed) {
            waiting.addAll(tasks);
        }
    }

    /// Tasks run outside the lock: they take the client's own locks, under which others hand in tasks.
    private void drain() {
        var task = next(true);
        while (task.isPresent()) {
            try {
                task.get().run();
            } catch (RuntimeException | Error fault) {
                stop();
                throw fault;
            }
            task = next(false);
        }
    }

    private synchronized Optional<Runnable> next(boolean begins) {
        if (begins && working) {
            return Optional.empty();
        }
        var task = Optional.ofNullable(waiting.poll());
        working = task.isPresent();
        return task;
    }

    private synchronized void stop() {
        working = false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
        clock.tellNoMore(whenTheClockMoves);
    }
}
