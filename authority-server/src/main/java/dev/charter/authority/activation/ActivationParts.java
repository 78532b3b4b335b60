package dev.charter.authority.activation;

import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.Holders;
import dev.charter.authority.license.KeySafe;
import dev.charter.authority.signing.Signatures;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class ActivationParts {

    @Bean
    AnswerHosts answerHosts(Transactions transactions, KeySafe keySafe, Signatures signatures, Identifiers identifiers, SecureRandom random, IssuerTime clock, FailPoints failPoints,
            MeterRegistry meters) {
        var count = new Count(meters);
        var activations = new SqlActivations(transactions, keySafe::hide, identifiers, failPoints);
        var givePool = new GivePool(activations, signatures.anchor().required());
        var exchange = new Exchange(activations, new Admission(keySafe, random), signatures, identifiers, clock, failPoints, count);
        var answer = new AnswerHosts(Runtime.getRuntime().availableProcessors(), signatures, new ActivateLicense(exchange, activations, givePool, identifiers), new AcquireLease(exchange, activations, identifiers), new RefreshActivation(exchange, activations, givePool),
                new ReleaseActivation(exchange, activations, signatures, clock, failPoints, count), exchange);
        Gauge.builder("charter.hosts.waiting", answer, AnswerHosts::waiting).description("Hosts whose request waits for its turn").register(meters);
        return answer;
    }

    @Bean(destroyMethod = "close")
    RegularLeaseEnds regularLeaseEnds(Transactions transactions, IssuerTime clock) {
        return new RegularLeaseEnds(endLeases(transactions, clock)).start();
    }

    static EndLeases endLeases(Transactions transactions, IssuerTime clock) {
        return new EndLeases(transactions, clock);
    }

    @Bean
    Alarms alarms(Transactions transactions) {
        return new SqlAlarms(transactions);
    }

    @Bean
    LostActivations lostActivations() {
        return new LostActivations();
    }

    @Bean
    Holders holders(Transactions transactions) {
        return new SqlHolders(transactions);
    }
}
