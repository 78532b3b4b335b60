package dev.charter.authority.order;

import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.license.License;
import dev.charter.authority.license.SellLicense;
import dev.charter.authority.order.Order.Granted;
import dev.charter.authority.order.Order.Withheld;
import dev.charter.format.Entitlement;
import dev.charter.store.IssuerTime;
import dev.charter.store.Sql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Takes back what an order paid for when all of its money went back, and gives it again when the money does; and nothing else.
///
/// What the order added to its license goes from the license's terms. Where nothing is left that anybody paid for, the license is suspended in place of that, and keeps its terms.
@Component
final class Withhold {
    /// What hosts are told.
    static final String REASON = "The money that was paid for this license went back.";

    private final Orders orders;
    private final IssuerTime clock;

    Withhold(Orders orders, IssuerTime clock) {
        this.orders = orders;
        this.clock = clock;
    }

    /// Does nothing where what the order paid for and its money agree.
    void handle(String id) {
        var disagrees = orders.byId(id).filter(order -> !agrees(order));
        if (disagrees.isEmpty()) {
            return;
        }
        var now = clock.instant();
        orders.inOne(sql -> {
            // The license's row first, as everybody does who holds both.
            var license = SellLicense.hold(sql, disagrees.get().license().orElseThrow()).orElseThrow();
            var order = orders.hold(sql, id).orElseThrow();
            boolean takenBack = isTakenBack(order);
            if (takenBack == (order.withheld() != Withheld.NOTHING)) {
                return false;
            }
            if (takenBack) {
                take(sql, order, license, now);
            } else {
                give(sql, order, license, now);
            }
            return true;
        });
    }

    private static boolean agrees(Order order) {
        return order.state() != OrderState.FULFILLED || isTakenBack(order) == (order.withheld() != Withheld.NOTHING);
    }

    private static boolean isTakenBack(Order order) {
        return order.dispute() == Dispute.LOST || order.total() > 0 && order.refunded() >= order.total();
    }

    private void take(Sql sql, Order order, License license, Instant now) {
        var all = orders.ofLicense(sql, license.id());
        var mine = handedOn(sql, order, all);
        var suspending = all.stream().filter(other -> other.withheld() == Withheld.LICENSE).toList();
        var left = new ArrayList<>(license.terms().entitlements());
        remove(left, mine, now);
        suspending.forEach(other -> remove(left, other.granted().orElseThrow(), now));
        if (licensesSomething(left)) {
            SellLicense.grant(sql, license, left, order.id(), now);
            orders.granted(sql, order.id(), mine, Withheld.TERMS);
        } else {
            SellLicense.suspend(sql, license, REASON, order.id(), now);
            orders.granted(sql, order.id(), mine, Withheld.LICENSE);
        }
        Orders.note(sql, order.id(), now, "withheld", Optional.of(license.id()));
    }

    private void give(Sql sql, Order order, License license, Instant now) {
        if (order.withheld() == Withheld.TERMS) {
            var granting = FulfilOrder.Granting.of(license.terms().entitlements(), withoutSupport(order.lines()), now);
            var after = new ArrayList<>(granting.entitlements());
            var mine = order.granted().orElseThrow();
            var support = Support.of(after).until();
            mine.supportFrom().ifPresent(from -> Support.replace(after, Optional.of(support.orElse(from.isBefore(now) ? from : now.truncatedTo(ChronoUnit.SECONDS)).plusSeconds(mine.supportSeconds()))));
            SellLicense.grant(sql, license, after, order.id(), now);
            orders.granted(sql, order.id(), new Granted(granting.granted().features(), granting.granted().meters(), mine.supportFrom(), mine.supportSeconds()), Withheld.NOTHING);
        } else {
            orders.granted(sql, order.id(), order.granted().orElseThrow(), Withheld.NOTHING);
        }
        Orders.ended(sql, order.id(), Optional.empty()); // given without an end, which follows
        Orders.note(sql, order.id(), now, "given back", Optional.of(license.id()));
        reinstate(sql, SellLicense.hold(sql, license.id()).orElseThrow(), order, now);
    }

    /// There is something again that was paid for: what was not goes from the terms, so that the license need not be suspended.
    private void reinstate(Sql sql, License license, Order because, Instant now) {
        var left = new ArrayList<>(license.terms().entitlements());
        var suspending = orders.ofLicense(sql, license.id()).stream().filter(other -> other.withheld() == Withheld.LICENSE).toList();
        suspending.forEach(other -> remove(left, other.granted().orElseThrow(), now));
        if (!licensesSomething(left)) {
            return;
        }
        suspending.forEach(other -> orders.granted(sql, other.id(), other.granted().orElseThrow(), Withheld.TERMS));
        SellLicense.grant(sql, license, left, because.id(), now);
        SellLicense.reinstate(sql, SellLicense.hold(sql, license.id()).orElseThrow(), REASON, because.id(), now);
    }

    /// What an order alone paid for. What another one paid for as well is the other's from now on.
    private Granted handedOn(Sql sql, Order order, List<Order> all) {
        var mine = order.granted().orElseThrow();
        var features = new ArrayList<>(mine.features());
        var meters = new ArrayList<>(mine.meters());
        for (var other : all) {
            if (!other.id().equals(order.id()) && other.withheld() == Withheld.NOTHING) {
                var its = other.granted().orElseThrow();
                var more = features.stream().filter(name -> other.lines().stream().anyMatch(line -> line.features().contains(name))).toList();
                var moreMeters = meters.stream().filter(name -> other.lines().stream().anyMatch(line -> line.meters().contains(name))).toList();
                if (!more.isEmpty() || !moreMeters.isEmpty()) {
                    orders.granted(sql, other.id(), new Granted(joined(its.features(), more), joined(its.meters(), moreMeters), its.supportFrom(), its.supportSeconds()), Withheld.NOTHING);
                    features.removeAll(more);
                    meters.removeAll(moreMeters);
                }
            }
        }
        return new Granted(features, meters, mine.supportFrom(), mine.supportSeconds());
    }

    /// Support that is over by this is none.
    private static void remove(List<Entitlement> entitlements, Granted granted, Instant now) {
        entitlements.removeIf(is -> is instanceof Entitlement.Feature feature && granted.features().contains(feature.name()) || is instanceof Entitlement.Meter meter && granted.meters().contains(meter.name()));
        if (granted.supportSeconds() > 0) {
            Support.replace(entitlements, Support.of(entitlements).until().map(end -> end.minusSeconds(granted.supportSeconds())).filter(end -> end.isAfter(now)));
        }
    }

    private static boolean licensesSomething(List<Entitlement> entitlements) {
        return entitlements.stream().anyMatch(is -> !(is instanceof Entitlement.Support));
    }

    private static List<Line> withoutSupport(List<Line> lines) {
        return lines.stream().filter(line -> line.kind() != ItemKind.SUPPORT).toList();
    }

    private static List<String> joined(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
