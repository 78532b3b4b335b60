package dev.charter.mqtt;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.server.access.ConfigurationLock;
import dev.charter.server.access.LoggedIn;
import dev.charter.mqtt.licensing.LicenseGate;
import dev.charter.mqtt.overview.LicenseHeadline;
import dev.charter.spring.CharterLicenseAutoConfiguration;
import dev.charter.spring.LicenseClientCustomizer;
import dev.charter.spring.LicensePageAccess;
import dev.charter.spring.LicenseWords;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The license and its page, as the starter brings them, and what the console needs to know of them.
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(CharterLicenseAutoConfiguration.class) // which looks for our beans before it makes its own
class LicenseParts {

    /// The License page's routes stand in [dev.charter.mqtt.console.Routes] as all others do, and whoever comes this far was let in there.
    @Bean
    LicensePageAccess licensePageAccess(LoggedIn loggedIn) {
        return new LicensePageAccess() {
            @Override
            public boolean mayRead(HttpServletRequest request) {
                return true;
            }

            @Override
            public boolean mayChange(HttpServletRequest request) {
                return true;
            }

            @Override
            public String who(HttpServletRequest request) {
                return loggedIn.who(request).orElse("an administrator");
            }
        };
    }

    @Bean
    LicenseClientCustomizer clockOfLicense(InstantSource clock) {
        return builder -> builder.clock(clock);
    }

    @Bean
    LicenseGate licenseGate(LicenseClient client, LicenseWords words) {
        return LicenseGate.of(client, state -> words.of(state).line());
    }

    /// While the license locks it, the configuration stays as it is.
    @Bean
    ConfigurationLock configurationLock(LicenseClient client, LicenseWords words) {
        return () -> client.configurationLocked()
                ? Optional.of("The configuration is locked. " + words.now().line() + " Revoking credentials and certificates stays possible.") : Optional.empty();
    }

    @Bean
    LicenseHeadline licenseHeadline(LicenseClient client, LicenseWords words) {
        return () -> {
            var state = client.state();
            return new LicenseHeadline.Line(state.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'), words.of(state).headline(),
                    state instanceof LicenseState.InForce || state instanceof LicenseState.Trial, client.configurationLocked());
        };
    }
}
