package dev.charter.authority.order;

import dev.charter.authority.checkout.PaymentEvents;
import dev.charter.authority.checkout.Payments;
import dev.charter.authority.checkout.WatchEvents;
import dev.charter.store.IssuerTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Starts what takes orders on.
@Configuration(proxyBeanMethods = false)
class OrderParts {

    @Bean(destroyMethod = "close")
    RegularOrders regularOrders(Orders orders, PaymentEvents events, Payments payments, FollowPayment follow, FulfilOrder fulfil, RefundOrder refund, WatchEvents watch, IssuerTime clock) {
        return new RegularOrders(orders, events, payments, follow, fulfil, refund, watch, clock).start();
    }
}
