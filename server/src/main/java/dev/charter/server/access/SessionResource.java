package dev.charter.server.access;

import dev.charter.server.settings.Surroundings;
import dev.charter.server.web.Rejected;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The first visit, logging in and out, and one's own password.
@RestController
@RequestMapping("/api")
final class SessionResource {

    /// @param setupNeeded whether the first administrator has to be made, with the setup token
    /// @param user who is logged in
    record SessionView(boolean setupNeeded, Optional<SessionUser> user, String product, String version) {}

    record SessionUser(String name, String role) {}

    /// @param token as the server told it at its start
    record Setup(String token, String name, String password) {
        @Override
        public String toString() {
            return "Setup of " + name;
        }
    }

    record Login(String name, String password) {
        @Override
        public String toString() {
            return "Login of " + name;
        }
    }

    record OwnPassword(String present, String next) {
        @Override
        public String toString() {
            return "OwnPassword";
        }
    }

    private final AccessSettings settings;
    private final KnownUsers users;
    private final Sessions sessions;
    private final SetupToken setupToken;
    private final PasswordHash passwordHash;
    private final FailedLogins failedLogins;
    private final Surroundings surroundings;

    SessionResource(AccessSettings settings, KnownUsers users, Sessions sessions, SetupToken setupToken, PasswordHash passwordHash, FailedLogins failedLogins, Surroundings surroundings) {
        this.settings = settings;
        this.users = users;
        this.sessions = sessions;
        this.setupToken = setupToken;
        this.passwordHash = passwordHash;
        this.failedLogins = failedLogins;
        this.surroundings = surroundings;
    }

    @GetMapping("/session")
    SessionView show(HttpServletRequest request) {
        return view(Guard.of(request));
    }

    private SessionView view(Optional<Caller> caller) {
        return new SessionView(setupToken.isNeeded(), caller.map(known -> new SessionUser(known.name(), known.role().text())), settings.product(), settings.version());
    }

    @PostMapping(path = "/setup", consumes = MediaType.APPLICATION_JSON_VALUE)
    SessionView setUp(@RequestBody Setup asked, HttpServletRequest request, HttpServletResponse response) {
        Guard.doneBy(request, asked.name());
        var address = request.getRemoteAddr();
        failedLogins.refuseIfTooMany(address, "(setup)");
        if (!setupToken.isNeeded()) {
            throw Rejected.conflict("This console is set up already. Log in.");
        }
        if (!setupToken.matches(asked.token())) {
            failedLogins.failed(address, "(setup)");
            throw Rejected.because(ConsoleProblem.NOT_KNOWN, "That is not the setup token of this start. The server tells it at its start, on standard output or in the file that its settings name.");
        }
        var user = made(asked.name(), Role.ADMINISTRATOR, asked.password());
        if (!users.addFirst(user)) {
            throw Rejected.conflict("This console is set up already. Log in.");
        }
        setupToken.use();
        return begin(user, request, response);
    }

    private User made(String name, Role role, String password) {
        try {
            User.requireName(name);
            PasswordHash.requireGood(name, password);
        } catch (IllegalArgumentException refused) {
            throw Rejected.malformed(String.valueOf(refused.getMessage()));
        }
        return new User(name, role, passwordHash.hash(password), surroundings.clock().instant());
    }

    @PostMapping(path = "/session", consumes = MediaType.APPLICATION_JSON_VALUE)
    SessionView logIn(@RequestBody Login asked, HttpServletRequest request, HttpServletResponse response) {
        Guard.doneBy(request, asked.name());
        var address = request.getRemoteAddr();
        failedLogins.refuseIfTooMany(address, asked.name());
        return begin(known(asked, address), request, response);
    }

    private User known(Login asked, String address) {
        var user = users.named(asked.name());
        if (asked.password().length() <= PasswordHash.LONGEST) {
            if (user.isEmpty()) {
                passwordHash.compareWithNobody(asked.password());
            } else if (passwordHash.matches(asked.password(), user.get().passwordHash())) {
                return user.get();
            }
        }
        failedLogins.failed(address, asked.name());
        throw Rejected.because(ConsoleProblem.NOT_KNOWN, "That name and that password do not belong together.");
    }

    /// A new session for every login, so that nobody can slip a browser a session beforehand.
    private SessionView begin(User user, HttpServletRequest request, HttpServletResponse response) {
        Guard.token(request, settings.cookie()).ifPresent(sessions::end);
        tell(response, request, sessions.begin(user), -1);
        return view(Optional.of(new Caller(user.name(), user.role())));
    }

    /// Behind a proxy that speaks TLS, the browser itself says how it came.
    private static boolean isSecure(HttpServletRequest request) {
        return request.isSecure() || Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)).filter(origin -> origin.startsWith("https://")).isPresent();
    }

    private void tell(HttpServletResponse response, HttpServletRequest request, String token, long seconds) {
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(Guard.cookieName(request, settings.cookie()), token).path("/").httpOnly(true).sameSite("Strict").secure(isSecure(request)).maxAge(seconds).build().toString());
    }

    @DeleteMapping("/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logOut(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        Guard.detail(request, caller.name());
        Guard.token(request, settings.cookie()).ifPresent(sessions::end);
        tell(response, request, "", 0);
    }

    @PutMapping(path = "/session/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    SessionView changePassword(Caller caller, @RequestBody OwnPassword asked, HttpServletRequest request, HttpServletResponse response) {
        var address = request.getRemoteAddr();
        failedLogins.refuseIfTooMany(address, caller.name());
        var user = users.named(caller.name()).orElseThrow(() -> Rejected.conflict(caller.name() + " has no password."));
        if (!passwordHash.matches(asked.present(), user.passwordHash())) {
            failedLogins.failed(address, caller.name());
            throw Rejected.because(ConsoleProblem.NOT_KNOWN, "The present password is another one.");
        }
        var changed = made(user.name(), user.role(), asked.next());
        if (users.change(new User(user.name(), user.role(), changed.passwordHash(), user.createdAt())) != KnownUsers.Outcome.DONE) {
            throw Rejected.conflict("The user was changed meanwhile.");
        }
        sessions.endOf(user.name());
        return begin(user, request, response);
    }
}
