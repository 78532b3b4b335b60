package dev.charter.mqtt.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.RunningServer;
import dev.charter.mqtt.settings.ReadSettings;
import dev.charter.server.access.Role;
import dev.charter.server.access.User;
import dev.charter.server.settings.DataFolder;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UsersTest {

    @Test
    void users_are_read_back_as_they_were_written() {
        try (var folder = DataFolder.open(RunningServer.folder().resolve("data"), ReadSettings.PROGRAM, "mqtt-server.json")) {
            var users = new Users(folder, JsonMapper.shared());
            users.add(new User("root", Role.ADMINISTRATOR, "hash", Instant.EPOCH));
            users.add(new User("anna", Role.OPERATOR, "hash", Instant.EPOCH));
            assertThat(new Users(folder, JsonMapper.shared()).all()).hasSize(2).containsExactlyElementsOf(users.all());
        }
    }
}
