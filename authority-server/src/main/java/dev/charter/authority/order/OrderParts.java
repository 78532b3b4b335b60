package dev.charter.authority.order;

import dev.charter.authority.checkout.PaymentEvents;
import dev.charter.authority.checkout.Payments;
import dev.charter.authority.checkout.WatchEvents;
import dev.charter.store.IssuerTime;
import dev.charter.store.Store;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Starts what takes orders on.
@Configuration(proxyBeanMethods = false)
class OrderParts {

    /// What is done for an order keeps a processor busy, and on SQLite the one writer: more at a time would not be done sooner, and the next events would wait for all of them. On PostgreSQL it
    /// waits for the database most of the time. Many at a time share commits.
    @Bean(destroyMethod = "close")
    RegularOrders regularOrders(Orders orders, PaymentEvents events, Payments payments, FollowPayment follow, FulfilOrder fulfil, RefundOrder refund, WatchEvents watch, IssuerTime clock, Store store) {
        int processors = Runtime.getRuntime().availableProcessors();
        int atATime = switch (store.engine()) {
            case SQLITE -> processors;
            case POSTGRESQL -> 3 * processors;
        };
        return new RegularOrders(orders, events, payments, follow, fulfil, refund, watch, clock, atATime, 4 * processors).start();
    }
}
