package dev.charter.server.access;

import dev.charter.server.settings.Surroundings;
import dev.charter.server.web.Rejected;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The users of the console.
@RestController
@RequestMapping("/api/users")
final class UserResource {

    record NewUser(String name, String role, String password) {
        @Override
        public String toString() {
            return "NewUser " + name;
        }
    }

    /// What is absent stays as it is.
    record UserChange(Optional<String> role, Optional<String> password) {
        @Override
        public String toString() {
            return "UserChange";
        }
    }

    record UserView(String name, String role, Instant createdAt) {
        static UserView of(User user) {
            return new UserView(user.name(), user.role().text(), user.createdAt());
        }
    }

    record UserList(List<UserView> items) {}

    private final KnownUsers users;
    private final Sessions sessions;
    private final PasswordHash passwordHash;
    private final Surroundings surroundings;

    UserResource(KnownUsers users, Sessions sessions, PasswordHash passwordHash, Surroundings surroundings) {
        this.users = users;
        this.sessions = sessions;
        this.passwordHash = passwordHash;
        this.surroundings = surroundings;
    }

    @GetMapping
    UserList list() {
        return new UserList(users.all().stream().map(UserView::of).toList());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    UserView add(@RequestBody NewUser asked, HttpServletRequest request) {
        Guard.detail(request, asked.name() + ", " + asked.role());
        var user = new User(asked.name(), role(asked.role()), hashed(asked.name(), asked.password()), surroundings.clock().instant());
        if (!users.add(user)) {
            throw Rejected.conflict("There is a user " + asked.name() + " already.");
        }
        return UserView.of(user);
    }

    /// Ends all sessions of that user.
    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    UserView change(@PathVariable String name, @RequestBody UserChange asked, HttpServletRequest request) {
        var user = users.named(name).orElseThrow(() -> unknown(name));
        Guard.detail(request, (asked.role().map(role -> "role " + role).orElse("") + (asked.password().isPresent() ? " new password" : "")).strip());
        var changed = new User(user.name(), asked.role().map(UserResource::role).orElse(user.role()),
                asked.password().map(password -> hashed(user.name(), password)).orElse(user.passwordHash()), user.createdAt());
        refuseUnlessDone(users.change(changed), name);
        sessions.endOf(user.name());
        return UserView.of(changed);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String name) {
        refuseUnlessDone(users.remove(name), name);
        sessions.endOf(name);
    }

    private static void refuseUnlessDone(KnownUsers.Outcome outcome, String name) {
        switch (outcome) {
            case DONE -> { }
            case UNKNOWN -> throw unknown(name);
            case LAST_ADMINISTRATOR -> throw Rejected.conflict(name + " is the last administrator; without one, nobody could change anything here.");
        }
    }

    private String hashed(String name, String password) {
        try {
            User.requireName(name);
            PasswordHash.requireGood(name, password);
        } catch (IllegalArgumentException refused) {
            throw Rejected.malformed(String.valueOf(refused.getMessage()));
        }
        return passwordHash.hash(password);
    }

    private static Role role(String text) {
        return Role.named(text).orElseThrow(() -> Rejected.malformed("There is no role \"" + text + "\". There are "
                + Arrays.stream(Role.values()).map(Role::text).collect(Collectors.joining(", ")) + "."));
    }

    private static Rejected unknown(String name) {
        return Rejected.unknown("There is no user " + name + ".");
    }
}
