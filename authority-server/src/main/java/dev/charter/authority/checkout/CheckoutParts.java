package dev.charter.authority.checkout;

import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.settings.CheckoutSettings;
import dev.charter.authority.settings.Settings;
import dev.charter.server.settings.Surroundings;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Puts this package together.
@Configuration(proxyBeanMethods = false)
class CheckoutParts {

    @Bean
    PaymentEvents paymentEvents(Transactions transactions) {
        return new PaymentEvents(transactions);
    }

    @Bean
    WatchEvents watchEvents(PaymentEvents events, IssuerTime clock, MeterRegistry meters) {
        return new WatchEvents(events, clock, meters);
    }

    /// Empty where somebody else takes the money.
    @Bean
    StripeWebhook stripeWebhook(Settings settings, Surroundings surroundings, JsonMapper json) {
        return new StripeWebhook(settings.checkout() instanceof CheckoutSettings.Stripe stripe ? Optional.of(new StripeEvents(stripe, surroundings.clock(), json)) : Optional.empty());
    }

    @Bean
    Payments payments(Settings settings, Transactions transactions, PaymentEvents events, StripeWebhook webhook, Identifiers identifiers, IssuerTime clock, JsonMapper json) {
        return switch (settings.checkout()) {
            case CheckoutSettings.None _ -> new NoPayments();
            case CheckoutSettings.Test _ -> new TestPayments(transactions, events, identifiers, clock, json);
            case CheckoutSettings.Stripe stripe -> new StripePayments(stripe, webhook.events().orElseThrow());
        };
    }
}
