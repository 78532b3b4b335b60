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
    private final Withhold withhold;
    private final EndSubscription end;
    private final IssuerTime clock;
    private final FailPoints failPoints;

    FollowPayment(Orders orders, Payments payments, Withhold withhold, EndSubscription end, IssuerTime clock, FailPoints failPoints) {
        this.orders = orders;
        this.payments = payments;
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
        return orders.look(id, payments.provider()).map(look -> new Seen(look, payments.look(look.checkout())));
    }

    /// Brings an order to where its payment was seen by a look.
    ///
    /// @return the order as it was before, if by now it was paid and waits for being fulfilled
    Optional<Order> take(Orders.Look look, Payment payment) {
        var id = look.order();
        var now = clock.instant();
        failPoints.reach(FailPoint.ORDER_LOOKED);
        var taken = orders.inOne(sql -> {
            var order = orders.hold(sql, id).orElseThrow();
            boolean counted = Orders.looked(sql, look, payment, now);
            boolean isPaid = counted && follow(sql, order, payment, now);
            return new Taken(order, counted, isPaid || order.state() == OrderState.PAID);
        });
        if (taken.counted()) {
            failPoints.reach(FailPoint.ORDER_PAID);
        }
        if (taken.order().state() == OrderState.FULFILLED) {
            agree(id);
        }
        return Optional.of(taken.order()).filter(_ -> taken.isPaid());
    }

    /// @param order as it was before
    /// @param isPaid whether it is to be fulfilled now
    private record Taken(Order order, boolean counted, boolean isPaid) {}

    /// Takes back what a fulfilled order paid for where its money went back by then, or gives it again; and lets end what is not charged any more.
    void agree(String id) {
        withhold.handle(id);
        end.handle(id);
    }

    /// Whether the order is to be fulfilled now, and was not before.
    private static boolean follow(Sql sql, Order order, Payment payment, Instant now) {
        boolean isPaid = false;
        switch (payment.status()) {
            case OPEN -> { }
            case CLOSED -> {
                if (Orders.move(sql, order.id(), List.of(OrderState.OPEN), OrderState.CLOSED)) {
                    Orders.note(sql, order.id(), now, "closed", Optional.of("It was not paid."));
                }
            }
            case PAID -> isPaid = paid(sql, order, payment, now);
        }
        payment.problem().ifPresent(problem -> Orders.attend(sql, order.id(), now, problem));
        if (payment.dispute() == Payment.Dispute.OPEN && order.dispute() != Payment.Dispute.OPEN) {
            Orders.attend(sql, order.id(), now, "The buyer disputes the payment. Answer at the payment provider.");
        }
        if (payment.refunded() > 0 && !payment.isTakenBack() && payment.refunded() != order.refunded()) {
            Orders.attend(sql, order.id(), now, Money.text(payment.refunded(), payment.currency()) + " of " + Money.text(payment.total(), payment.currency()) + " went back. Decide whether the license changes.");
        }
        return isPaid;
    }

    /// Money that is not what was asked for is not refused, since it is there; a person decides.
    private static boolean paid(Sql sql, Order order, Payment payment, Instant now) {
        if (order.paidAt().isPresent()) {
            return false;
        }
        boolean asAsked = payment.total() == order.total() && payment.currency().equals(order.currency()) && payment.order().equals(Optional.of(order.id()));
        boolean looksFirst = Practice.orders(sql, order.product()) == OrderRule.LOOK;
        var to = asAsked && !looksFirst ? OrderState.PAID : OrderState.LOOK;
        if (!Orders.paid(sql, order.id(), to, now)) {
            return false;
        }
        Orders.note(sql, order.id(), now, "paid", payment.payment());
        if (!asAsked) {
            Orders.attend(sql, order.id(), now, "Paid was " + Money.text(payment.total(), payment.currency()) + ", ordered for " + Money.text(order.total(), order.currency())
                    + ". Approve the order, or refund and close it.");
        } else if (looksFirst) {
            Orders.attend(sql, order.id(), now, "It was paid, and waits for your look. Approve the order, or refund and close it.");
        }
        return to == OrderState.PAID;
    }
}
