package dev.charter.server.web;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/// Problem details (RFC 9457), as they go out under `application/problem+json`. There is no `type`, which then is `about:blank`: programs go by the code.
///
/// @param code the name of a [ProblemCode]
/// @param retry whether the same request may succeed later
/// @param traceId what to tell whoever can read the log
@JsonPropertyOrder({"status", "code", "title", "detail", "retry", "traceId"})
public record Problem(int status, String code, String title, String detail, boolean retry, String traceId) {
    /// RFC 9457, section 3.
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemCode code, String detail, String traceId) {
        return new Problem(code.status(), code.name(), code.title(), detail, code.retry(), traceId);
    }
}
