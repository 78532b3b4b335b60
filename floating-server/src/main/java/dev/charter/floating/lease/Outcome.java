package dev.charter.floating.lease;

import dev.charter.format.Bytes;
import dev.charter.format.RefusalCode;

import java.time.Duration;
import java.util.Optional;

/// What a host is answered.
public sealed interface Outcome {
    /// The signed answer, which is kept.
    record Granted(Bytes document) implements Outcome {}

    /// Not remembered: the same question may be answered otherwise later.
    ///
    /// @param message what is, and what to do next, for people
    /// @param askAgain after how long to ask again, where a place in the queue depends on it
    record Refused(RefusalCode code, String message, Optional<Duration> askAgain) implements Outcome {
        Refused(RefusalCode code, String message) {
            this(code, message, Optional.empty());
        }

        static Refused because(RefusalCode code) {
            return new Refused(code, code.advice());
        }
    }

    /// There is no such pool here.
    record NoPool() implements Outcome {}
}
