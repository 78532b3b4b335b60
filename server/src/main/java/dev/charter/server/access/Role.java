package dev.charter.server.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a user of the console may do; each role includes those before it.
public enum Role {
    /// Looks.
    VIEWER,
    /// Also does what the daily running takes, such as disconnecting clients.
    OPERATOR,
    /// Also changes the configuration, the users and the license.
    ADMINISTRATOR;

    /// As written in the API, such as `viewer`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> named(String text) {
        return Arrays.stream(values()).filter(role -> role.text().equals(text)).findAny();
    }

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
