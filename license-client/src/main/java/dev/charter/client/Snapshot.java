package dev.charter.client;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Everything that a product's questions are answered from; immutable, published whole.
///
/// @param state how the host stands
/// @param withoutTrial how it stands with its license, whatever trial hides that
record Snapshot(LicenseState state, LicenseState withoutTrial, Set<String> features, Map<String, OptionalLong> limits, Optional<Instant> supportUntil, boolean configurationLocked) {
    /// Made once, so that no question allocates.
    static final OptionalLong NOTHING = OptionalLong.of(0);

    Snapshot {
        // Never changed from here on. A hash set answers faster than Set.copyOf, which divides to find a place.
        features = new HashSet<>(features);
        limits = Map.copyOf(limits);
    }

    static Snapshot grantingNothing(LicenseState state) {
        return new Snapshot(state, state, Set.of(), Map.of(), Optional.empty(), lostItsLicense(state));
    }

    /// What still runs then goes on, but is not to be administered as if it were licensed. Where there is no license, or its time has not come, everything may be prepared for it.
    private static boolean lostItsLicense(LicenseState state) {
        return switch (state.kind()) {
            case NEVER_LICENSED, TRIAL, TRIAL_OVER, NOT_STARTED, RELEASED, LICENSED, ENDING_SOON, GRACE, EMERGENCY, DEGRADED, CLOCK_BEHIND -> false;
            case ENDED, SUSPENDED, REVOKED, FENCED, OTHER_MACHINE, DAMAGED -> true;
        };
    }
}
