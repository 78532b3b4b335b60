package dev.charter.client;

/// What came of starting emergency days.
public sealed interface EmergencyStart {
    /// They run; the first one is counted.
    record Started(int daysLeft) implements EmergencyStart {}

    /// They do not.
    ///
    /// @param message why, for people
    record NotPossible(String message) implements EmergencyStart {}
}
