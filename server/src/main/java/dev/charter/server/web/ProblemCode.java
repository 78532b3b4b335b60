package dev.charter.server.web;

import java.util.Map;

/// What can go wrong with a request: programs go by the name. Each part of a server has a closed list of those that are its own; what can go wrong with any
/// request is in [HttpProblem].
public interface ProblemCode {
    String name();

    int status();

    /// Whether the same request may succeed later, without a change.
    boolean retry();

    String title();

    /// Headers that the answer always has.
    default Map<String, String> headers() {
        return Map.of();
    }
}
