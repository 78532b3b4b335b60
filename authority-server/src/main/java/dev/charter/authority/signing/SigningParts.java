package dev.charter.authority.signing;

import dev.charter.signing.Issuer;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class SigningParts {

    @Bean
    Signatures signatures(Issuer issuer, MeterRegistry meters) {
        return new Signatures(issuer, Runtime.getRuntime().availableProcessors(), meters);
    }
}
