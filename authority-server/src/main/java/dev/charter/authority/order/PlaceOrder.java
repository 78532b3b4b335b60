package dev.charter.authority.order;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.catalog.Item;
import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.catalog.Items;
import dev.charter.authority.catalog.Price;
import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.customer.NewBuyer;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.license.License;
import dev.charter.authority.license.LicenseState;
import dev.charter.authority.license.NewTerms;
import dev.charter.authority.license.OpenLicense;
import dev.charter.authority.license.SellLicense;
import dev.charter.authority.mail.OrderMails;
import dev.charter.authority.order.Order.Granted;
import dev.charter.format.Digest;
import dev.charter.format.Entitlement;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// Places an order for a customer whose money comes by other ways, such as an invoice: order, license and letter are one transaction. The same order again finds the one that was placed.
@Component
final class PlaceOrder {
    private static final int MOST_TRIES = 8;
    private static final int LONGEST_KEY = 200;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Orders orders;
    private final Items items;
    private final OpenLicense licenses;
    private final SellLicense sell;
    private final OrderLetters letters;
    private final Identifiers identifiers;
    private final IssuerTime clock;
    private final FailPoints failPoints;

    PlaceOrder(Orders orders, Items items, OpenLicense licenses, SellLicense sell, OrderLetters letters, Identifiers identifiers, IssuerTime clock, FailPoints failPoints) {
        this.orders = orders;
        this.items = items;
        this.licenses = licenses;
        this.sell = sell;
        this.letters = letters;
        this.identifiers = identifiers;
        this.clock = clock;
        this.failPoints = failPoints;
    }

