package dev.charter.client;

import dev.charter.format.RefusalCode;
import dev.charter.format.UsageLicense;
import java.time.Duration;
import java.util.Optional;

/// What came of asking for a usage license, or of installing the answer to a letter.
public sealed interface Activation {
    /// It is installed and in use.
    record Activated(UsageLicense license) implements Activation {}

    /// It was the issuer's confirmation of a deactivation, and is kept: the activation is free.
    ///
    /// @param licenseId of the license that was given back
    record Acknowledged(String licenseId) implements Activation {}

    /// The issuer said no, signed.
    ///
    /// @param code why
    /// @param message what is, and what to do next, for people
    record Refused(RefusalCode code, String message) implements Activation {}

    /// No signed answer came. Nothing has changed; the very same request goes out again at the next try.
    ///
    /// @param reason what stood in the way, for people
    /// @param retryAfter how long the server asked to wait
    record Unreachable(String reason, Optional<Duration> retryAfter) implements Activation {}

    /// Nothing was asked or installed, for a reason that lies here.
    ///
    /// @param message what it is, and what to do next, for people
    record NotPossible(String message) implements Activation {}
}
