package dev.charter.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// The clocks of a machine in a test, and the time that it really is.
final class Clocks implements InstantSource, LongSupplier {
    private Instant truth;
    private Instant wall;
    private long nanos = 42;

    Clocks(String now) {
        truth = Instant.parse(now);
        wall = truth;
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }

    Instant truth() {
        return truth;
    }

    void pass(Duration duration) {
        truth = truth.plus(duration);
        wall = wall.plus(duration);
        nanos += duration.toNanos();
    }

    /// The monotonic clock stands still; the wall clock knows better.
    void sleep(Duration duration) {
        truth = truth.plus(duration);
        wall = wall.plus(duration);
    }

    void setWall(Instant shown) {
        wall = shown;
    }

    void setWallRight() {
        wall = truth;
    }
}
