package dev.charter.authority.order;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.checkout.Money;
import dev.charter.authority.checkout.Payments;
import dev.charter.authority.order.Refunds.Refund;
import dev.charter.authority.order.Refunds.State;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Gives a buyer's money back at the payment provider. What becomes of the license is decided by the money, as for a refund that is made there: see [Withhold].
///
/// A refund is kept before the provider is asked, and asked for by the same name until the answer is known; so it is made once, whatever is cut off in between.
@Component
final class RefundOrder {
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_KEY = 200;
    private static final int AT_ONCE = 100;

    private final Orders orders;
    private final Refunds refunds;
    private final Payments payments;
    private final FollowPayment follow;
    private final IssuerTime clock;

    RefundOrder(Orders orders, Refunds refunds, Payments payments, FollowPayment follow, IssuerTime clock) {
        this.orders = orders;
        this.refunds = refunds;
        this.payments = payments;
        this.follow = follow;
        this.clock = clock;
    }

    /// What the desk wants to give back.
    ///
    /// @param amount in the currency's smallest unit; without it, all that is left
    /// @param reason for the order's history
    /// @param key keeps the same from being given back twice
    record WantedRefund(Optional<Long> amount, Optional<String> reason, Optional<String> key) {}

    /// The order as it is after that. Where the provider is away, the refund is begun, and made as soon as it is there again.
    ///
    /// @throws Rejected when there is nothing to give back, or the provider refuses
    Order handle(Caller caller, String id, WantedRefund wanted) {
        caller.require(Scope.ORDERS_WRITE);
        requireTexts(wanted);
        var order = existing(id);
        if (!order.provider().equals(payments.provider()) || order.checkout().isEmpty()) {
            throw Rejected.conflict("The money of this order was not taken here, so it cannot be given back here. To stop its license: charter license suspend " + order.license().orElse("LICENSE") + ".");
        }
        follow.handle(id);
        var refund = begin(caller, id, wanted);
        if (refund.state() == State.BEGUN) {
            make(refund);
        }
        return existing(id);
    }

    /// Makes what was begun and cut off.
    void again() {
        for (var refund : refunds.begun(clock.instant().minus(AGAIN_AFTER), AT_ONCE)) {
            refunds.tried(refund, clock.instant());
            try {
                make(refund);
            } catch (Rejected _) { // it stands in the order's history
            }
        }
    }

    private static void requireTexts(WantedRefund wanted) {
        if (wanted.reason().filter(text -> text.isBlank() || text.length() > LONGEST_REASON).isPresent()) {
            throw Rejected.malformed("A reason has 1 to " + LONGEST_REASON + " characters.");
        }
        if (wanted.key().filter(text -> text.isBlank() || text.length() > LONGEST_KEY).isPresent()) {
            throw Rejected.malformed("A key has 1 to " + LONGEST_KEY + " characters.");
        }
    }

    private Refund begin(Caller caller, String id, WantedRefund wanted) {
        var now = clock.instant();
        return orders.inOne(sql -> {
            var order = orders.hold(sql, id).orElseThrow();
            var before = Refunds.of(sql, id);
            var known = before.stream().filter(one -> one.once().isPresent() && one.once().equals(wanted.key())).findAny();
            if (known.isPresent()) {
                if (wanted.amount().filter(amount -> amount != known.get().amount()).isPresent()) {
                    throw Rejected.conflict("With this key " + Money.text(known.get().amount(), order.currency()) + " were given back. Name another key for another amount.");
                }
                return known.get();
            }
            long left = left(order, before);
            long amount = wanted.amount().orElse(left);
            if (amount < 1) {
                throw Rejected.malformed("An amount is at least 1 of the currency's smallest unit.");
            }
            if (amount > left) {
                throw Rejected.conflict("Of this order " + Money.text(left, order.currency()) + " can still be given back.");
            }
            var refund = new Refund(id, before.size() + 1, wanted.key(), amount, caller.token(), wanted.reason(), State.BEGUN);
            Refunds.begin(sql, refund, now);
            Orders.note(sql, id, now, "refund begun by " + caller.token(), Optional.of(Money.text(amount, order.currency()) + wanted.reason().map(reason -> ": " + reason).orElse("")));
            return refund;
        });
    }

    private static long left(Order order, List<Refund> before) {
        if (order.paidAt().isEmpty() || order.total() == 0) {
            throw Rejected.conflict("The order was not paid, so there is nothing to give back.");
        }
        long left = order.total() - order.refunded() - before.stream().filter(one -> one.state() == State.BEGUN).mapToLong(Refund::amount).sum();
        if (left < 1) {
            throw Rejected.conflict("All of the money went back already, or is on its way.");
        }
        return left;
    }

    private void make(Refund refund) {
        var order = existing(refund.order());
        try {
            payments.refund(order.checkout().orElseThrow(), refund.amount(), refund.name());
        } catch (Rejected refused) {
            if (refused.code() == HttpProblem.UNAVAILABLE) {
                return;
            }
            end(refund, State.FAILED, "refund failed", refused.detail());
            throw refused;
        }
        end(refund, State.DONE, "refunded", Money.text(refund.amount(), order.currency()));
        follow.handle(order.id());
    }

    private void end(Refund refund, State state, String step, String detail) {
        Instant now = clock.instant();
        orders.inOne(sql -> {
            if (Refunds.end(sql, refund, state)) {
                Orders.note(sql, refund.order(), now, step, Optional.of(detail));
            }
            return true;
        });
    }

    private Order existing(String id) {
        return orders.byId(id).orElseThrow(() -> Rejected.unknown("There is no order \"" + id + "\"."));
    }
}
