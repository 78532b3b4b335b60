package dev.charter.mqtt.web;

/// What can go wrong with a request. A closed list; programs go by the name.
public enum ProblemCode {
    /// The request cannot be read, or says something that is not allowed.
    MALFORMED(400, false, "The request is malformed."),
    /// Nobody is logged in.
    UNAUTHENTICATED(401, false, "Log in first."),
    /// The name, the password or the setup token is wrong.
    NOT_KNOWN(401, false, "That is not known here."),
    /// Whoever is logged in may not do this.
    ROLE_MISSING(403, false, "Your role does not allow this."),
    /// The request comes from a page of another site, or through a name that is not this console's.
    FOREIGN_PAGE(403, false, "The request does not come from this console."),
    /// There is nothing under this address or name.
    UNKNOWN(404, false, "There is no such thing here."),
    METHOD_NOT_ALLOWED(405, false, "The address knows other methods only."),
    NOT_ACCEPTABLE(406, false, "The answer is not available in that media type."),
    /// The request's body took too long to arrive.
    TOO_SLOW(408, true, "The request took too long to arrive."),
    /// It contradicts what is there: taken already, or not possible in the present state.
    CONFLICT(409, false, "The request contradicts the present state."),
    /// The license does not let the configuration be changed now.
    CONFIGURATION_LOCKED(409, false, "The configuration is locked."),
    TOO_LARGE(413, false, "The request is too large."),
    WRONG_MEDIA_TYPE(415, false, "The request's media type is not read here."),
    /// Too many failed attempts.
    TOO_MANY_ATTEMPTS(429, true, "Too many attempts failed."),
    HEADER_TOO_LARGE(431, false, "The request's header is too large."),
    /// A fault of the server; its log says more under the trace ID.
    FAULT(500, true, "The server failed."),
    /// What it takes is not available now. The same request may be sent again.
    UNAVAILABLE(503, true, "The server cannot answer now.");

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
