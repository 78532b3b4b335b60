package dev.charter.floating.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the usage license of a pool allows.
///
/// @param leaseEnd how long a lease lasts
/// @param until exclusive; none: for ever
/// @param allowance seats that may be reclaimed in the period
/// @param overdraft seats that are there beside the others in an emergency
/// @param emergencyDays that the administrator may start without asking anyone
public record Limits(long seats, Duration leaseEnd, Instant startsAt, Optional<Instant> until, long allowance, Duration allowancePeriod, long overdraft, long emergencyDays) {

    static Limits of(PoolTerms terms) {
        return new Limits(terms.seats(), terms.profile().end(), terms.term().from(), terms.term().until(), terms.allowance().count(), Duration.ofDays(terms.allowance().days()), terms.overdraftSeats(),
                terms.emergencyDays());
    }
}
