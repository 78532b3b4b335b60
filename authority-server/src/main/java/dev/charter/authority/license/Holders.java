package dev.charter.authority.license;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The hosts that a license is or was bound to.
public interface Holders {
    /// The newest ones.
    List<Holder> of(String license, int most);

    /// One activation of a license.
    ///
    /// @param activation its ID
    /// @param host the ID of the host's key
    /// @param name what people call the host
    /// @param state `active`, `released`, `lost` or `restored`
    /// @param answeredAt when the host last got a usage license
    /// @param pool of a floating server
    record Holder(String activation, String host, Optional<String> name, String state, Instant activatedAt, Instant answeredAt, Optional<Instant> endedAt, Optional<HeldPool> pool) {}

    /// What a floating server has of its license's seats.
    ///
    /// @param seats in its pool
    /// @param givenUp that it gave up, and whose leases may still run
    /// @param givenUpUntil when these are free
    record HeldPool(int seats, int givenUp, Optional<Instant> givenUpUntil) {}
}
