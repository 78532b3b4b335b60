package dev.charter.server.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// Who sent a request; and, for an answer that goes on for long, whether he is still logged in.
public final class LoggedIn {
    private final AccessSettings settings;
    private final Sessions sessions;

    LoggedIn(AccessSettings settings, Sessions sessions) {
        this.settings = settings;
        this.sessions = sessions;
    }

    /// Asked now and then; asking keeps no session alive.
    @FunctionalInterface
    public interface Still {
        boolean isLoggedIn();
    }

    /// The name of whoever sent that request; nobody's where nobody is logged in.
    public Optional<String> who(HttpServletRequest request) {
        return Guard.of(request).map(Caller::name);
    }

    public Still of(HttpServletRequest request) {
        var token = Guard.token(request, settings.cookie());
        return token.isEmpty() ? () -> true : () -> sessions.stillOf(token.get()).isPresent(); // without a cookie: a program of this machine
    }
}
