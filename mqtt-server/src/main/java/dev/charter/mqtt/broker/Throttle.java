package dev.charter.mqtt.broker;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Lets so many through in a second, and as many again at once after a rest. For one thread.
final class Throttle {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long nanosForOne;
    private final LongSupplier clock;
    /// When the allowance would be used up to the present, were there no pause.
    private long due;

    Throttle(int perSecond, LongSupplier clock) {
        this.nanosForOne = Math.max(1, SECOND / perSecond);
        this.clock = clock;
        this.due = clock.getAsLong() - SECOND;
    }

    /// Counts one more, and says how long to wait before the next: 0 for not at all.
    long pauseNanos() {
        var now = clock.getAsLong();
        due = Math.max(due, now - SECOND) + nanosForOne;
        return Math.max(0, due - now);
    }
}
