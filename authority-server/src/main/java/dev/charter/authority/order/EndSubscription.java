package dev.charter.authority.order;

import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.license.SellLicense;
import dev.charter.authority.order.Order.Withheld;
import dev.charter.format.Entitlement;
import dev.charter.store.IssuerTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Lets what an order bought by the month end when it is not charged any more: its license says until when, and the buyer is told. When the subscription goes on after all, so does the license.
///
/// What another order paid for as well stays.
@Component
final class EndSubscription {
    private final Orders orders;
    private final OrderLetters letters;
    private final IssuerTime clock;

    EndSubscription(Orders orders, OrderLetters letters, IssuerTime clock) {
        this.orders = orders;
        this.letters = letters;
        this.clock = clock;
    }

    /// Does nothing where the license says what the payment provider does.
    void handle(String id) {
        var differs = orders.byId(id).filter(order -> !agrees(order));
        if (differs.isEmpty()) {
            return;
        }
        var ends = differs.get().ends();
        var licenseId = differs.get().license().orElseThrow();
        var mail = ends.map(end -> letters.ends(differs.get(), licenseId, end)).orElseGet(() -> letters.goesOn(differs.get(), licenseId));
        var now = clock.instant();
        orders.inOne(sql -> {
            // The license's row first, as everybody does who holds both.
            var license = SellLicense.hold(sql, licenseId).orElseThrow();
            var order = orders.hold(sql, id).orElseThrow();
            if (agrees(order) || !order.ends().equals(ends)) {
                return false;
            }
            var all = orders.ofLicense(sql, licenseId).stream().filter(other -> other.withheld() == Withheld.NOTHING).toList();
            SellLicense.grant(sql, license, license.terms().entitlements().stream().map(is -> ending(is, order, all)).toList(), id, now);
            Orders.ended(sql, id, ends);
            Orders.note(sql, id, now, ends.isPresent() ? "ends" : "goes on", ends.map(Instant::toString));
            mail.put(sql);
            return true;
        });
    }

    private static boolean agrees(Order order) {
        return order.state() != OrderState.FULFILLED || order.withheld() != Withheld.NOTHING || order.ends().equals(order.ended());
    }

    private static Entitlement ending(Entitlement is, Order order, List<Order> all) {
        return switch (is) {
            case Entitlement.Feature feature when pays(order, is) && adds(all, is) -> new Entitlement.Feature(feature.name(), end(all, is));
            case Entitlement.Meter meter when pays(order, is) && adds(all, is) -> new Entitlement.Meter(meter.name(), meter.limit(), end(all, is));
            case Entitlement.Feature _, Entitlement.Meter _, Entitlement.Support _ -> is;
        };
    }

    /// What the license granted without any order is not the orders' to end.
    private static boolean adds(List<Order> all, Entitlement entitlement) {
        return all.stream().flatMap(order -> order.granted().stream()).anyMatch(granted -> switch (entitlement) {
            case Entitlement.Feature feature -> granted.features().contains(feature.name());
            case Entitlement.Meter meter -> granted.meters().contains(meter.name());
            case Entitlement.Support _ -> false;
        });
    }

    private static boolean pays(Order order, Entitlement entitlement) {
        return lines(order, entitlement).anyMatch(line -> line.kind() == ItemKind.METERED);
    }

    /// The latest end of all that pay for it; none where one of them does not end.
    private static Optional<Instant> end(List<Order> all, Entitlement entitlement) {
        var paying = all.stream().filter(order -> lines(order, entitlement).findAny().isPresent()).toList();
        boolean forGood = paying.stream().anyMatch(order -> order.ends().isEmpty() || lines(order, entitlement).anyMatch(line -> line.kind() != ItemKind.METERED));
        return forGood ? Optional.empty() : paying.stream().flatMap(order -> order.ends().stream()).max(Instant::compareTo);
    }

    private static Stream<Line> lines(Order order, Entitlement entitlement) {
        return order.lines().stream().filter(line -> switch (entitlement) {
            case Entitlement.Feature feature -> line.features().contains(feature.name());
            case Entitlement.Meter meter -> line.meters().contains(meter.name());
            case Entitlement.Support _ -> false;
        });
    }
}
