package dev.charter.authority.order;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.license.OpenLicense;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What a person at the desk does with an order.
@Component
final class DecideOrder {
    private static final int LONGEST_REASON = 1_000;

    private final Orders orders;
    private final FulfilOrder fulfil;
    private final OrderLetters letters;
    private final OpenLicense licenses;
    private final IssuerTime clock;

    DecideOrder(Orders orders, FulfilOrder fulfil, OrderLetters letters, OpenLicense licenses, IssuerTime clock) {
        this.orders = orders;
        this.fulfil = fulfil;
        this.letters = letters;
        this.licenses = licenses;
        this.clock = clock;
    }

    /// Lets an order that waits for a look be fulfilled.
    ///
    /// @throws Rejected when there is no such order, or it does not wait
    Order approve(Caller caller, String id) {
        decide(caller, id, OrderState.PAID, "approved", Optional.empty());
        fulfil.handle(id);
        return existing(id);
    }

    /// Closes an order that waits for a look. The money is given back by [RefundOrder], by whoever closes it.
    ///
    /// @throws Rejected when there is no such order, or it does not wait
    Order close(Caller caller, String id, String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw Rejected.malformed("A reason has 1 to " + LONGEST_REASON + " characters.");
        }
        decide(caller, id, OrderState.CLOSED, "closed", Optional.of(reason));
        return existing(id);
    }

    /// Notes that somebody has looked at what an order asked attention for.
    ///
    /// @throws Rejected when there is no such order
    Order seen(Caller caller, String id) {
        caller.require(Scope.ORDERS_WRITE);
        existing(id);
        var now = clock.instant();
        orders.inOne(sql -> {
            Orders.attended(sql, id);
            Orders.note(sql, id, now, "seen by " + caller.token(), Optional.empty());
            return true;
        });
        return existing(id);
    }

    /// Mails the buyer what was mailed when the order was fulfilled once more, to the same address.
    ///
    /// @throws Rejected when there is no such order, or it is not fulfilled
    Order mailAgain(Caller caller, String id) {
        caller.require(Scope.ORDERS_WRITE);
        var order = existing(id);
        var license = order.license().orElseThrow(() -> Rejected.conflict("The order has no license yet, so there is nothing to mail."));
        var mail = order.upgrades().isPresent() ? letters.upgrade(order, license) : letters.license(order, licenses.byId(license).orElseThrow(), licenses.key(license));
        var now = clock.instant();
        orders.inOne(sql -> {
            mail.put(sql);
            Orders.note(sql, id, now, "mailed again by " + caller.token(), Optional.empty());
            return true;
        });
        return order;
    }

    private void decide(Caller caller, String id, OrderState to, String step, Optional<String> detail) {
        caller.require(Scope.ORDERS_WRITE);
        var state = existing(id).state();
        var now = clock.instant();
        boolean moved = orders.inOne(sql -> {
            if (!Orders.move(sql, id, List.of(OrderState.LOOK), to)) {
                return false;
            }
            Orders.attended(sql, id);
            Orders.note(sql, id, now, step + " by " + caller.token(), detail);
            return true;
        });
        if (!moved) {
            throw Rejected.conflict("The order does not wait for a look: it is " + state.name().toLowerCase(Locale.ROOT) + ".");
        }
    }

    private Order existing(String id) {
        return orders.byId(id).orElseThrow(() -> Rejected.unknown("There is no order \"" + id + "\"."));
    }
}
