package dev.charter.mqtt.console;

import dev.charter.mqtt.settings.ReadSettings;
import dev.charter.mqtt.settings.Settings;
import dev.charter.server.access.AccessSettings;
import dev.charter.server.access.ConsoleAccess;
import dev.charter.server.access.RouteTable;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.web.OwnPages;
import dev.charter.server.web.PageHeaders;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

/// Puts what guards the console before every route.
@Configuration(proxyBeanMethods = false)
@Import(ConsoleAccess.class)
class Security {

    @Bean
    AuditLog auditLog(DataFolder folder, JsonMapper json, Surroundings surroundings) {
        return new AuditLog(folder, json, surroundings.clock());
    }

    @Bean
    AccessSettings accessSettings(Settings settings) {
        return new AccessSettings("MQTT Server", AccessSettings.versionOf(Security.class), ReadSettings.PROGRAM, "charter-session",
                settings.firstAdministrator().map(first -> new AccessSettings.Administrator(first.name(), first.password())), settings.setupTokenFile());
    }

    @Bean
    RouteTable routeTable() {
        return Routes.table();
    }

    @Bean
    @Order(1)
    PageHeaders pageHeaders() {
        return new PageHeaders(true); // the built-in MQTT client opens them
    }

    @Bean
    @Order(2)
    OwnPages ownPages(Settings settings) {
        return new OwnPages(Stream.concat(settings.console().hosts().stream(), settings.hostName().stream()), "CHARTER_MQTT_CONSOLE_HOSTS");
    }
}
