package dev.charter.server.web;

import java.util.Map;
import org.springframework.http.HttpHeaders;

/// What can go wrong with any request, whatever the server is for.
public enum HttpProblem implements ProblemCode {
    /// The request cannot be read, or says something that is not allowed.
    MALFORMED(400, false, "The request is malformed."),
    /// The request comes from a page of another site, or through a name that is not this server's.
    FOREIGN_PAGE(403, false, "The request does not come from this console."),
    /// There is nothing under this address, ID or name.
    UNKNOWN(404, false, "There is no such thing here."),
    METHOD_NOT_ALLOWED(405, false, "The address knows other methods only."),
    NOT_ACCEPTABLE(406, false, "The answer is not available in that media type."),
    /// The request's body took too long to arrive.
    TOO_SLOW(408, true, "The request took too long to arrive."),
    /// It contradicts what is there: taken already, or not possible in the present state.
    CONFLICT(409, false, "The request contradicts the present state."),
    /// Somebody else changed it in the meantime: read it again, then decide.
    CHANGED_MEANWHILE(412, false, "It was changed in the meantime."),
    TOO_LARGE(413, false, "The request is too large."),
    WRONG_MEDIA_TYPE(415, false, "The request's media type is not read here."),
    HEADER_TOO_LARGE(431, false, "The request's header is too large."),
    /// Too many failed attempts.
    TOO_MANY_ATTEMPTS(429, true, "Too many attempts failed."),
    /// A fault of the server; its log says more under the trace ID.
    FAULT(500, true, "The server failed."),
    /// What it takes is not available now. The same request may be sent again.
    UNAVAILABLE(503, true, "The server cannot answer now.");

    private final int status;
    private final boolean retry;
    private final String title;

    HttpProblem(int status, boolean retry, String title) {
        this.status = status;
        this.retry = retry;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public boolean retry() {
        return retry;
    }

    @Override
    public String title() {
        return title;
    }

    /// What was not read of a request must not be taken for the next one.
    @Override
    public Map<String, String> headers() {
        return this == TOO_LARGE || this == TOO_SLOW ? Map.of(HttpHeaders.CONNECTION, "close") : Map.of();
    }
}
