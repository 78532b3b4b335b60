package dev.charter.client;

import dev.charter.format.SignedDocument;

/// What came of making a request that a person carries to the vendor.
public sealed interface RequestMade {
    /// It is on disk, waits for its answer, and takes the place of an older one, whose answer is worthless from here on.
    ///
    /// @param request the signed request; [LicenseClient#waitingRequest] shows the same until the answer is installed
    record Made(SignedDocument request) implements RequestMade {}

    /// Nothing was made, and a request that waits goes on waiting.
    ///
    /// @param message why, and what to do next, for people
    record NotPossible(String message) implements RequestMade {}
}
