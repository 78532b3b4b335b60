package dev.charter.client;

import dev.charter.format.Bytes;
import dev.charter.format.TrustAnchor;
import dev.charter.format.UsageRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Everything that a client is given, complete.
///
/// @param floatingServer on a floating server: what it says of its pool, asked anew for each document
record Settings(String product, TrustAnchor trustAnchor, Path home, Optional<String> hostName, Optional<TrialOffer> trial, Duration refreshInterval, Duration lockWait,
                InstantSource clock, LongSupplier monotonicNanos, SecureRandom random, Machine machine, Transport transport, Background background, Disk disk, Seats seats,
                Optional<Supplier<PoolWish>> floatingServer, ServerLinks links) {
    /// How the host goes about seats.
    ///
    /// @param only whether licenses are leased here, so that a key is used to ask for a seat at once
    /// @param floating the floating servers that a seat is taken from
    /// @param slot the name that its seat belongs to
    /// @param givenBackAtClose whether a seat is given back when the client is closed
    record Seats(boolean only, Optional<SeatChoice> floating, Optional<String> slot, boolean givenBackAtClose) {}

    /// Whether this host needs a second key: its leases would not be believed without its signature.
    boolean needsLeaseKey() {
        return floatingServer.isPresent() && trustAnchor.required().contains(LeaseKey.ALGORITHM);
    }

    /// What makes one document of this host differ from every other.
    Bytes nonce() {
        var nonce = new byte[UsageRequest.NONCE_LENGTH];
        random.nextBytes(nonce);
        return Bytes.of(nonce);
    }
}
