package dev.charter.authority.order;

import dev.charter.authority.checkout.PaymentEvents;
import dev.charter.authority.checkout.Payments;
import dev.charter.store.IssuerTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Starts what takes orders on.
@Configuration(proxyBeanMethods = false)
class OrderParts {

    @Bean(destroyMethod = "close")
    RegularOrders regularOrders(Orders orders, PaymentEvents events, Payments payments, FollowPayment follow, FulfilOrder fulfil, IssuerTime clock) {
        return new RegularOrders(orders, events, payments, follow, fulfil, clock).start();
    }
}
