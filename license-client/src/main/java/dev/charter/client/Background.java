package dev.charter.client;

import java.time.Duration;

/// Where a client does what nobody waits for. By default these are daemon threads; a test drives them by hand.
public interface Background extends AutoCloseable {
    /// Runs the task again and again, with that pause after each run, until closed. Different names do not wait for one another.
    void repeat(String name, Duration pause, Runnable task);

    /// Runs the task soon, after the ones handed in before it.
    void run(Runnable task);

    /// Stops everything, promptly: what runs is interrupted.
    @Override
    void close();

    /// Daemon threads: they never keep a program from ending.
    static Background daemonThreads() {
        return new DaemonThreads();
    }
}
