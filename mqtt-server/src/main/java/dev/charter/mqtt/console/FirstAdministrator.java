package dev.charter.mqtt.console;

import dev.charter.server.settings.CannotStart;
import dev.charter.mqtt.settings.Settings;
import dev.charter.server.settings.Surroundings;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Makes the administrator that the settings name, where there is no user of that name. One who is there is left as he is: what was changed in the console since holds.
@Component
final class FirstAdministrator {
    private final Users users;
    private final PasswordHash passwordHash;
    private final Surroundings surroundings;
    private final AuditLog audit;

    FirstAdministrator(Users users, PasswordHash passwordHash, Surroundings surroundings, AuditLog audit) {
        this.users = users;
        this.passwordHash = passwordHash;
        this.surroundings = surroundings;
        this.audit = audit;
    }

    /// @throws CannotStart when the password is not worth having
    void ensure(Optional<Settings.FirstAdministrator> asked) {
        asked.filter(first -> users.named(first.name()).isEmpty()).ifPresent(first -> {
            try {
                PasswordHash.requireGood(first.name(), first.password().revealSecret());
            } catch (IllegalArgumentException weak) {
                throw CannotStart.wrongSettings("CHARTER_MQTT_ADMIN_PASSWORD_FILE: " + weak.getMessage());
            }
            users.add(new User(first.name(), Role.ADMINISTRATOR, passwordHash.hash(first.password().revealSecret()), surroundings.clock().instant()));
            audit.happened("first administrator", first.name() + ", by the settings");
        });
    }
}
