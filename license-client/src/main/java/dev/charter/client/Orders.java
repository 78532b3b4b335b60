package dev.charter.client;

import dev.charter.format.Armor;
import dev.charter.format.Digest;
import dev.charter.format.UsageLicense;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// What was ordered on this host: begun, followed until it has ended, and taken into use, by itself and across restarts.
///
/// The order of steps is what makes it safe: the signed request is on disk before it is sent, and the same request always finds the same order. What the authority says of an order is plain and decides
/// nothing; what was bought comes as a usage license, which is verified like any other.
final class Orders {
    /// More are not followed at once: of those that nobody paid, the oldest goes.
    private static final int MOST = 8;

    private final Settings settings;
    private final HostFolder folder;
    private final Reckoning reckoning;
    private final Exchange exchange;
    private final MayAsk may;
    private final Licensing licensing;
    private final Shop shop;
    private final Map<Digest, OrderWatch> watches = new ConcurrentHashMap<>();
    /// One question at a time; whoever reads what is known never waits for it.
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Orders(Settings settings, HostFolder folder, Reckoning reckoning, Exchange exchange, MayAsk may, Licensing licensing) {
        this.settings = settings;
        this.folder = folder;
        this.reckoning = reckoning;
        this.exchange = exchange;
        this.may = may;
        this.licensing = licensing;
        this.shop = new Shop(settings);
    }

    boolean arePossible() {
        return !(may.purchase() instanceof MayAsk.Purchase.OfNothing);
    }

    Offers offers() {
        var purchase = may.purchase();
        if (purchase instanceof MayAsk.Purchase.OfNothing none) {
            return Offers.nothing(true, none.message());
        }
        return shop.offers(purchase instanceof MayAsk.Purchase.OfUpgrade upgrade ? Optional.of(upgrade.license()) : Optional.empty());
    }

    Optional<Order> shown() {
        return newest().map(this::view);
    }

    /// The newest one that is not set aside.
    private Optional<HeldOrder> newest() {
        return folder.orders().stream().filter(order -> !order.aside()).reduce((older, newer) -> newer);
    }

    Ordering begin(Purchase.Wish wish) {
        var flaw = wish.flaw();
        if (flaw.isPresent()) {
            return new Ordering.Refused(Ordering.Reason.MALFORMED, flaw.get());
        }
        oneAtATime.lock();
        try {
            var purchase = may.purchase();
            if (purchase instanceof MayAsk.Purchase.OfNothing none) {
                return new Ordering.NotPossible(none.message());
            }
            var upgraded = purchase instanceof MayAsk.Purchase.OfUpgrade upgrade ? Optional.of(upgrade.license()) : Optional.<UsageLicense>empty();
            var before = newest();
            if (before.filter(order -> order.isUnpaid() && order.upgrade() == upgraded.isPresent() && order.isFor(wish)).isPresent()) {
                var again = advanced(before.get(), true);
                if (again.state() != Order.State.CLOSED) {
                    return new Ordering.Ordered(view(again));
                }
                before = Optional.of(again);
            }
            if (before.filter(order -> !order.done() && !order.isUnpaid()).isPresent()) {
                return new Ordering.NotPossible("What was ordered here before is paid and on its way. Wait until it is here, then order what else you need.");
            }
            var order = HeldOrder.begun(exchange.signOrder(upgraded), upgraded.isPresent(), reckoning.now(), wish);
            folder.keepOrders(with(order));
            var asked = advanced(order, true);
            var no = watch(order).no();
            if (no.isPresent()) {
                drop(asked); // the next wish takes a new document
                return no.get();
            }
            return new Ordering.Ordered(view(asked));
        } catch (IOException full) {
            return new Ordering.NotPossible(folder.cannotWrite(full));
        } finally {
            oneAtATime.unlock();
        }
    }

    /// Those before stay as far as something may still come of them.
    private List<HeldOrder> with(HeldOrder order) {
        var kept = new ArrayList<>(folder.orders().stream().filter(other -> !other.done() && other.told().isPresent()).map(other -> other.isUnpaid() ? other.setAside() : other).toList());
        while (kept.size() >= MOST) {
            kept.remove(kept.stream().filter(HeldOrder::isUnpaid).findFirst().orElse(kept.get(0)));
        }
        kept.add(order);
        return kept;
    }

