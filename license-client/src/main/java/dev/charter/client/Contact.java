package dev.charter.client;

import java.time.Instant;
import java.util.Optional;

/// How the host gets on with the authority.
///
/// @param lastAnswer when the last signed answer came
/// @param unreachable why the latest try failed, for people; none when it succeeded
/// @param behind the authority has seen a newer request than this host remembers: a copy, or a restored snapshot
public record Contact(Optional<Instant> lastAnswer, Optional<String> unreachable, boolean behind) {}
