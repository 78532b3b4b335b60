package dev.charter.floating.testing;

import dev.charter.floating.time.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A machine's clocks in a test, and the true time that nobody on it knows.
public final class Clocks {
    private Instant trueTime;
    private Instant booted;
    private int boots = 1;
    private Duration wallIsOff = Duration.ZERO;

    public Clocks(Instant begin) {
        trueTime = begin;
        booted = begin.minusSeconds(60);
    }

    public Instant trueTime() {
        return trueTime;
    }

    public void pass(Duration time) {
        trueTime = trueTime.plus(time);
    }

    /// Somebody sets the wall clock: so far from the truth.
    public void setWall(Duration off) {
        wallIsOff = off;
    }

    public void reboot() {
        boots++;
        booted = trueTime;
    }

    public Machine machine() {
        return new Machine(() -> trueTime.plus(wallIsOff), () -> Duration.between(booted, trueTime).toNanos(), Optional.of("boot-" + boots));
    }
}
