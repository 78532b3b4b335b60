package dev.charter.cli.host;

import dev.charter.client.Background;
import java.time.Duration;

/// A command does what it was asked for and ends: nothing is refreshed or sent beside it.
final class NoBackground implements Background {
    @Override
    public void repeat(String name, Duration pause, Runnable task) {}

    @Override
    public void run(Runnable task) {
        task.run();
    }

    @Override
    public void close() {}
}
