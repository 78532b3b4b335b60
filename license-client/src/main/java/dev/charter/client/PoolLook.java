package dev.charter.client;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a floating server has for this product, as it shows before a seat is taken.
///
/// @param server its address
/// @param reachable whether a floating server answered
/// @param trusted whether it has a pool of this product for which this product's vendor vouches
/// @param message what is wrong and what to do, for people; none where nothing is
/// @param pools the pools that the vendor vouches for
public record PoolLook(URI server, boolean reachable, boolean trusted, Optional<String> message, List<Pool> pools) {
    public PoolLook {
        pools = List.copyOf(pools);
    }

    /// A pool. How many are free is what the server says, unsigned; the rest is what the vendor signed.
    ///
    /// @param license the ID of its license
    /// @param until when its term ends; none: never
    public record Pool(String license, long seats, long free, Optional<Instant> until, List<Feature> features) {
        public Pool {
            features = List.copyOf(features);
        }
    }

    /// A feature that may be asked for.
    ///
    /// @param free of how many more seats, where fewer seats have it than the pool has; as the server says, unsigned
    public record Feature(String name, OptionalLong free) {}
}
