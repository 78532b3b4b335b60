package dev.charter.server.access;

import java.time.Instant;
import java.util.regex.Pattern;

/// Somebody who may log in.
///
/// @param passwordHash by [PasswordHash]
public record User(String name, Role role, String passwordHash, Instant createdAt) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nd}._@-]{1,60}");

    /// @throws IllegalArgumentException with a sentence for the user, when it cannot be a name
    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A user's name has 1 to 60 letters, digits, dots, dashes, underscores and @.");
        }
    }

    @Override
    public String toString() {
        return name + " (" + role.text() + ")";
    }
}
