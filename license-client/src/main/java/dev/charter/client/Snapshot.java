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
        return new Snapshot(state, state, Set.of(), Map.of(), Optional.empty(), true);
    }
}
