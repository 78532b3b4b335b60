package dev.charter.server.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/// Handles so many requests at once, each on a virtual thread; the others wait in the order in which they came, and cost no more than their open connection while they do. A request that is being
/// handled takes a hundred kilobytes of buffers: thousands that come in the same second would fill the heap before the first is answered.
final class AtOnce implements Executor {
    /// Requests that a server handles at once, those that wait for the database or for a turn among them. [Turns] has a line as long as that: a longer one would never be full. Four times as many
    /// were not answered sooner: their buffers filled the caches and the young generation (docs/performance.md).
    static final int MOST = 200;

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by lock, as is what follows
    private int working;

    /// @param most how many are handled at once
    AtOnce(int most) {
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (working == most) {
                waiting.addLast(task);
                return;
            }
            working++;
        } finally {
            lock.unlock();
        }
        begin(task);
    }

    private void begin(Runnable task) {
        Thread.ofVirtual().name("http").start(() -> {
            try {
                task.run();
            } finally {
                next();
            }
        });
    }

    /// Each on a thread of its own, so that nothing that one leaves behind reaches the next.
    private void next() {
        Runnable next;
        lock.lock();
        try {
            next = waiting.pollFirst();
            if (next == null) {
                working--;
                return;
            }
        } finally {
            lock.unlock();
        }
        begin(next);
    }
}
