package dev.charter.mqtt.console;

import dev.charter.server.settings.DataFolder;
import dev.charter.mqtt.settings.Settings;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.web.OwnPages;
import dev.charter.server.web.PageHeaders;
import dev.charter.server.web.Problems;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/// Puts what guards the console before every route.
@Configuration(proxyBeanMethods = false)
class Security {

    @Bean
    AuditLog auditLog(DataFolder folder, JsonMapper json, Surroundings surroundings) {
        return new AuditLog(folder, json, surroundings.clock());
    }

    @Bean
    Sessions sessions(Users users, SecureRandom random) {
        return new Sessions(users, random, System::nanoTime);
    }

    @Bean
    FailedLogins failedLogins() {
        return new FailedLogins(System::nanoTime);
    }

    /// After the first administrator of the settings, who makes a token needless.
    @Bean
    SetupToken setupToken(Users users, FirstAdministrator first, Settings settings, Surroundings surroundings, SecureRandom random) {
        first.ensure(settings.firstAdministrator());
        return SetupToken.tell(users, settings, surroundings, random);
    }

    @Bean
    LocalToken localToken(DataFolder folder, SecureRandom random) {
        return LocalToken.write(folder, random);
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

    @Bean
    WebMvcConfigurer guarded(Sessions sessions, LocalToken localToken, ConfigurationLock lock, AuditLog audit, Problems problems) {
        var guard = new Guard(sessions, localToken, lock, audit, problems);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(guard);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(guard);
            }
        };
    }
}
