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
    /// @param selfHelp what it told that its administrator did without asking; absent: nothing
    record Holder(String activation, String host, Optional<String> name, String state, Instant activatedAt, Instant answeredAt, Optional<Instant> endedAt, Optional<HeldPool> pool,
                  Optional<SelfHelp> selfHelp) {}

    /// What a floating server has of its license's seats.
    ///
    /// @param seats in its pool
    /// @param givenUp that it gave up, and whose leases may still run
    /// @param givenUpUntil when these are free
    record HeldPool(int seats, int givenUp, Optional<Instant> givenUpUntil) {}

    /// What a host told of itself. It is as trustworthy as its administrator.
    ///
    /// @param emergencyDays used of this license, as it told last
    /// @param mostEmergencyDays that it ever told: more than that where it was restored from a backup
    /// @param lastEmergencyDay when the last one began
    /// @param reclaims of a floating server
    record SelfHelp(int emergencyDays, int mostEmergencyDays, Optional<Instant> lastEmergencyDay, Optional<Reclaims> reclaims) {}

    /// Seats that were taken back before their leases ended.
    ///
    /// @param inPeriod those that count against the allowance
    /// @param total all so far, as it told last
    /// @param most that it ever told
    record Reclaims(int inPeriod, int total, int most) {}
}
