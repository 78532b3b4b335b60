package dev.charter.client;

import dev.charter.format.SignedDocument;
import java.util.Optional;

/// What came of giving a license back.
public sealed interface Deactivation {
    /// The license is gone from this host; the proof is on disk.
    ///
    /// @param proof the signed release
    /// @param acknowledged whether the issuer has confirmed it
    /// @param unreachable why not, if it has not; the release is sent again in the background
    record Deactivated(SignedDocument proof, boolean acknowledged, Optional<String> unreachable) implements Deactivation {}

    /// There was no license here, and the seat that was waited for is not asked for any more, also not after a restart, until somebody chooses one again.
    record WaitsNoMore() implements Deactivation {}

    /// The license stays.
    ///
    /// @param message why, and what to do next, for people
    record NotPossible(String message) implements Deactivation {}
}
