package dev.charter.authority.order;

import dev.charter.authority.catalog.OrderRule;
import dev.charter.authority.catalog.Practice;
import dev.charter.authority.checkout.Money;
import dev.charter.authority.checkout.Payment;
import dev.charter.authority.checkout.Payments;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.store.IssuerTime;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Brings an order to where its payment is. What decides is the payment as its provider has it, looked at now, and never what an event says of it; so it is the same in whatever order,
/// and however often, this is done.
@Component
final class FollowPayment {
    private final Orders orders;
    private final Payments payments;
    private final Practice practice;
    private final Withhold withhold;
    private final EndSubscription end;
    private final IssuerTime clock;
    private final FailPoints failPoints;

    FollowPayment(Orders orders, Payments payments, Practice practice, Withhold withhold, EndSubscription end, IssuerTime clock, FailPoints failPoints) {
        this.orders = orders;
        this.payments = payments;
        this.practice = practice;
        this.withhold = withhold;
        this.end = end;
        this.clock = clock;
        this.failPoints = failPoints;
    }

    /// Where a payment was seen by a look.
    record Seen(Orders.Look look, Payment payment) {}

    /// Does nothing where there is no such order, or another provider has its payment.
    void handle(String id) {
        look(id).ifPresent(seen -> take(seen.look(), seen.payment()));
    }

    /// Asks the provider alone, which takes its time; nothing where there is no such order, or another provider has its payment.
    Optional<Seen> look(String id) {
        return orders.byId(id).filter(order -> order.provider().equals(payments.provider())).flatMap(_ -> orders.look(id)).map(look -> new Seen(look, payments.look(look.checkout())));
    }

    /// Brings an order to where its payment was seen by a look.
    void take(Orders.Look look, Payment payment) {
        var id = look.order();
        boolean looksFirst = orders.byId(id).flatMap(order -> practice.of(order.product())).filter(rules -> rules.orders() == OrderRule.LOOK).isPresent();
        var now = clock.instant();
        failPoints.reach(FailPoint.ORDER_LOOKED);
        boolean counted = orders.inOne(sql -> {
            var order = orders.hold(sql, id).orElseThrow();
            if (!Orders.looked(sql, look, payment, now)) {
                return false;
            }
            follow(sql, order, payment, looksFirst, now);
            return true;
        });
        if (counted) {
            failPoints.reach(FailPoint.ORDER_PAID);
            agree(id);
        }
    }

    /// Takes back what a fulfilled order paid for where its money went back by then, or gives it again; and lets end what is not charged any more.
    void agree(String id) {
        withhold.handle(id);
        end.handle(id);
    }

    private static void follow(Sql sql, Order order, Payment payment, boolean looksFirst, Instant now) {
        switch (payment.status()) {
            case OPEN -> { }
            case CLOSED -> {
                if (Orders.move(sql, order.id(), List.of(OrderState.OPEN), OrderState.CLOSED)) {
                    Orders.note(sql, order.id(), now, "closed", Optional.of("It was not paid."));
                }
            }
            case PAID -> paid(sql, order, payment, looksFirst, now);
        }
        payment.problem().ifPresent(problem -> Orders.attend(sql, order.id(), now, problem));
        if (payment.dispute() == Payment.Dispute.OPEN && order.dispute() != Payment.Dispute.OPEN) {
            Orders.attend(sql, order.id(), now, "The buyer disputes the payment. Answer at the payment provider.");
        }
        if (payment.refunded() > 0 && !payment.isTakenBack() && payment.refunded() != order.refunded()) {
            Orders.attend(sql, order.id(), now, Money.text(payment.refunded(), payment.currency()) + " of " + Money.text(payment.total(), payment.currency()) + " went back. Decide whether the license changes.");
        }
    }

    /// Money that is not what was asked for is not refused, since it is there; a person decides.
    private static void paid(Sql sql, Order order, Payment payment, boolean looksFirst, Instant now) {
        boolean asAsked = payment.total() == order.total() && payment.currency().equals(order.currency()) && payment.order().equals(Optional.of(order.id()));
        if (order.paidAt().isEmpty() && Orders.move(sql, order.id(), List.of(OrderState.OPEN, OrderState.CLOSED), asAsked && !looksFirst ? OrderState.PAID : OrderState.LOOK)) {
            Orders.paid(sql, order.id(), now);
            Orders.note(sql, order.id(), now, "paid", payment.payment());
            if (!asAsked) {
                Orders.attend(sql, order.id(), now, "Paid was " + Money.text(payment.total(), payment.currency()) + ", ordered for " + Money.text(order.total(), order.currency())
                        + ". Approve the order, or refund and close it.");
            } else if (looksFirst) {
                Orders.attend(sql, order.id(), now, "It was paid, and waits for your look. Approve the order, or refund and close it.");
            }
        }
    }
}
