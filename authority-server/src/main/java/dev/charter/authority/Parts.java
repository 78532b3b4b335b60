package dev.charter.authority;

import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.settings.ServerSecret;
import dev.charter.authority.settings.Settings;
import dev.charter.server.operation.Metrics;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.Surroundings;
import dev.charter.server.web.BodyLimit;
import dev.charter.server.web.Explanation;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.HttpServer;
import dev.charter.server.web.HttpSettings;
import dev.charter.server.web.Rejected;
import dev.charter.signing.Issuer;
import dev.charter.signing.IssuingKeys;
import dev.charter.store.CommitUnknown;
import dev.charter.store.IssuerTime;
import dev.charter.store.Store;
import dev.charter.store.StoreUnavailable;
import dev.charter.store.Transactions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Hands the foundation to the parts, which are found in this package and below.
@Configuration(proxyBeanMethods = false)
@ComponentScan
@Import({HttpServer.class, Metrics.class})
class Parts {
    private static final int MOST_CONNECTIONS = 10_000;
    /// A whole mail with a usage request in it, as customers paste it; the same at the desk, where a mail of as much as the mailbox reads is written as JSON; and what a payment provider tells of,
    /// with all that belongs to it.
    private static final Map<String, BodyLimit> LARGER_BODIES = Map.of("/portal/v1/letters", new BodyLimit(1024L * 1024, Duration.ofSeconds(30)),
            "/admin/v1/letters", new BodyLimit(2L * 1024 * 1024, Duration.ofSeconds(30)),
            "/v1/payment-events/stripe", new BodyLimit(512L * 1024, Duration.ofSeconds(15)));

    @Bean
    Settings settings(Foundation foundation) {
        return foundation.settings();
    }

    @Bean
    HttpSettings httpSettings(Settings settings) {
        return new HttpSettings(settings.address(), settings.port(), MOST_CONNECTIONS, settings.trustedProxies(), List.of(), LARGER_BODIES);
    }

    /// What a failure of the database means to whoever sent the request.
    @Bean
    Explanation ofStore() {
        return failure -> switch (failure) {
            case StoreUnavailable _ -> Optional.of(Rejected.because(HttpProblem.UNAVAILABLE, "The database cannot be used now. Nothing was changed; send the same request again later."));
            case CommitUnknown _ -> Optional.of(Rejected.because(HttpProblem.UNAVAILABLE, "The database failed before it said whether it kept the change. Look, or send the same request again later."));
            default -> Optional.empty();
        };
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
