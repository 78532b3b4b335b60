package dev.charter.client;

import java.time.Instant;

/// A person's request that has no answer yet.
///
/// @param since when it was made
/// @param byLetter whether a person carries it; otherwise it is sent again by itself
public record Waiting(Instant since, boolean byLetter) {}
