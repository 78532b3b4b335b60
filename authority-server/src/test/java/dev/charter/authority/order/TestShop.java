package dev.charter.authority.order;

import dev.charter.authority.activation.TestActivations;
import dev.charter.authority.catalog.Item;
import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.catalog.Items;
import dev.charter.authority.catalog.Price;
import dev.charter.authority.catalog.TestCatalog;
import dev.charter.authority.checkout.PaymentEvent;
import dev.charter.authority.checkout.PaymentEvents;
import dev.charter.authority.checkout.Payments;
import dev.charter.authority.checkout.TestCheckout;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.mail.TestMail;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.SignedDocument;
import jakarta.mail.MessagingException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// This package as the program puts it together, on an authority that offers MQTT Server (1200.00 EUR once), Sparkplug (300.00 EUR once), a year of support (200.00 EUR), and the bridge (metered).
final class TestShop {
    final TestAuthority authority;
    final Items items;
    final Orders orders;
    final PaymentEvents events;
    final StartOrder start;
    final FollowPayment follow;
    final FulfilOrder fulfil;
    final DecideOrder decide;
    final PlaceOrder place;
    /// The same with fail points.
    final Function<FailPoints, PlaceOrder> placing;
    final RefundOrder refund;
    final RegularOrders regular;
    private final TestActivations activations;

    TestShop(TestAuthority authority, Payments payments) {
        this.authority = authority;
        this.activations = authority.activations();
        var transactions = authority.transactions();
        var practice = TestCatalog.practice(transactions);
        items = TestCatalog.items(transactions);
        orders = new Orders(transactions, JsonMapper.shared());
        events = new PaymentEvents(transactions);
        var mails = TestMail.orders(authority.time());
        var sell = authority.licenses().sell();
        start = new StartOrder(orders, items, practice, authority.licenses().open(), activations.holders(), payments, authority.signatures(), authority.identifiers(), authority.time(), FailPoints.none());
        var letters = new OrderLetters(mails, practice);
        follow = new FollowPayment(orders, payments, new Withhold(orders, authority.time()), new EndSubscription(orders, letters, authority.time()), authority.time(), FailPoints.none());
        fulfil = new FulfilOrder(orders, sell, letters, authority.identifiers(), authority.time(), FailPoints.none());
        decide = new DecideOrder(orders, fulfil, letters, authority.licenses().open(), authority.time());
        placing = failPoints -> new PlaceOrder(orders, items, authority.licenses().open(), sell, letters, authority.identifiers(), authority.time(), failPoints);
        place = placing.apply(FailPoints.none());
        refund = new RefundOrder(orders, new Refunds(transactions), payments, follow, authority.time());
        regular = new RegularOrders(orders, events, payments, follow, fulfil, refund, TestCheckout.watch(events, authority.time()), authority.time(), 2, 4);
        offer("mqtt-server", ItemKind.ONCE, List.of("mqtt"), List.of(), 120_000, true);
        offer("sparkplug", ItemKind.ONCE, List.of("sparkplug"), List.of(), 30_000, true);
        offer("support", ItemKind.SUPPORT, List.of(), List.of(), 20_000, true);
        offer("bridge", ItemKind.METERED, List.of(), List.of("messages"), 5, true);
    }

    void offer(String id, ItemKind kind, List<String> features, List<String> meters, long amount, boolean offered) {
        TestCatalog.puts(items, new Item(id, TestAuthority.PRODUCT, id, "", kind, features, meters, List.of(new Price("EUR", amount, Optional.of("price_" + id))), kind == ItemKind.METERED ? 1_000 : 1, 0, offered,
                Instant.EPOCH));
    }

    static Wish wish(SignedDocument document, long total, Wish.Wanted... items) {
        return new Wish(Armor.write(document), List.of(items), "EUR", total, "Anna Öz", "anna@plant.example", "https://plant.example/license");
    }

    static Wish.Wanted one(String item) {
        return new Wish.Wanted(item, 1);
    }

    /// Orders MQTT Server for a host.
    Order ordersServer(TestHost host) {
        return start.handle(wish(host.orders("new"), 120_000, one("mqtt-server")));
    }

    Order ordersUpgrade(TestHost host, String license, long total, Wish.Wanted... wanted) {
        return start.handle(wish(host.orders(license), total, wanted));
    }

    /// Tells of events, and takes orders on until nothing is left to do.
    void tells(PaymentEvent... told) {
        for (var event : told) {
            events.keep(List.of(event), authority.now());
        }
        regular.round();
    }

    Order order(Order order) {
        return orders.byId(order.id()).orElseThrow();
    }

    /// The texts of all mails that were put, each after its subject.
    List<String> mails() {
        return authority.transactions().reading(TestMail::waiting).stream().map(mail -> {
            try {
                return mail.getSubject() + "\n" + TestMail.text(mail);
            } catch (MessagingException fault) {
                throw new AssertionError("this is no mail", fault);
            }
        }).toList();
    }

    /// How many licenses there are.
    long licenses() {
        return authority.transactions().reading(sql -> sql.one("SELECT count(*) AS licenses FROM license", row -> row.number("licenses"))).orElseThrow();
    }

    /// What a license grants and whether it may be used, in words that compare.
    String grants(String license) {
        var found = authority.license(license);
        return found.state() + " " + found.terms().entitlements().stream().map(Object::toString).sorted().toList();
    }
}
