package dev.charter.mqtt;

import dev.charter.mqtt.access.MqttUsers;
import dev.charter.mqtt.settings.Settings;
import dev.charter.server.operation.Metrics;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.web.BodyLimit;
import dev.charter.server.web.HttpServer;
import dev.charter.server.web.HttpSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Hands what was there before Spring to the parts, which are found in this package and below.
@Configuration(proxyBeanMethods = false)
@ComponentScan
@Import({HttpServer.class, Metrics.class})
class Parts {
    private static final int MOST_CONNECTIONS = 1_000;
    private static final List<String> COMPRESSED = List.of("text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml", "text/plain", "text/csv");
    /// A whole mail with a usage license in it, as JSON; the License page bounds it more exactly.
    private static final BodyLimit LETTER = new BodyLimit(2L * 1024 * 1024, Duration.ofSeconds(30));
    private static final Map<String, BodyLimit> LARGER_BODIES = Map.of("/api/system/restore", new BodyLimit(512L * 1024 * 1024, Duration.ofMinutes(10)), // a backup
            "/api/license/letter-checks", LETTER, "/api/license/usage-licenses", LETTER);

    @Bean
    HttpSettings httpSettings(Settings settings) {
        return new HttpSettings(settings.console().address(), settings.console().port(), MOST_CONNECTIONS, List.of(), COMPRESSED, LARGER_BODIES);
    }

    @Bean
    WebMvcConfigurer withoutTimeout() {
        return new WebMvcConfigurer() {
            @Override
            public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
                configurer.setDefaultTimeout(-1); // a live log is watched for as long as somebody watches
            }
        };
    }

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
