package dev.charter.server.web;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Names one request in its answer and in the log: 32 hexadecimal digits, taken from a `traceparent` header (W3C Trace Context, section 3.2) where there is a valid one. It keeps no secret: who
/// can guess one learns nothing by it.
record TraceId(String text) {
    /// Under this name it stands in the log and in problems.
    static final String NAME = "traceId";
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final String INVALID = "0".repeat(32);

    static TraceId of(Optional<String> traceparent) {
        return traceparent.map(TRACEPARENT::matcher).filter(matcher -> matcher.matches() && !matcher.group(1).equals(INVALID))
                .map(matcher -> new TraceId(matcher.group(1))).orElseGet(() -> {
                    var bytes = new byte[16];
                    ThreadLocalRandom.current().nextBytes(bytes);
                    return new TraceId(HexFormat.of().formatHex(bytes));
                });
    }
}
