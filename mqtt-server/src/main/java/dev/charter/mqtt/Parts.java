package dev.charter.mqtt;

import dev.charter.mqtt.access.MqttUsers;
import dev.charter.mqtt.settings.CannotStart;
import dev.charter.mqtt.settings.DataFolder;
import dev.charter.mqtt.settings.Settings;
import dev.charter.mqtt.settings.Surroundings;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/// Hands what was there before Spring to the parts, which are found in this package and below.
@Configuration(proxyBeanMethods = false)
@ComponentScan
class Parts {

    @Bean
    InstantSource clock(Surroundings surroundings) {
        return surroundings.clock();
    }

    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean
    Settings settings(Foundation foundation) {
        return foundation.settings();
    }

    /// Those of the settings' file are applied at every start; the others stay.
    @Bean
    MqttUsers mqttUsers(DataFolder folder, Settings settings, SecureRandom random) {
        try {
            var users = MqttUsers.open(folder.path(), random);
            settings.mqttUsersFile().ifPresent(users::apply);
            return users;
        } catch (IllegalArgumentException mistake) {
            throw CannotStart.wrongSettings((settings.mqttUsersFile().isPresent() ? "CHARTER_MQTT_MQTT_USERS_FILE: " : "") + mistake.getMessage());
        }
    }

    @Bean(destroyMethod = "")
    DataFolder dataFolder(Foundation foundation) {
        return foundation.dataFolder();
    }
}
