package dev.charter.server.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Lets a few work at once and the others wait in the order in which they came, those who go first ahead of the rest. More at once would not be done sooner, but some would be overtaken again and
/// again while they are.
///
/// Only so many wait, since each holds a connection and its buffers. Who comes beyond that is told to come again, each at a time of its own: a herd that is turned away at once and told the same
/// second would be a herd again. Those who go first may take every place of the line, the others half of them.
public final class Turns {
    /// What is done in a second at least, for each that works at once: a guess for as long as nothing was measured. Too high, and some are told twice.
    private static final int LEAST_IN_A_SECOND = 125;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Duration LONGEST_LATER = Duration.ofSeconds(30);

    private static final class Waiter {
        private final Condition called;
        private boolean isCalled; // guarded by lock

        Waiter(Condition called) {
            this.called = called;
        }
    }

    private final int mostWaiting;
    private final Duration longestWait;
    private final LongSupplier nanos;
    private final long leastInASecond;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> first = new ArrayDeque<>(); // all below: guarded by lock
    private final Deque<Waiter> others = new ArrayDeque<>();
    private int free;
    private long secondBegan;
    private long doneInThisSecond;
    private long doneInASecond;
    private long promisedUntil;

    /// As many may wait as there are requests that a server handles at once.
    ///
    /// @param atOnce how many work at once
    /// @param longestWait who has waited so long is told to come again
    /// @param nanos a monotonic clock
    public Turns(int atOnce, Duration longestWait, LongSupplier nanos) {
        this(atOnce, AtOnce.MOST, longestWait, nanos);
    }

    /// @param mostWaiting how many wait
    Turns(int atOnce, int mostWaiting, Duration longestWait, LongSupplier nanos) {
        this.free = atOnce;
        this.mostWaiting = mostWaiting;
        this.longestWait = longestWait;
        this.nanos = nanos;
        this.leastInASecond = (long) LEAST_IN_A_SECOND * atOnce;
        this.secondBegan = nanos.getAsLong();
        this.promisedUntil = secondBegan;
    }

    /// Does the work in its turn.
    ///
    /// @param goesFirst asked only where it has to wait
    /// @throws Rejected when too many wait, for too long, or the thread was interrupted: with the time to come again
    public <T> T inTurn(BooleanSupplier goesFirst, Supplier<T> work) {
        if (!enters()) {
            await(goesFirst.getAsBoolean());
        }
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    private boolean enters() {
        lock.lock();
        try {
            if (free == 0) {
                return false;
            }
            free--; // nobody waits while a place is free
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void await(boolean goesFirst) {
        lock.lock();
        try {
            if (free > 0) { // meanwhile
                free--;
                return;
            }
            if (waiting() >= (goesFirst ? mostWaiting : mostWaiting / 2)) {
                throw later("Too many ask at once. Ask again later.");
            }
            var line = goesFirst ? first : others;
            var mine = new Waiter(lock.newCondition());
            line.addLast(mine);
            awaitCall(mine, line);
        } finally {
            lock.unlock();
        }
    }

    private void awaitCall(Waiter mine, Deque<Waiter> line) {
        long left = longestWait.toNanos();
        try {
            while (!mine.isCalled) {
                if (left <= 0) {
                    line.remove(mine);
                    throw later("Too many ask at once. Ask again later.");
                }
                left = mine.called.awaitNanos(left);
            }
        } catch (InterruptedException stopping) {
            if (mine.isCalled) {
                callNext();
            } else {
                line.remove(mine);
            }
            Thread.currentThread().interrupt();
            throw later("The server is stopping. Ask again later.");
        }
    }

    private void leave() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            if (now - secondBegan >= SECOND) {
                doneInASecond = doneInThisSecond * SECOND / (now - secondBegan);
                doneInThisSecond = 0;
                secondBegan = now;
            }
            doneInThisSecond++;
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private void callNext() {
        var next = first.isEmpty() ? others.pollFirst() : first.pollFirst();
        if (next == null) {
            free++;
            return;
        }
        next.isCalled = true;
        next.called.signal();
    }

    /// Told to come when all who were told before can have been served.
    private Rejected later(String detail) {
        long now = nanos.getAsLong();
        promisedUntil = Math.min(Math.max(promisedUntil, now) + SECOND / Math.max(leastInASecond, doneInASecond), now + LONGEST_LATER.toNanos());
        return Rejected.crowded(Duration.ofSeconds(1 + (promisedUntil - now) / SECOND), detail);
    }

    /// How many wait.
    public int waiting() {
        lock.lock();
        try {
            return first.size() + others.size();
        } finally {
            lock.unlock();
        }
    }
}
