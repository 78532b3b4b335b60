package dev.charter.client;

import dev.charter.format.SelfHelp;
import dev.charter.format.TlsPin;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What a floating server says of the pool that it asks for, renews or gives up.
///
/// @param seats how many seats it wants; none: all that the license has
/// @param tls of the TLS certificate that it made itself, by which products know it
/// @param surplusRuns how long from now the last lease beyond the wanted seats runs on; none: that is not known
/// @param leasesRun how long from now the last of its leases runs on; none: that is not known
/// @param helped what was done with its pool without asking the vendor
public record PoolWish(OptionalInt seats, Optional<TlsPin> tls, Optional<Duration> surplusRuns, Optional<Duration> leasesRun, Optional<Helped> helped) {
    /// All seats that the license has, and nothing more to say.
    public static final PoolWish ALL = new PoolWish(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// What was done without asking, as the license of a pool allows.
    ///
    /// @param license its ID: requests for other licenses, and releases of them, do not tell it
    public record Helped(String license, SelfHelp done) {}

    /// When something that runs so long from then on has ended, as a document says it: no earlier, though documents cut their times to seconds. Only the time between the two counts,
    /// so that it does not matter how far the clocks of host and issuer, or of the leases and the host, are apart.
    static Instant ended(Instant madeAt, Duration runs) {
        return madeAt.plus(runs).plusSeconds(1);
    }
}
