package dev.charter.mqtt.logs;

import java.time.Instant;

/// One line of the log.
///
/// @param number counts from 1 at the server's start
/// @param level `error`, `warn`, `info`, `debug` or `trace`
/// @param traceId of the request that it belongs to; may be empty
/// @param fault the exception with its causes and where they came from; may be empty
public record LogLine(long number, Instant at, String level, String logger, String thread, String message, String traceId, String fault) {
    /// As it stands in a text file.
    public String text() {
        return at + " " + level + " " + logger + (traceId.isEmpty() ? "" : " [" + traceId + "]") + " " + message + (fault.isEmpty() ? "" : "\n" + fault.stripTrailing());
    }
}
