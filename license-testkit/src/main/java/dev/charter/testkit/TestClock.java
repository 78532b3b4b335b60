package dev.charter.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A clock that moves only when it is told to. Whoever waits for it is called as it moves.
public final class TestClock implements InstantSource {
    private static final int MOST_STEPS = 32;
    private static final Duration SHORTEST_STEP = Duration.ofHours(1);

    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private Instant now;
    private long nanos;

    private TestClock(Instant now) {
        this.now = now;
    }

    /// @param moment a day such as `2026-03-01`, which is its first moment in UTC, or an instant such as `2026-03-01T12:00:00Z`
    public static TestClock on(String moment) {
        return new TestClock(read(moment));
    }

    static Instant read(String moment) {
        return moment.indexOf('T') < 0 ? LocalDate.parse(moment).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(moment);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /// Counts on with the clock, and never goes back: a monotonic clock.
    public synchronized long nanos() {
        return nanos;
    }

    /// Time passes until that moment; one that is past is an [IllegalArgumentException].
    public void itIsNow(String moment) {
        var then = read(moment);
        if (then.isBefore(instant())) {
            throw new IllegalArgumentException("It is " + instant() + " already: time does not go back to " + then + ". Did you mean isSetTo?");
        }
        passes(Duration.between(instant(), then));
    }

    /// Time passes, in at most 32 steps of an hour or more: what happens in the background happens after each.
    public void passes(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back by " + duration);
        }
        var step = duration.dividedBy(MOST_STEPS).compareTo(SHORTEST_STEP) > 0 ? duration.dividedBy(MOST_STEPS) : SHORTEST_STEP;
        var left = duration;
        while (!left.isZero()) {
            var moved = left.compareTo(step) < 0 ? left : step;
            move(moved, moved);
            left = left.minus(moved);
        }
    }

    /// Somebody sets the clock, forward or back, while no time passes.
    public void isSetTo(String moment) {
        move(Duration.between(instant(), read(moment)), Duration.ZERO);
    }

    private void move(Duration shown, Duration passed) {
        synchronized (this) {
            now = now.plus(shown);
            nanos += passed.toNanos();
        }
        waiting.forEach(Runnable::run);
    }

    void tellWhenItMoves(Runnable task) {
        waiting.add(task);
    }

    void tellNoMore(Runnable task) {
        waiting.remove(task);
    }
}
