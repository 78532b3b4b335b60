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
    /// @param queued where the host waits in the queue
    record Refused(RefusalCode code, String message, Optional<Place> queued) implements Outcome {
        Refused(RefusalCode code, String message) {
            this(code, message, Optional.empty());
        }

        static Refused because(RefusalCode code) {
            return new Refused(code, code.advice());
        }
    }

    /// A place in the queue.
    ///
    /// @param number from 1
    /// @param askAgain after how long to ask again to keep it
    record Place(long number, Duration askAgain) {}

    /// There is no such pool here.
    record NoPool() implements Outcome {}
}
