package dev.charter.server.web;

import java.time.Duration;
import java.util.Optional;

/// Ends a request with a problem that its sender is told about. The detail goes out as it is: whole sentences, no secret, nothing internal.
public final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ProblemCode code;
    private final transient Optional<Duration> retryAfter;

    private Rejected(ProblemCode code, String detail, Optional<Duration> retryAfter) {
        super(detail, null, false, false); // the sender's mistake, not a fault: no stack trace is wanted
        this.code = code;
        this.retryAfter = retryAfter;
    }

    public static Rejected because(ProblemCode code, String detail) {
        return new Rejected(code, detail, Optional.empty());
    }

    public static Rejected until(ProblemCode code, Duration retryAfter, String detail) {
        return new Rejected(code, detail, Optional.of(retryAfter));
    }

    public static Rejected malformed(String detail) {
        return because(HttpProblem.MALFORMED, detail);
    }

    public static Rejected unknown(String detail) {
        return because(HttpProblem.UNKNOWN, detail);
    }

    public static Rejected conflict(String detail) {
        return because(HttpProblem.CONFLICT, detail);
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