    /// The order, fulfilled.
    ///
    /// @throws Rejected when it makes no sense, or another order was placed with its key
    Order handle(Caller caller, DeskOrder wanted) {
        caller.require(Scope.ORDERS_WRITE);
        var named = named(wanted);
        caller.require(Scope.LICENSES_WRITE);
        var digest = digest(wanted, named);
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var known = orders.byDigest(digest);
            if (known.isPresent()) {
                return same(known.get(), wanted);
            }
            if (wanted.license().isPresent() ? upgrades(caller, wanted, digest) : issues(caller, wanted, digest)) {
                failPoints.reach(FailPoint.ORDER_FULFILLED);
            }
        }
        throw Rejected.because(HttpProblem.CHANGED_MEANWHILE, "Others keep changing this license. Order again.");
    }

    private Order same(Order known, DeskOrder wanted) {
        if (orders.wish(known.id()).equals(Optional.of(wanted))) {
            return known;
        }
        throw Rejected.conflict("Another order was placed with this " + (wanted.key().isPresent() ? "key" : "reference for this buyer and product") + ": " + known.id() + ". Name another key for this one.");
    }

    private static String named(DeskOrder wanted) {
        if (wanted.currency().filter(currency -> !CURRENCY.matcher(currency).matches()).isPresent() || wanted.currency().isEmpty() && wanted.total().isPresent()) {
            throw Rejected.malformed("A price has a currency of three capital letters, such as EUR.");
        }
        if (wanted.license().isEmpty() && wanted.customer().isPresent() == (wanted.name().isPresent() || wanted.email().isPresent())) {
            throw Rejected.malformed("An order names who buys: by \"customer\", or by \"name\" and \"email\".");
        }
        return wanted.key().or(wanted::reference).filter(text -> !text.isBlank() && text.length() <= LONGEST_KEY)
                .orElseThrow(() -> Rejected.malformed("An order of the desk has a reference, such as the number of the purchase order, or a key: it keeps the same from being ordered twice. It has 1 to " + LONGEST_KEY
                        + " characters."));
    }

    /// What tells the same order from another one. A reference may be that of several buyers, and of several products; a key is the vendor's own.
    private Digest digest(DeskOrder wanted, String named) {
        var whose = wanted.key().isPresent() ? "key" : wanted.license().or(() -> wanted.customer().flatMap(licenses::buyer).map(License.Buyer::email)).or(wanted::email).orElse("").toLowerCase(Locale.ROOT);
        var what = wanted.key().isPresent() ? "" : wanted.product().orElse("");
        return Digest.of(("desk order\n" + whose + "\n" + what + "\n" + named).getBytes(StandardCharsets.UTF_8));
    }

    private boolean issues(Caller caller, DeskOrder wanted, Digest digest) {
        var now = clock.instant();
        var product = wanted.product().orElseThrow(() -> Rejected.malformed("An order for a new license names its \"product\"."));
        var terms = wanted.terms().orElseGet(NewTerms::none);
        var lines = lines(product, wanted, terms);
        var agreed = Agreed.of(List.of(), terms.granted(), lines, now);
        var fresh = wanted.customer().isPresent() ? Optional.<NewBuyer>empty() : Optional.of(buyer(wanted.name(), wanted.email()));
        var known = fresh.map(buyer -> orders.inOne(buyer::known)).orElse(wanted.customer());
        var buyer = known.flatMap(licenses::buyer).orElseGet(() -> fresh.map(person -> new License.Buyer(identifiers.next("cus"), person.name(), person.email()))
                .orElseThrow(() -> Rejected.malformed("There is no customer \"" + wanted.customer().orElse("") + "\".")));
        var order = order(wanted, digest, product, new Order.Buyer(buyer.name(), buyer.email()), lines, now);
        var draft = sell.draft(product, buyer, NewTerms.type(wanted.type().orElse("online")), terms, agreed.entitlements(), wanted.reference().or(() -> Optional.of(order.id())), now);
        var mail = letters.license(order, draft.license(), draft.key());
        failPoints.reach(FailPoint.ORDER_DECIDED);
        return done(sql -> {
            if (!orders.place(sql, order, wanted)) {
                return false;
            }
            if (known.isEmpty()) {
                fresh.orElseThrow().become(sql, buyer.customer(), now);
            }
            if (!SellLicense.keep(sql, draft, caller.token())) {
                throw new Undone();
            }
            finish(sql, caller, order, draft.license().id(), agreed.granted(), now);
            mail.put(sql);
            return true;
        });
    }

    private boolean upgrades(Caller caller, DeskOrder wanted, Digest digest) {
        var now = clock.instant();
        var id = wanted.license().orElseThrow();
        var license = licenses.byId(id).orElseThrow(() -> Rejected.unknown("There is no license \"" + id + "\"."));
        if (license.state() != LicenseState.ACTIVE) {
            throw Rejected.conflict("The license is " + license.state().text() + ". " + (license.state() == LicenseState.SUSPENDED ? "Reinstate it before you add to it." : "Order a new one."));
        }
        if (wanted.product().filter(product -> !product.equals(license.product())).isPresent() || wanted.type().filter(type -> NewTerms.type(type) != license.type()).isPresent()
                || wanted.customer().filter(customer -> !customer.equals(license.buyer().customer())).isPresent()) {
            throw Rejected.conflict("The license is one of " + license.buyer().name() + " for " + license.product() + ", of type \"" + license.type().documentName() + "\". That is not what the order says.");
        }
        var terms = wanted.terms().orElseGet(NewTerms::none);
        var lines = lines(license.product(), wanted, terms);
        var agreed = Agreed.of(license.terms().entitlements(), terms.granted(), lines, now);
        var changed = sell.changed(license, terms, agreed.entitlements());
        if (changed.equals(license.terms())) {
            throw Rejected.conflict("The license grants all of that already.");
        }
        var to = buyer(wanted.name().or(() -> Optional.of(license.buyer().name())), wanted.email().or(() -> Optional.of(license.buyer().email())));
        var order = order(wanted, digest, license.product(), new Order.Buyer(to.name(), to.email()), lines, now);
        var mail = letters.upgrade(order, id);
        failPoints.reach(FailPoint.ORDER_DECIDED);
        return done(sql -> {
            var held = SellLicense.hold(sql, id).orElseThrow();
            if (!orders.place(sql, order, wanted)) {
                return false;
            }
            if (!SellLicense.change(sql, license, held, changed, caller.token(), now)) {
                throw new Undone();
            }
            finish(sql, caller, order, id, agreed.granted(), now);
            mail.put(sql);
            return true;
        });
    }

    private void finish(Sql sql, Caller caller, Order order, String license, Granted granted, Instant now) {
        if (orders.fulfilled(sql, order.id(), OrderState.FULFILLED, license, granted, now).isEmpty()) {
            throw new Undone();
        }
        Orders.note(sql, order.id(), List.of(new Orders.Step(now, "placed by " + caller.token(), order.reference()), new Orders.Step(now, "fulfilled", Optional.of(license)),
                new Orders.Step(now, "mailed", Optional.empty())));
        failPoints.reach(FailPoint.ORDER_WRITTEN);
    }

    /// False where somebody else was faster; then it is decided again.
    private boolean done(Transactions.Work<Boolean> work) {
        try {
            return orders.inOne(work);
        } catch (Undone overtaken) {
            return false;
        }
    }

    private Order order(DeskOrder wanted, Digest digest, String product, Order.Buyer buyer, List<Line> lines, Instant now) {
        var currency = wanted.currency().orElse(Order.NO_CURRENCY);
        long total = wanted.total().orElseGet(() -> lines.stream().mapToLong(Line::due).reduce(0, Math::addExact));
        if (total < 0 || total > Price.MOST) {
            throw Rejected.malformed("A price is 0 to " + Price.MOST + " of the currency's smallest unit.");
        }
        return new Order(identifiers.next("ord"), digest, product, Optional.empty(), Optional.empty(), wanted.license(), Optional.empty(), OrderState.FULFILLED, buyer, lines, currency, total, URI.create(""),
                Order.DESK, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, Dispute.NONE, Order.Withheld.NOTHING, Optional.empty(), 0, now, Optional.empty(), Optional.empty(),
                wanted.reference(), Optional.empty(), Optional.empty());
    }

    private static NewBuyer buyer(Optional<String> name, Optional<String> given) {
        var email = given.orElseThrow(() -> Rejected.malformed("A customer who is not there yet has an \"email\"."));
        if (!OrderMails.canReach(email)) {
            throw Rejected.malformed("Mail cannot be sent to this e-mail address. The license key goes there, so give one that works.");
        }
        try {
            return new NewBuyer(name.orElseThrow(() -> Rejected.malformed("A customer who is not there yet has a \"name\".")), email);
        } catch (IllegalArgumentException mistake) {
            throw Rejected.malformed(StartOrder.sentence(mistake));
        }
    }

    /// The items, and a line for whatever is agreed beside them.
    private List<Line> lines(String product, DeskOrder wanted, NewTerms terms) {
        var lines = new ArrayList<Line>();
        var seen = new HashSet<String>();
        for (var one : wanted.items().orElse(List.of())) {
            var item = items.byId(one.item()).filter(found -> found.product().equals(product)).orElseThrow(() -> Rejected.malformed("\"" + product + "\" has no item \"" + StartOrder.shown(one.item()) + "\"."));
            StartOrder.requireCount(item, one.count());
            if (!seen.add(item.id())) {
                throw Rejected.malformed("\"" + item.title() + "\" is listed twice.");
            }
            lines.add(Line.of(item, one.count(), price(item, wanted)));
        }
        terms.granted().forEach(entitlement -> lines.add(Line.agreed(entitlement)));
        terms.seats().ifPresent(seats -> lines.add(Line.agreed(seats == 1 ? "1 seat" : seats + " seats")));
        terms.activations().ifPresent(activations -> lines.add(Line.agreed(activations == 1 ? "1 activation" : activations + " activations")));
        terms.until().ifPresent(until -> lines.add(Line.agreed("The license ends on " + until.replaceFirst("T.*", ""))));
        return lines;
    }

    private static Price price(Item item, DeskOrder wanted) {
        var currency = wanted.currency().orElse(Order.NO_CURRENCY);
        return item.price(currency).orElseGet(() -> {
            if (wanted.currency().isPresent() && wanted.total().isEmpty()) {
                throw Rejected.conflict("\"" + item.title() + "\" has no price in " + currency + ". Name the \"total\".");
            }
            return new Price(Order.NO_CURRENCY, 0, Optional.empty());
        });
    }

    /// What a license grants after an order of the desk, and what of that the order added.
    private record Agreed(List<Entitlement> entitlements, Granted granted) {
        static Agreed of(List<Entitlement> before, List<Entitlement> agreed, List<Line> lines, Instant now) {
            var with = new ArrayList<>(before);
            for (var entitlement : agreed) {
                with.removeIf(is -> name(is).equals(name(entitlement)));
                with.add(entitlement);
            }
            var granting = FulfilOrder.Granting.of(with, lines.stream().filter(line -> !line.isAgreed()).toList(), now);
            var more = granting.granted();
            return new Agreed(granting.entitlements(), new Granted(added(before, agreed, Entitlement.Feature.class, more.features()), added(before, agreed, Entitlement.Meter.class, more.meters()),
                    more.supportFrom(), more.supportSeconds()));
        }

        private static List<String> added(List<Entitlement> before, List<Entitlement> agreed, Class<? extends Entitlement> kind, List<String> more) {
            var names = new ArrayList<>(more);
            agreed.stream().filter(kind::isInstance).filter(one -> before.stream().noneMatch(is -> name(is).equals(name(one)))).map(Line::nameOf).filter(name -> !names.contains(name)).forEach(names::add);
            return names;
        }

        private static String name(Entitlement entitlement) {
            return entitlement.getClass().getSimpleName() + " " + Line.nameOf(entitlement);
        }
    }

    /// Rolls the transaction back.
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;

        Undone() {
            super("somebody else was faster", null, false, false);
        }
    }
}
