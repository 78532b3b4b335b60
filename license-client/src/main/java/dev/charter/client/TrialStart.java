package dev.charter.client;

import java.time.Instant;

/// What came of starting a trial.
public sealed interface TrialStart {
    /// It runs.
    record Started(Instant endsAt) implements TrialStart {}

    /// It does not.
    ///
    /// @param message why, for people
    record NotPossible(String message) implements TrialStart {}
}
