package dev.charter.authority.activation;

import dev.charter.authority.license.License;
import dev.charter.format.RefusalCode;
import java.util.Optional;
import java.util.OptionalInt;

/// What the answer to a document would be at this moment. It binds nothing: the answer is decided anew when it is given.
///
/// @param license that it is about, where its host has shown that it may know
public record Foreseen(Optional<License> license, Answer answer) {

    public sealed interface Answer {}

    /// A usage license, or the acknowledgement of a release.
    ///
    /// @param usedAfter how many activations or seats of the license would be in use then
    /// @param pool of a floating server
    public record Yes(Kind kind, int usedAfter, Optional<InPool> pool) implements Answer {}

    /// @param seats that the pool would have
    /// @param wanted how many its floating server wants; none: all that there are
    public record InPool(int seats, OptionalInt wanted) {}

    public record No(RefusalCode code, String message) implements Answer {}

    /// What a yes would be.
    public enum Kind {
        /// One more host.
        NEW,
        /// The host has its activation and gets what changed.
        AGAIN,
        /// The same machine, installed anew, takes its own activation over.
        TAKEOVER,
        /// It was answered before: the same bytes.
        REPEATED,
        /// The activation is given back.
        RELEASE
    }
}
