package dev.charter.server.web;

import java.time.Duration;
import java.util.Optional;

/// Ends a request with a problem that its sender is told about. The detail goes out as it is: whole sentences, no secret, nothing internal.
public final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ProblemCode code;
    private final transient Optional<Duration> retryAfter;
    private final boolean crowded;

    private Rejected(ProblemCode code, String detail, Optional<Duration> retryAfter, boolean crowded) {
        super(detail, null, false, false); // the sender's mistake, not a fault: no stack trace is wanted
        this.code = code;
        this.retryAfter = retryAfter;
        this.crowded = crowded;
    }

    public static Rejected because(ProblemCode code, String detail) {
        return new Rejected(code, detail, Optional.empty(), false);
    }

    public static Rejected until(ProblemCode code, Duration retryAfter, String detail) {
        return new Rejected(code, detail, Optional.of(retryAfter), false);
    }

    /// For one of many who ask at once.
    static Rejected crowded(Duration retryAfter, String detail) {
        return new Rejected(HttpProblem.UNAVAILABLE, detail, Optional.of(retryAfter), true);
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

    boolean isCrowded() {
        return crowded;
    }
}
