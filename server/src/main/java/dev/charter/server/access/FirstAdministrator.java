package dev.charter.server.access;

import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.Surroundings;

/// Makes the administrator that the settings name, where there is no user of that name. One who is there is left as he is: what was changed in the console since holds.
final class FirstAdministrator {
    private final AccessSettings settings;
    private final KnownUsers users;
    private final PasswordHash passwordHash;
    private final Surroundings surroundings;
    private final Audit audit;

    FirstAdministrator(AccessSettings settings, KnownUsers users, PasswordHash passwordHash, Surroundings surroundings, Audit audit) {
        this.settings = settings;
        this.users = users;
        this.passwordHash = passwordHash;
        this.surroundings = surroundings;
        this.audit = audit;
    }

    /// @throws CannotStart when the password is not worth having
    void ensure() {
        settings.firstAdministrator().filter(first -> users.named(first.name()).isEmpty()).ifPresent(first -> {
            try {
                PasswordHash.requireGood(first.name(), first.password().revealSecret());
            } catch (IllegalArgumentException weak) {
                throw CannotStart.wrongSettings(settings.program().setting("ADMIN_PASSWORD_FILE") + ": " + weak.getMessage());
            }
            users.add(new User(first.name(), Role.ADMINISTRATOR, passwordHash.hash(first.password().revealSecret()), surroundings.clock().instant()));
            audit.happened("first administrator", first.name() + ", by the settings");
        });
    }
}
