package dev.charter.client;

import dev.charter.format.LeaseProfile;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// A seat that this host holds by a lease. What was not renewed counts from the moment at which the request was sent.
///
/// @param askedAt when the newest answered request was sent
/// @param profile the durations that the lease signs
/// @param floating what was chosen, where a floating server leases it; none: the authority does
/// @param server the floating server that gave the newest lease
/// @param nextRenewal when it is asked for again, give or take a second
/// @param away why the newest renewal did not arrive, for people; none: it did
public record Seat(Instant askedAt, LeaseProfile profile, Optional<SeatChoice> floating, Optional<URI> server, Instant nextRenewal, Optional<String> away) {
    /// Until when everything works, also when nobody answers.
    public Instant fullUntil() {
        return askedAt.plus(profile.degradedAfter());
    }

    /// Until when data flows.
    public Instant dataUntil() {
        return askedAt.plus(profile.end());
    }
}
