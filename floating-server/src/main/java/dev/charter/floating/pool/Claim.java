package dev.charter.floating.pool;

import java.util.List;
import java.util.Optional;

/// Who wants a seat, as far as that decides which one it may have.
///
/// @param hostName as the host says
/// @param features that the lease is to grant
public record Claim(Optional<String> hostName, Optional<String> slot, List<String> features) {
    public Claim {
        features = List.copyOf(features);
    }
}