    Optional<Order> look() {
        oneAtATime.lock();
        try {
            var order = newest();
            return order.isPresent() ? Optional.of(view(advanced(order.get(), true))) : Optional.empty();
        } catch (IOException full) {
            return newest().map(this::view);
        } finally {
            oneAtATime.unlock();
        }
    }

    Optional<String> dismiss() {
        oneAtATime.lock();
        try {
            var order = newest();
            if (order.isEmpty()) {
                return Optional.empty();
            }
            boolean stuck = order.get().isToBeFetched() && watch(order.get()).refused().isPresent();
            if (order.get().done() || stuck || order.get().told().isEmpty()) {
                drop(order.get());
                return Optional.empty();
            }
            if (order.get().isUnpaid()) {
                replace(order.get(), order.get().setAside());
                return Optional.empty();
            }
            return Optional.of("The order is paid, and what was bought comes by itself. It can be dismissed when that is here.");
        } catch (IOException full) {
            return Optional.of(folder.cannotWrite(full));
        } finally {
            oneAtATime.unlock();
        }
    }

    /// Asks about each order that it is time for. A fault of the disk is met again at the next turn.
    void turn() {
        if (folder.orders().stream().noneMatch(this::isDue) || !oneAtATime.tryLock()) {
            return;
        }
        try {
            for (var order : folder.orders()) {
                if (isDue(order)) {
                    advanced(order, false);
                }
            }
        } catch (IOException full) {
            licensing.notices().add(folder.cannotWrite(full));
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean isDue(HeldOrder order) {
        return !order.done() && watch(order).isDue();
    }

    private OrderWatch watch(HeldOrder order) {
        return watches.computeIfAbsent(order.request().digest(), digest -> new OrderWatch(settings.monotonicNanos(), settings.random()));
    }

    // --- one step of one order ---

    /// @param person whether somebody waits for it
    private HeldOrder advanced(HeldOrder order, boolean person) throws IOException {
        var watch = watch(order);
        if (person) {
            watch.closely();
            if (!watch.isRested()) {
                return order;
            }
        }
        var news = order.isUnderWay() ? asked(order, watch) : order;
        return news.isToBeFetched() ? fetched(news, watch) : news;
    }

    private HeldOrder asked(HeldOrder order, OrderWatch watch) throws IOException {
        var body = new JsonWriter().put("request", Armor.write(order.request()));
        var answer = order.told().isPresent() ? shop.ask("v1/order-looks", Optional.of(body.object())) : shop.ask("v1/orders", Optional.of(order.wish().orElseThrow().writeTo(body).object()));
        if (answer instanceof Shop.Answer.Told told) {
            return told(order, watch, told);
        }
        if (answer instanceof Shop.Answer.Away away) {
            watch.failed(away.reason(), away.retryAfter(), order.aside());
            return order;
        }
        var no = (Shop.Answer.No) answer;
        watch.answered(reckoning.now(), order.aside());
        if (order.told().isEmpty()) {
            watch.refusedAs(Shop.refusal(no));
            return replace(order, order.over(Optional.of(no.message())));
        }
        if (Shop.isUnknown(no) && order.isUnpaid()) {
            return replace(order, order.over(Optional.of("The vendor knows nothing of this order any more. Order again if you want to.")));
        }
        watch.failed(no.message(), Optional.empty(), order.aside());
        return order;
    }

    private HeldOrder told(HeldOrder order, OrderWatch watch, Shop.Answer.Told told) throws IOException {
        try {
            var news = order.told(OrderTold.read(told.json(), told.from()));
            if (order.told().isEmpty() || news.state() != order.state()) {
                watch.closely();
            }
            watch.answered(reckoning.now(), news.aside());
            return replace(order, news);
        } catch (MalformedJson noise) {
            watch.failed("What answered is not the vendor's server. Check the address.", Optional.empty(), order.aside());
            return order;
        }
    }

    private HeldOrder fetched(HeldOrder order, OrderWatch watch) throws IOException {
        var license = order.told().flatMap(OrderTold::license).orElse("");
        var held = may.heldInUse().flatMap(unused -> licensing.facts().license());
        boolean same = held.filter(present -> present.license().id().equals(license)).isPresent();
        var buyer = folder.key(order.content().host().keys().id());
        if (same && !order.upgrade()) {
            return replace(order, order.over(Optional.empty()));
        }
        if (!same && (held.isPresent() || buyer.isEmpty() || order.upgrade())) {
            return replace(order, order.over(Optional.of("The license is there, but this server holds " + (held.isPresent() ? "another one" : "none that it belongs to")
                    + " by now. Its license key came by e-mail; it can be used on another server.")));
        }
        var outcome = same ? exchange.fetchBought(held.get()) : exchange.activateBought(license, buyer.orElseThrow());
        if (outcome instanceof Activation.Activated) {
            watch.answered(reckoning.now(), order.aside());
            return replace(order, order.over(Optional.empty()));
        }
        if (outcome instanceof Activation.Unreachable away) {
            watch.failed(away.reason(), away.retryAfter(), order.aside());
        } else {
            watch.notFetched(outcome instanceof Activation.Refused no ? no.message() : ((Activation.NotPossible) outcome).message());
            watch.answered(reckoning.now(), order.aside());
        }
        return order;
    }

    private HeldOrder replace(HeldOrder before, HeldOrder after) throws IOException {
        if (!after.equals(before)) {
            boolean gone = after.aside() && after.done();
            folder.keepOrders(folder.orders().stream().filter(order -> !gone || !order.request().equals(before.request())).map(order -> order.request().equals(before.request()) ? after : order).toList());
        }
        return after;
    }

    private void drop(HeldOrder order) throws IOException {
        folder.keepOrders(folder.orders().stream().filter(other -> !other.request().equals(order.request())).toList());
        watches.remove(order.request().digest());
    }

    // --- in words ---

    private Order view(HeldOrder order) {
        var watch = watch(order);
        var told = order.told();
        var checkout = order.isUnpaid() ? told.flatMap(OrderTold::page) : Optional.<URI>empty();
        return new Order(told.map(OrderTold::id), order.state(), message(order, watch, checkout.isPresent()), checkout, told.map(OrderTold::test).orElse(false),
                told.flatMap(OrderTold::license), order.upgrade(), told.map(OrderTold::withheld).orElse(false),
                told.map(OrderTold::items).orElseGet(() -> order.wish().map(Orders::lines).orElse(List.of())), told.map(OrderTold::currency).orElseGet(() -> order.wish().map(Purchase.Wish::currency).orElse("")),
                told.map(OrderTold::total).orElseGet(() -> order.wish().map(Purchase.Wish::total).orElse(0L)), told.map(OrderTold::createdAt).orElse(order.madeAt()), told.flatMap(OrderTold::paidAt),
                watch.lastAsked(), watch.unreachable(), order.done());
    }

    private static List<Order.Line> lines(Purchase.Wish wish) {
        return wish.items().stream().map(wanted -> new Order.Line(wanted.item(), wanted.item(), wanted.count(), 0)).toList();
    }

    private static String message(HeldOrder order, OrderWatch watch, boolean payable) {
        if (order.note().isPresent()) {
            return order.note().get();
        }
        if (order.told().isEmpty()) {
            return "The order is kept here and sent to the vendor by itself. Nothing is paid yet.";
        }
        var told = order.told().get();
        if (order.isUnpaid() && !payable) {
            return told.checkout().isEmpty() ? told.message() : "The vendor's address of this product leads to no page on which paying is safe. Set its https address, or ask the vendor's sales.";
        }
        if (order.isToBeFetched()) {
            return watch.refused().map(why -> "The license is there, and could not be fetched: " + why).orElse("The license is there and is fetched by itself.");
        }
        return order.done() && order.state() == Order.State.FULFILLED && !told.withheld() ? (order.upgrade() ? "The upgrade is here." : "The license is here and in use.") + " The vendor's letter is on its way by e-mail."
                : told.message();
    }
}
