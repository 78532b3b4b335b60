package dev.charter.client;

import dev.charter.format.SignedDocument;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What time it is, told from clocks that may be wrong. It counts on from the latest time seen by the monotonic clock; the wall clock can only move it
/// forward, which also covers a monotonic clock that stood still while the machine slept. So setting the wall clock back lengthens nothing.
final class Reckoning {
    /// Differences below it are left alone: issuers write whole seconds, letters and answers take a moment, good clocks differ a little.
    static final Duration TOLERANCE = Duration.ofMinutes(1);
    /// What the clock of a floating server may differ by, which is some machine in a plant and no issuer whose time is looked after.
    private static final Duration SERVERS_TOLERANCE = Duration.ofDays(1);

    private final InstantSource wall;
    private final LongSupplier monotonicNanos;
    private final long origin;
    /// The reckoned time at the monotonic clock's origin.
    private Instant atOrigin;
    /// What the wall clock is known to be ahead, after an answer has settled that; until it is set right.
    private Duration ahead = Duration.ZERO;

    Reckoning(InstantSource wall, LongSupplier monotonicNanos) {
        this.wall = wall;
        this.monotonicNanos = monotonicNanos;
        this.origin = monotonicNanos.getAsLong();
        this.atOrigin = wall.instant();
    }

    synchronized Instant now() {
        var counted = counted();
        var shown = wall.instant();
        if (!ahead.isZero() && !shown.isAfter(counted.plus(TOLERANCE))) {
            ahead = Duration.ZERO; // it was set right
        }
        var corrected = shown.minus(ahead);
        if (corrected.isAfter(counted)) {
            atOrigin = atOrigin.plus(Duration.between(counted, corrected));
            return corrected;
        }
        return counted;
    }

    /// What the machine's clock says, right or wrong.
    Instant wall() {
        return wall.instant();
    }

    /// It is at least as late as that: a signed document or a file of ours says so.
    synchronized void atLeast(Instant seen) {
        var counted = counted();
        if (seen.isAfter(counted)) {
            atOrigin = atOrigin.plus(Duration.between(counted, seen));
        }
    }

    /// How far the reckoning is ahead of the truth, as an answer shows: the issuer signed it at a time that had not come yet, by the reckoning, when its
    /// request was made. What has passed since the request was made has really passed, so an answer that is held back gains nothing.
    static Duration aheadBy(Instant requestMadeAt, Instant signedAt) {
        return aheadBy(requestMadeAt, signedAt, TOLERANCE);
    }

    static Duration aheadBy(Instant requestMadeAt, Instant signedAt, Duration tolerance) {
        var ahead = Duration.between(signedAt, requestMadeAt);
        return ahead.compareTo(tolerance) > 0 ? ahead : Duration.ZERO;
    }

    /// How far that moment lies before the one at which somebody signed it, which is later than that.
    static Duration behindBy(Instant now, Instant signedAt, SignedDocument signed) {
        var behind = Duration.between(now, signedAt);
        return behind.compareTo(signed.pool().isPresent() ? SERVERS_TOLERANCE : Duration.ZERO) > 0 ? behind : Duration.ZERO;
    }

    /// How far the clock of whoever signed that may be wrong.
    static Duration tolerance(SignedDocument signed) {
        return signed.pool().isPresent() ? SERVERS_TOLERANCE : TOLERANCE;
    }

    /// The earliest time that it can be, where somebody signed that at that time by his own clock.
    static Instant earliest(Instant signedAt, SignedDocument signed) {
        return signed.pool().isPresent() ? signedAt.minus(SERVERS_TOLERANCE) : signedAt;
    }

    /// Takes back what an answer has shown to be wrong. A wall clock that is still ahead is not believed again until it is set right; its steps are.
    synchronized void settle(Duration shift) {
        if (shift.isZero()) {
            return;
        }
        atOrigin = atOrigin.minus(shift);
        var lead = Duration.between(counted(), wall.instant());
        ahead = lead.compareTo(TOLERANCE) > 0 ? lead : Duration.ZERO;
    }

    private Instant counted() {
        return atOrigin.plusNanos(monotonicNanos.getAsLong() - origin);
    }
}
