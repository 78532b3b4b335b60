package dev.charter.authority.access;

import dev.charter.server.web.ProblemCode;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/// What can go wrong with an API token. Such answers tell what would have been needed (RFC 6750, section 3).
public enum AccessProblem implements ProblemCode {
    /// No token, or not one that is known here.
    UNAUTHENTICATED(401, "A valid API token is needed.", "Bearer realm=\"charter\""),
    /// The token is known and lacks the scope.
    SCOPE_MISSING(403, "The API token does not allow this.", "Bearer realm=\"charter\", error=\"insufficient_scope\"");

    private final int status;
    private final String title;
    private final String challenge;

    AccessProblem(int status, String title, String challenge) {
        this.status = status;
        this.title = title;
        this.challenge = challenge;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public boolean retry() {
        return false;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge);
    }
}
