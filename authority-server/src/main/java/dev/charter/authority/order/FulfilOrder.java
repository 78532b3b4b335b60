package dev.charter.authority.order;

import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.customer.NewBuyer;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.License;
import dev.charter.authority.license.LicenseState;
import dev.charter.authority.license.SellLicense;
import dev.charter.authority.mail.Outbox;
import dev.charter.authority.order.Order.Granted;
import dev.charter.format.Entitlement;
import dev.charter.store.IssuerTime;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Gives a paid order its license, or adds to the one that it is for, and writes the letter: all in one transaction that takes the order out of its state, or is undone. So it happens once,
/// whoever tries, and however often.
@Component
final class FulfilOrder {
    private static final Logger LOG = LoggerFactory.getLogger(FulfilOrder.class);
    private static final int MOST_TRIES = 8;

    private final Orders orders;
    private final SellLicense sell;
    private final OrderLetters letters;
    private final Identifiers identifiers;
    private final IssuerTime clock;
    private final FailPoints failPoints;

    FulfilOrder(Orders orders, SellLicense sell, OrderLetters letters, Identifiers identifiers, IssuerTime clock, FailPoints failPoints) {
        this.orders = orders;
        this.sell = sell;
        this.letters = letters;
        this.identifiers = identifiers;
        this.clock = clock;
        this.failPoints = failPoints;
    }

    /// What became of an attempt.
    enum Done {
        /// The order is not one that was paid and not fulfilled.
        NOT_TO_BE,
        FULFILLED,
        /// It is fulfilled, and its money has gone on: [FollowPayment#agree] is to be called.
        MONEY_MOVED
    }

    /// Does nothing where the order is not one that was paid and not fulfilled.
    Done handle(String id) {
        return orders.byId(id).filter(order -> order.state() == OrderState.PAID).map(this::handle).orElse(Done.NOT_TO_BE);
    }

    /// The same for an order as it was seen a moment ago, whatever its state was then.
    Done handle(Order order) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                var done = order.upgrades().isPresent() ? upgrade(order) : issue(order);
                failPoints.reach(FailPoint.ORDER_FULFILLED);
                return done;
            } catch (NotToBe undone) {
                return Done.NOT_TO_BE;
            } catch (NameTaken undone) {
                LOG.debug("the name of a new license is taken; there is another try", undone);
            }
        }
        throw new IllegalStateException("the source of randomness repeats itself: " + MOST_TRIES + " new licenses had names that were taken");
    }

    private Done issue(Order order) {
        var now = clock.instant();
        var customer = identifiers.next("cus");
        var buyer = new NewBuyer(order.buyer().name(), order.buyer().email());
        var granting = Granting.of(List.of(), order.lines(), now);
        var draft = sell.draft(order.product(), new License.Buyer(customer, buyer.name(), buyer.email()), granting.entitlements(), order.id(), now);
        var mail = letters.license(order, draft.license(), draft.key());
        failPoints.reach(FailPoint.ORDER_DECIDED);
        return orders.inOne(sql -> {
            buyer.become(sql, customer, now);
            if (!SellLicense.keep(sql, draft, order.id())) {
                throw new NameTaken();
            }
            return finish(sql, order, draft.license().id(), granting.granted(), mail, now);
        });
    }

    private Done upgrade(Order order) {
        var now = clock.instant();
        var id = order.upgrades().orElseThrow();
        var mail = letters.upgrade(order, id);
        failPoints.reach(FailPoint.ORDER_DECIDED);
        return orders.inOne(sql -> {
            var license = SellLicense.hold(sql, id).orElseThrow();
            var granting = Granting.of(license.terms().entitlements(), order.lines(), now);
            SellLicense.grant(sql, license, granting.entitlements(), order.id(), now);
            if (license.state() != LicenseState.ACTIVE) {
                Orders.attend(sql, order.id(), now, "The license was " + license.state().text() + " when it was upgraded. Decide what becomes of the money.");
            } else if (granting.addsLessThan(order.lines())) {
                Orders.attend(sql, order.id(), now, "The license granted something of this order already. Decide what becomes of the money.");
            }
            return finish(sql, order, id, granting.granted(), mail, now);
        });
    }

    private Done finish(Sql sql, Order order, String license, Granted granted, Outbox.Written mail, Instant now) {
        boolean moved = orders.fulfilled(sql, order.id(), OrderState.PAID, license, granted, now).orElseThrow(NotToBe::new);
        mail.put(sql);
        Orders.note(sql, order.id(), List.of(new Orders.Step(now, "fulfilled", Optional.of(license)), new Orders.Step(now, "mailed", Optional.empty())));
        failPoints.reach(FailPoint.ORDER_WRITTEN);
        return moved ? Done.MONEY_MOVED : Done.FULFILLED;
    }

    /// Rolls the transaction back: somebody else has fulfilled the order, or it was not paid.
    private static final class NotToBe extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotToBe() {
            super("the order is not one that is to be fulfilled", null, false, false);
        }
    }

    /// Rolls the transaction back.
    private static final class NameTaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        NameTaken() {
            super("the name of a new license is taken", null, false, false);
        }
    }

    /// What a license grants after an order, and what of that the order added.
    record Granting(List<Entitlement> entitlements, Granted granted) {

        static Granting of(List<Entitlement> before, List<Line> lines, Instant now) {
            var after = new ArrayList<>(before);
            var features = new ArrayList<String>();
            var meters = new ArrayList<String>();
            for (var line : lines) {
                for (var name : line.features()) {
                    // One that ends by itself is bought for good by this.
                    boolean there = after.stream().anyMatch(is -> is instanceof Entitlement.Feature feature && feature.name().equals(name) && feature.ends().isEmpty());
                    if (!there) {
                        after.removeIf(is -> is instanceof Entitlement.Feature feature && feature.name().equals(name));
                        after.add(new Entitlement.Feature(name, Optional.empty()));
                        features.add(name);
                    }
                }
                for (var name : line.meters()) {
                    var there = after.stream().flatMap(is -> is instanceof Entitlement.Meter meter && meter.name().equals(name) ? Stream.of(meter) : Stream.empty()).findAny();
                    if (there.filter(meter -> meter.ends().isEmpty()).isEmpty()) {
                        there.ifPresent(after::remove);
                        after.add(new Entitlement.Meter(name, there.map(Entitlement.Meter::limit).orElse(OptionalLong.empty()), Optional.empty()));
                        meters.add(name);
                    }
                }
            }
            int years = lines.stream().filter(line -> line.kind() == ItemKind.SUPPORT).mapToInt(Line::count).sum();
            var support = Support.of(before);
            var added = years == 0 ? Optional.<Support.Added>empty() : Optional.of(support.extendedBy(years, now));
            added.ifPresent(more -> more.replaceIn(after));
            return new Granting(List.copyOf(after), new Granted(features, meters, added.map(Support.Added::from), added.map(Support.Added::seconds).orElse(0L)));
        }

        boolean addsLessThan(List<Line> lines) {
            return lines.stream().mapToInt(line -> line.features().size()).sum() > granted.features().size() || lines.stream().mapToInt(line -> line.meters().size()).sum() > granted.meters().size();
        }
    }
}
