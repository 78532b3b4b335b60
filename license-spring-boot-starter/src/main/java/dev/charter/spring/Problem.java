package dev.charter.spring;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;

/// Problem details (RFC 9457), as they go out under `application/problem+json`. There is no `type`, which then is `about:blank`: programs go by the code.
///
/// @param retry whether the same request may succeed later
/// @param traceId what to tell whoever can read the log
/// @param feature the name of the feature that the license does not grant
@JsonPropertyOrder({"status", "code", "title", "detail", "retry", "traceId", "feature"})
record Problem(int status, ProblemCode code, String title, String detail, boolean retry, String traceId, Optional<String> feature) {
    /// RFC 9457, section 3.
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemCode code, String detail, String traceId, Optional<String> feature) {
        return new Problem(code.status(), code, code.title(), detail, code.retry(), traceId, feature);
    }
}
