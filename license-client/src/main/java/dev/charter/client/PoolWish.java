package dev.charter.client;

import dev.charter.format.TlsPin;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What a floating server says of the pool that it asks for, renews or gives up.
///
/// @param seats how many seats it wants; none: all that the license has
/// @param tls of the TLS certificate that it made itself, by which products know it
/// @param surplusUntil by when the last lease beyond the wanted seats has ended
/// @param leasesUntil by when the last of its leases has ended
public record PoolWish(OptionalInt seats, Optional<TlsPin> tls, Optional<Instant> surplusUntil, Optional<Instant> leasesUntil) {
    /// All seats that the license has, and nothing more to say.
    public static final PoolWish ALL = new PoolWish(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
