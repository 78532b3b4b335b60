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

/// Everything that a client is given, complete.
record Settings(String product, TrustAnchor trustAnchor, Path home, Optional<String> hostName, Optional<TrialOffer> trial, Duration refreshInterval, Duration lockWait,
                InstantSource clock, LongSupplier monotonicNanos, SecureRandom random, Machine machine, Transport transport, Background background, Disk disk, Seats seats) {
    /// How the host goes about seats of leased licenses.
    ///
    /// @param only whether licenses are leased here, so that a key is used to ask for a seat at once
    /// @param slot the name that its seat belongs to
    /// @param givenBackAtClose whether a seat is given back when the client is closed
    record Seats(boolean only, Optional<String> slot, boolean givenBackAtClose) {}

    /// What makes one document of this host differ from every other.
    Bytes nonce() {
        var nonce = new byte[UsageRequest.NONCE_LENGTH];
        random.nextBytes(nonce);
        return Bytes.of(nonce);
    }
}
