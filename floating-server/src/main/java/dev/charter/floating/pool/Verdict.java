package dev.charter.floating.pool;

import java.util.List;
import java.util.Optional;

/// Whether there is a seat for a claim.
public sealed interface Verdict {
    /// There is.
    ///
    /// @param reservation whose it is, where it is a reserved one
    record Fits(Optional<String> reservation) implements Verdict {}

    /// No seat is free that it may have.
    record Full() implements Verdict {}

    /// A seat is free, but not with those features.
    record Lacks(List<String> features) implements Verdict {}
}
