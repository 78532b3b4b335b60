package dev.charter.mqtt.access;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Takes the MQTT users of a backup in place of those that there are. Clients whose rights go with that are cut.
@Component
public final class RestoreMqttUsers {
    private final MqttUsers users;

    RestoreMqttUsers(MqttUsers users) {
        this.users = users;
    }

    /// @throws IllegalArgumentException with a sentence for people, when the content is no such file
    public void require(byte[] content) {
        read(content);
    }

    /// @throws IllegalArgumentException with a sentence for people, when the content is no such file; then nothing is changed
    public void apply(byte[] content) {
        var restored = read(content);
        var names = restored.stream().map(MqttUser::name).collect(Collectors.toSet());
        users.all().stream().map(MqttUser::name).filter(name -> !names.contains(name)).forEach(users::remove);
        restored.forEach(user -> users.put(new MqttUsers.Wanted(user.name(), user.enabled(), Optional.of(user.passwordHash()), user.rules())));
    }

    private static List<MqttUser> read(byte[] content) {
        try {
            return UsersText.read(new String(content, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException mistake) {
            throw new IllegalArgumentException("The backup's list of MQTT users is damaged: " + mistake.getMessage(), mistake);
        }
    }
}
