package dev.charter.server.access;

import dev.charter.server.settings.DataFolder;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.web.Problems;
import java.security.SecureRandom;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Puts what guards a console before every route, and brings the routes of the first visit, of sessions and of users.
///
/// A program that imports it has beans [AccessSettings], [RouteTable], [KnownUsers], [Audit], [ConfigurationLock], [DataFolder], [Surroundings] and one `SecureRandom`.
@Configuration(proxyBeanMethods = false)
@Import({SessionResource.class, UserResource.class, LoggedIn.class, PasswordHash.class, FirstAdministrator.class})
public class ConsoleAccess {

    @Bean
    Sessions sessions(KnownUsers users, SecureRandom random) {
        return new Sessions(users, random, System::nanoTime);
    }

    @Bean
    FailedLogins failedLogins() {
        return new FailedLogins(System::nanoTime);
    }

    /// After the first administrator of the settings, who makes a token needless.
    @Bean
    SetupToken setupToken(KnownUsers users, FirstAdministrator first, AccessSettings settings, Surroundings surroundings, SecureRandom random) {
        first.ensure();
        return SetupToken.tell(users, settings, surroundings, random);
    }

    @Bean
    LocalToken localToken(DataFolder folder, SecureRandom random) {
        return LocalToken.write(folder, random);
    }

    @Bean
    WebMvcConfigurer guarded(AccessSettings settings, Sessions sessions, LocalToken localToken, RouteTable routes, ConfigurationLock lock, Audit audit, Problems problems) {
        var guard = new Guard(settings.cookie(), sessions, localToken, routes, lock, audit, problems);
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
