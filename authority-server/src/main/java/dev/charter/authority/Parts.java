package dev.charter.authority;

import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.settings.CannotStart;
import dev.charter.authority.settings.ServerSecret;
import dev.charter.authority.settings.Settings;
import dev.charter.authority.settings.Surroundings;
import dev.charter.signing.Issuer;
import dev.charter.signing.IssuingKeys;
import dev.charter.store.IssuerTime;
import dev.charter.store.Store;
import dev.charter.store.Transactions;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/// Hands the foundation to the parts, which are found in this package and below.
@Configuration(proxyBeanMethods = false)
@ComponentScan
class Parts {

    @Bean
    Settings settings(Foundation foundation) {
        return foundation.settings();
    }

    @Bean(destroyMethod = "")
    Store store(Foundation foundation) {
        return foundation.store();
    }

    @Bean
    Transactions transactions(Store store) {
        return store.transactions();
    }

    /// The only clock that decides anything.
    @Bean
    IssuerTime issuerTime(Store store, Surroundings surroundings) {
        return store.issuerTime(surroundings.clock());
    }

    @Bean
    ServerSecret serverSecret(Foundation foundation) {
        return foundation.secret();
    }

    @Bean
    IssuingKeys issuingKeys(Foundation foundation) {
        return foundation.keys();
    }

    @Bean
    Issuer issuer(IssuingKeys keys) {
        return keys.issuer();
    }

    @Bean
    SecureRandom secureRandom(Foundation foundation) {
        return foundation.random();
    }

    @Bean
    Identifiers identifiers(SecureRandom random) {
        return new Identifiers(random);
    }

    @Bean
    FailPoints failPoints(Settings settings, Surroundings surroundings) {
        try {
            return FailPoints.at(settings.failPoint(), surroundings.out());
        } catch (IllegalArgumentException mistake) {
            throw CannotStart.wrongSettings("CHARTER_AUTHORITY_FAIL_POINT: " + mistake.getMessage());
        }
    }
}
