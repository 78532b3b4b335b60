package dev.charter.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// When the background turns to the authority next, and why it was not reached the last time: at the interval while it answers; after a failure soon, then ever
/// later; never before the authority asked for; and never at the same moment as all the others.
final class Schedule {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    /// A lease that is renewed often is tried again within a part of that time.
    private static final int RETRIES_AT_LEAST = 6;
    private static final Duration LAST_RETRY = Duration.ofHours(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    /// Over which starts are spread, when a whole plant comes back at once.
    private static final Duration START = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 16;

    private Duration interval;
    private final LongSupplier monotonicNanos;
    private final RandomGenerator random;
    private Optional<String> unreachable = Optional.empty();
    private int failures;
    private long from;
    private long waitNanos;

    /// @param sinceContact how long ago the authority answered; none: something waits to be sent
    Schedule(Duration interval, Optional<Duration> sinceContact, LongSupplier monotonicNanos, RandomGenerator random) {
        this.interval = interval;
        this.monotonicNanos = monotonicNanos;
        this.random = random;
        var soon = atStart();
        var due = sinceContact.map(since -> about(interval).minus(since)).filter(rest -> rest.compareTo(soon) > 0).orElse(soon);
        waitFor(due);
    }

    /// Turns to the authority so often from the next answer on, and comes back sooner after a failure where that is short.
    synchronized void every(Duration next) {
        interval = next;
    }

    private Duration atStart() {
        return Duration.ofNanos((long) (shorter(START, interval).toNanos() * random.nextDouble()));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    synchronized boolean isDue() {
        return monotonicNanos.getAsLong() - from >= waitNanos;
    }

    /// How long until it is due; zero where it is.
    synchronized Duration untilDue() {
        var rest = Duration.ofNanos(waitNanos - (monotonicNanos.getAsLong() - from));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /// Why the authority was not reached, where it was not.
    synchronized Optional<String> unreachable() {
        return unreachable;
    }

    synchronized void answered() {
        unreachable = Optional.empty();
        failures = 0;
        waitFor(about(interval));
    }

    /// The same, where the answer says how long to wait.
    synchronized void answered(Optional<Duration> wait) {
        answered();
        wait.map(Schedule::bounded).ifPresent(asked -> waitFor(spread(asked)));
    }

    /// Soon, unless it was to be sooner or the authority could not be reached lately.
    synchronized void soon() {
        if (failures == 0 && waitNanos - (monotonicNanos.getAsLong() - from) > START.toNanos()) {
            waitFor(atStart());
        }
    }

    synchronized void failed(String reason, Optional<Duration> retryAfter) {
        unreachable = Optional.of(reason);
        var doubled = shorter(FIRST_RETRY, interval.dividedBy(RETRIES_AT_LEAST)).multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        var backOff = shorter(doubled, shorter(LAST_RETRY, interval));
        failures++;
        var asked = retryAfter.map(Schedule::bounded).orElse(Duration.ZERO);
        waitFor(about(backOff).compareTo(asked) > 0 ? about(backOff) : spread(asked));
    }

    private static Duration bounded(Duration wait) {
        return shorter(wait, LONGEST_WAIT);
    }

    /// Later than asked for by up to a tenth, so that not all come back in the same second.
    private Duration spread(Duration asked) {
        return asked.plus(Duration.ofNanos((long) (asked.toNanos() * 0.1 * random.nextDouble())));
    }

    private Duration about(Duration duration) {
        return Duration.ofNanos((long) (duration.toNanos() * (0.9 + 0.2 * random.nextDouble())));
    }

    private void waitFor(Duration wait) {
        from = monotonicNanos.getAsLong();
        waitNanos = wait.toNanos();
    }
}
