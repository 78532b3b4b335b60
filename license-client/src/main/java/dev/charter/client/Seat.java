package dev.charter.client;

import dev.charter.format.LeaseProfile;
import java.time.Instant;

/// A seat that this host holds by a lease. What was not renewed counts from the moment at which the request was sent.
///
/// @param askedAt when the newest answered request was sent
/// @param profile the durations that the lease signs
public record Seat(Instant askedAt, LeaseProfile profile) {
    /// Until when everything works, also when nobody answers.
    public Instant fullUntil() {
        return askedAt.plus(profile.degradedAfter());
    }

    /// Until when data flows.
    public Instant dataUntil() {
        return askedAt.plus(profile.end());
    }
}
