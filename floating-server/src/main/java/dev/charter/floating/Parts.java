package dev.charter.floating;

import dev.charter.floating.history.Denials;
import dev.charter.floating.history.HostAddresses;
import dev.charter.floating.identity.Identifiers;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.installation.PoolWishes;
import dev.charter.floating.lease.LeaseSeats;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.protocol.AnswerHosts;
import dev.charter.floating.protocol.SignWithHostKey;
import dev.charter.floating.seal.StateAltered;
import dev.charter.floating.settings.Settings;
import dev.charter.server.operation.Metrics;
import dev.charter.server.settings.DataFolder;
import dev.charter.server.web.BodyLimit;
import dev.charter.server.web.Explanation;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.HttpServer;
import dev.charter.server.web.HttpSettings;
import dev.charter.server.web.Rejected;
import dev.charter.store.CommitUnknown;
import dev.charter.store.IssuerTime;
import dev.charter.store.StoreUnavailable;
import dev.charter.store.Transactions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// Hands the foundation to the parts, which are found in this package and below.
@Configuration(proxyBeanMethods = false)
@ComponentScan
@Import({HttpServer.class, Metrics.class})
class Parts {
    private static final int MOST_CONNECTIONS = 20_000;
    /// Each of them has 64 KiB of buffers.
    private static final int MOST_CONNECTIONS_WITH_TLS = 2_000;
    private static final List<String> COMPRESSED = List.of("text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml", "text/plain", "text/csv");
    /// A whole mail with a usage license in it, as JSON.
    private static final BodyLimit LETTER = new BodyLimit(2L * 1024 * 1024, Duration.ofSeconds(30));

    @Bean
    HttpSettings httpSettings(Foundation foundation) {
        var settings = foundation.settings();
        int mostConnections = foundation.tls().identity().isPresent() ? MOST_CONNECTIONS_WITH_TLS : MOST_CONNECTIONS;
        return new HttpSettings(settings.address(), settings.port(), mostConnections, settings.trustedProxies(), COMPRESSED,
                settings.products().stream().collect(Collectors.toMap(product -> "/api/products/" + product + "/usage-licenses", _ -> LETTER)), foundation.tls().identity());
    }

    /// What a failure of the database means to whoever sent the request.
    @Bean
    Explanation ofStore() {
        return failure -> switch (failure) {
            case StoreUnavailable _ -> Optional.of(Rejected.because(HttpProblem.UNAVAILABLE, "The database cannot be used now. Nothing was changed; send the same request again later."));
            case CommitUnknown _ -> Optional.of(Rejected.because(HttpProblem.UNAVAILABLE, "The database failed before it said whether it kept the change. Send the same request again later."));
            case StateAltered altered -> Optional.of(Rejected.because(HttpProblem.UNAVAILABLE, String.valueOf(altered.getMessage())));
            default -> Optional.empty();
        };
    }

    @Bean
    Settings settings(Foundation foundation) {
        return foundation.settings();
    }

    @Bean(destroyMethod = "")
    DataFolder dataFolder(Foundation foundation) {
        return foundation.dataFolder();
    }

    @Bean
    Transactions transactions(Foundation foundation) {
        return foundation.store().transactions();
    }

    /// The only clock that decides anything.
    @Bean
    IssuerTime issuerTime(Foundation foundation) {
        return foundation.time();
    }

    @Bean
    Pools pools(Foundation foundation) {
        return foundation.pools();
    }

    @Bean(destroyMethod = "")
    Installation installation(Foundation foundation) {
        return foundation.installation();
    }

    @Bean
    SecureRandom secureRandom(Foundation foundation) {
        return foundation.random();
    }

    @Bean
    SignWithHostKey signWithHostKey(Foundation foundation) {
        return new SignWithHostKey(foundation.installation(), foundation.pools());
    }

    @Bean
    PoolWishes poolWishes(Foundation foundation, IssuerTime time) {
        return new PoolWishes(foundation.store().transactions(), time, foundation.pools(), foundation.leases());
    }

    @Bean
    AnswerHosts answerHosts(Foundation foundation, IssuerTime time, SignWithHostKey sign, Denials denials, HostAddresses addresses) {
        var transactions = foundation.store().transactions();
        var seats = new LeaseSeats(transactions, time, foundation.seal(), foundation.pools(), foundation.leases(), sign, new Identifiers(foundation.random()));
        return new AnswerHosts(Runtime.getRuntime().availableProcessors(), transactions, time, foundation.pools(), seats, sign, denials::denied, addresses::came);
    }
}
