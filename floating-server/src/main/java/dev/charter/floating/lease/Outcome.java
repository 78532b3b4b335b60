package dev.charter.floating.lease;

import dev.charter.format.Bytes;
import dev.charter.format.RefusalCode;

/// What a host is answered.
public sealed interface Outcome {
    /// The signed answer, which is kept.
    record Granted(Bytes document) implements Outcome {}

    /// Not remembered: the same question may be answered otherwise later.
    ///
    /// @param message what is, and what to do next, for people
    record Refused(RefusalCode code, String message) implements Outcome {
        static Refused because(RefusalCode code) {
            return new Refused(code, code.advice());
        }
    }

    /// There is no such pool here.
    record NoPool() implements Outcome {}
}
