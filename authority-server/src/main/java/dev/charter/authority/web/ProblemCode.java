package dev.charter.authority.web;

/// What can go wrong with a request that is not answered by a signed document. A closed list; programs go by the name.
public enum ProblemCode {
    /// The request cannot be read, or says something that is not allowed.
    MALFORMED(400, false, "The request is malformed."),
    /// No token, or not one that is known here.
    UNAUTHENTICATED(401, false, "A valid API token is needed."),
    /// The token is known and lacks the scope.
    SCOPE_MISSING(403, false, "The API token does not allow this."),
    /// There is nothing under this address or ID.
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
    /// Too many failed attempts from one address.
    TOO_MANY_ATTEMPTS(429, true, "Too many attempts failed."),
    /// A fault of the authority; its log says more under the trace ID.
    FAULT(500, true, "The authority failed."),
    /// The database cannot be reached or written now, or did not say whether it kept the work. The same request may be sent again.
    UNAVAILABLE(503, true, "The authority cannot answer now.");

    private final int status;
    private final boolean retry;
    private final String title;

    ProblemCode(int status, boolean retry, String title) {
        this.status = status;
        this.retry = retry;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /// Whether the same request may succeed later, without a change.
    public boolean retry() {
        return retry;
    }

    public String title() {
        return title;
    }
}
