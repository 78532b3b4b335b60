package dev.charter.authority.access;

import dev.charter.authority.access.FailedAttempts.Guess;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.RemoteAddress;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/// Finds out who is calling, by the token in the `Authorization` header (RFC 6750, section 2.1; nowhere else). A token that is sent must be valid, also where none is needed.
final class Bearer extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final String SCHEME = "Bearer ";

    private final transient Tokens tokens;
    private final transient FailedAttempts failedAttempts;

    Bearer(Tokens tokens, FailedAttempts failedAttempts) {
        this.tokens = tokens;
        this.failedAttempts = failedAttempts;
    }

    /// The caller as Spring Security carries it along.
    static final class Known extends AbstractAuthenticationToken {
        private static final long serialVersionUID = 1;
        private final transient Caller caller;

        Known(Caller caller) {
            super(List.of());
            this.caller = caller;
            setAuthenticated(true);
        }

        Caller caller() {
            return caller;
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return caller.token();
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            chain.doFilter(request, response);
            return;
        }
        var known = new Known(caller(header, RemoteAddress.of(request)));
        SecurityContextHolder.setContext(new SecurityContextImpl(known));
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private Caller caller(String header, RemoteAddress address) {
        failedAttempts.refuseIfTooMany(Guess.API_TOKEN, address);
        if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            var token = TokenSecret.read(header.substring(SCHEME.length()).strip()).flatMap(tokens::of);
            if (token.isPresent()) {
                return token.get().caller();
            }
        }
        failedAttempts.failed(Guess.API_TOKEN, address);
        throw Rejected.because(AccessProblem.UNAUTHENTICATED, "The API token is not known here, or was revoked. Send it as \"Authorization: Bearer charter_...\".");
    }
}
