package dev.charter.server.web;

import java.time.Duration;

/// How large and how slow a request's body may be.
///
/// @param bytes at most
/// @param time from the first read to the last; a single pause is bounded by the connection's timeout
public record BodyLimit(long bytes, Duration time) {
    /// Of a JSON body.
    static final BodyLimit USUAL = new BodyLimit(64 * 1024, Duration.ofSeconds(15));
}
