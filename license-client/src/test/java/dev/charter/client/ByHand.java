package dev.charter.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// A background in which nothing happens by itself.
final class ByHand implements Background {
    private final Map<String, Runnable> repeated = new LinkedHashMap<>();
    private final Deque<Runnable> once = new ArrayDeque<>();
    boolean closed;

    @Override
    public void repeat(String name, Duration pause, Runnable task) {
        repeated.put(name, task);
    }

    @Override
    public void run(Runnable task) {
        once.add(task);
    }

    /// Each repeated task runs once, and then all that was handed in.
    void round() {
        repeated.values().forEach(Runnable::run);
        runHandedIn();
    }

    void task(String name) {
        repeated.get(name).run();
    }

    void runHandedIn() {
        while (!once.isEmpty()) {
            once.removeFirst().run();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
