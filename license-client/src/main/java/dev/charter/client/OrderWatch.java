package dev.charter.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// When an order is asked about next, and what came of it the last time: every few seconds while somebody waits or something happens, then ever more seldom, never before the authority asked for, and never
/// at the same moment as all the others. In memory only.
final class OrderWatch {
    private static final Duration CLOSELY = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_ASIDE = Duration.ofMinutes(30);
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    /// Between two questions, whoever asks.
    private static final Duration REST = Duration.ofSeconds(1);

    private final LongSupplier monotonicNanos;
    private final RandomGenerator random;
    private Optional<Instant> lastAsked = Optional.empty();
    private Optional<String> unreachable = Optional.empty();
    private Optional<String> refused = Optional.empty();
    private Optional<Ordering.Refused> no = Optional.empty();
    private Duration pause = CLOSELY;
    private long from;
    private long waitNanos;
    private long restNanos;

    OrderWatch(LongSupplier monotonicNanos, RandomGenerator random) {
        this.monotonicNanos = monotonicNanos;
        this.random = random;
        from = monotonicNanos.getAsLong();
        waitNanos = (long) (CLOSELY.toNanos() * random.nextDouble());
    }

    synchronized boolean isDue() {
        return passed() >= waitNanos;
    }

    /// Whether a person's question may go out: not within a second of the last one, and not before the authority asked for.
    synchronized boolean isRested() {
        return passed() >= restNanos;
    }

    synchronized Optional<Instant> lastAsked() {
        return lastAsked;
    }

    /// Why the authority was not reached the last time.
    synchronized Optional<String> unreachable() {
        return unreachable;
    }

    /// Why what was bought could not be fetched the last time, where that does not lie at the network.
    synchronized Optional<String> refused() {
        return refused;
    }

    /// Why the authority did not accept the order.
    synchronized Optional<Ordering.Refused> no() {
        return no;
    }

    synchronized void refusedAs(Ordering.Refused refusal) {
        no = Optional.of(refusal);
    }

    /// Somebody waits, or something has happened.
    synchronized void closely() {
        pause = CLOSELY;
    }

    synchronized void answered(Instant now, boolean aside) {
        lastAsked = Optional.of(now);
        unreachable = Optional.empty();
        next(Duration.ZERO, aside);
    }

    synchronized void failed(String reason, Optional<Duration> retryAfter, boolean aside) {
        unreachable = Optional.of(reason);
        next(retryAfter.map(asked -> shorter(asked, LONGEST_WAIT)).orElse(Duration.ZERO), aside);
    }

    synchronized void notFetched(String reason) {
        refused = Optional.of(reason);
    }

    private void next(Duration asked, boolean aside) {
        from = monotonicNanos.getAsLong();
        restNanos = Math.max(REST.toNanos(), asked.toNanos());
        waitNanos = Math.max((long) (pause.toNanos() * (0.9 + 0.2 * random.nextDouble())), (long) (asked.toNanos() * (1 + 0.1 * random.nextDouble())));
        var longest = aside ? LONGEST_ASIDE : LONGEST;
        pause = shorter(pause.multipliedBy(3).dividedBy(2), longest);
    }

    private long passed() {
        return monotonicNanos.getAsLong() - from;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
