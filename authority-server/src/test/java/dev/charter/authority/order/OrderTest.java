package dev.charter.authority.order;

import static dev.charter.authority.order.TestShop.one;
import static dev.charter.authority.order.TestShop.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.checkout.PaymentEvent;
import dev.charter.authority.checkout.PaymentEvents;
import dev.charter.authority.checkout.TestCheckout;
import dev.charter.authority.license.LicenseState;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Entitlement;
import dev.charter.format.RefusalCode;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
class OrderTest {
    final TestAuthority authority;
    final ScriptedPayments payments = new ScriptedPayments();
    final TestShop shop;
    final TestHost plant = TestHost.named("plant-a");

    OrderTest(Engine engine) {
        authority = TestAuthority.on(engine);
        shop = new TestShop(authority, payments);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void an_order_that_is_paid_ends_in_one_license_for_its_host_and_one_letter_with_the_key() {
        var order = shop.ordersServer(plant);
        assertThat(order.state()).isEqualTo(OrderState.OPEN);
        assertThat(order.page()).isPresent();

        shop.tells(payments.pays(order));

        var done = shop.order(order);
        assertThat(done.state()).isEqualTo(OrderState.FULFILLED);
        var license = done.license().orElseThrow();
        assertThat(shop.grants(license)).isEqualTo("ACTIVE [" + new Entitlement.Feature("mqtt", Optional.empty()) + "]");
        var key = authority.licenses().open().key(license).revealSecret();
        assertThat(shop.mails()).singleElement().asString().contains(key, license, "1200.00 EUR").startsWith("Your license " + license);
        assertThat(shop.mails().getFirst().lines().findFirst().orElseThrow()).doesNotContain(key);
        assertThat(shop.orders.history(order.id()).stream().map(Orders.Step::step)).containsExactly("begun", "opened", "paid", "fulfilled", "mailed");
    }

    @Test
    void the_host_that_ordered_activates_by_its_own_signature_and_no_other_host_does() {
        var order = shop.ordersServer(plant);
        shop.tells(payments.pays(order));
        var license = shop.order(order).license().orElseThrow();

        assertThat(authority.ask(TestHost.named("thief").asksToActivateById(license))).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.KEY_UNKNOWN));
        assertThat(authority.ask(plant.asksToActivateById(license))).isInstanceOf(Licensed.class);
    }

    @Test
    void the_same_document_finds_the_order_that_it_began_and_opens_no_second_checkout() {
        var wish = wish(plant.orders("new"), 120_000, one("mqtt-server"));
        payments.away = true;
        assertThatThrownBy(() -> shop.start.handle(wish)).isInstanceOf(Rejected.class);
        payments.away = false;

        var order = shop.start.handle(wish);

        assertThat(shop.start.handle(wish)).isEqualTo(order);
        assertThat(shop.start.find(wish.request())).isEqualTo(order);
        assertThat(payments.opened).hasValue(1);
        assertRejected(HttpProblem.CONFLICT, () -> shop.start.handle(new Wish(wish.request(), List.of(one("sparkplug")), "EUR", 30_000, "Anna", "anna@plant.example", "https://plant.example/")));
    }

    @Test
    void a_document_of_another_host_or_purpose_begins_nothing() {
        var mallory = TestHost.named("mallory");
        var sold = authority.sells("{}");
        authority.activate(sold.key(), plant);

        assertRejected(HttpProblem.UNKNOWN, () -> shop.ordersUpgrade(mallory, sold.id(), 30_000, one("sparkplug")));
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(wish(plant.asksToRefresh(sold.id()), 30_000, one("sparkplug"))));
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(new Wish("no document", List.of(one("sparkplug")), "EUR", 30_000, "Anna", "anna@plant.example", "https://plant.example/")));
        assertRejected(HttpProblem.UNKNOWN, () -> shop.start.find(dev.charter.format.Armor.write(plant.orders("new"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 11, 1_000_000, Integer.MAX_VALUE})
    void a_number_that_is_not_sold_is_refused(int count) {
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(wish(plant.orders("new"), 120_000, one("mqtt-server"), new Wish.Wanted("support", count))));
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(wish(plant.orders("new"), 120_000, new Wish.Wanted("mqtt-server", count))));
    }

    @Test
    void a_price_or_currency_of_the_buyers_own_is_refused() {
        for (long total : new long[] {0, 1, 119_999, -120_000, Long.MAX_VALUE}) {
            assertRejected(HttpProblem.CHANGED_MEANWHILE, () -> shop.start.handle(wish(plant.orders("new"), total, one("mqtt-server"))));
        }
        assertRejected(HttpProblem.CONFLICT, () -> shop.start.handle(new Wish(wish(plant.orders("new"), 0).request(), List.of(one("mqtt-server")), "JPY", 120_000, "Anna", "anna@plant.example", "https://plant.example/")));
        assertThat(payments.opened).hasValue(0);
    }

    @Test
    void a_price_that_changed_after_the_list_was_shown_is_told_and_one_that_changes_later_is_kept() {
        var order = shop.ordersServer(plant);
        shop.offer("mqtt-server", ItemKind.ONCE, List.of("mqtt"), List.of(), 150_000, true);

        assertThatThrownBy(() -> shop.ordersServer(plant)).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.detail()).contains("1500.00 EUR"));

        shop.tells(payments.pays(order));
        assertThat(shop.order(order).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(shop.mails().getFirst()).contains("1200.00 EUR");
    }

    @Test
    void what_is_withdrawn_is_not_sold_and_what_was_ordered_before_is() {
        var order = shop.ordersServer(plant);
        shop.offer("mqtt-server", ItemKind.ONCE, List.of("mqtt"), List.of(), 120_000, false);

        assertRejected(HttpProblem.CONFLICT, () -> shop.ordersServer(plant));
        assertThat(shop.items.offered(TestAuthority.PRODUCT)).noneMatch(item -> item.id().equals("mqtt-server"));
        shop.tells(payments.pays(order));
        assertThat(shop.order(order).state()).isEqualTo(OrderState.FULFILLED);
    }

    @Test
    void money_that_is_not_what_was_asked_for_waits_for_a_look() {
        var less = shop.ordersServer(plant);
        var other = shop.ordersServer(TestHost.named("b"));

        shop.tells(payments.paysOther(less, 1, "EUR"), payments.paysOther(other, 120_000, "JPY"));

        assertThat(shop.order(less).state()).isEqualTo(OrderState.LOOK);
        assertThat(shop.order(other).state()).isEqualTo(OrderState.LOOK);
        assertThat(shop.order(less).attention()).hasValueSatisfying(why -> assertThat(why).contains("0.01 EUR", "1200.00 EUR"));
        assertThat(shop.licenses()).isZero();
        assertThat(shop.decide.approve(TestAuthority.VENDOR, less.id()).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(shop.decide.close(TestAuthority.VENDOR, other.id(), "Refunded").state()).isEqualTo(OrderState.CLOSED);
        shop.follow.handle(other.id());
        assertThat(shop.order(other).state()).as("what a person has closed stays closed").isEqualTo(OrderState.CLOSED);
    }

    @Test
    void a_vendor_who_wants_a_look_first_gets_it_and_the_buyer_sees_that_it_waits() {
        authority.transactions().doInOne(sql -> sql.update("UPDATE product SET orders = 'LOOK' WHERE id = ?", TestAuthority.PRODUCT));
        try {
            var order = shop.ordersServer(plant);

            shop.tells(payments.pays(order));

            assertThat(shop.order(order).state()).isEqualTo(OrderState.LOOK);
            assertThat(shop.order(order).attention()).isPresent();
            assertThat(shop.decide.approve(TestAuthority.VENDOR, order.id()).state()).isEqualTo(OrderState.FULFILLED);
            assertThat(shop.mails()).hasSize(1);
        } finally {
            authority.transactions().doInOne(sql -> sql.update("UPDATE product SET orders = 'FULFIL'"));
        }
    }

    @Test
    void a_checkout_that_is_cancelled_or_expires_buys_nothing() {
        var order = shop.ordersServer(plant);

        shop.tells(payments.closes(order));

        assertThat(shop.order(order).state()).isEqualTo(OrderState.CLOSED);
        assertThat(shop.licenses()).isZero();
        assertThat(shop.mails()).isEmpty();
    }

    @Test
    void support_extends_from_its_end_or_from_today_whichever_is_later() {
        authority.itIsNow("2026-03-01T08:00:00Z");
        var order = shop.start.handle(wish(plant.orders("new"), 160_000, one("mqtt-server"), new Wish.Wanted("support", 2)));
        shop.tells(payments.pays(order));
        var license = shop.order(order).license().orElseThrow();
        assertThat(supportOf(license)).contains(Instant.parse("2028-03-01T08:00:00Z"));
        authority.ask(plant.asksToActivateById(license));

        shop.tells(payments.pays(shop.ordersUpgrade(plant, license, 20_000, one("support"))));
        assertThat(supportOf(license)).contains(Instant.parse("2029-03-01T08:00:00Z"));

        authority.itIsNow("2030-06-01T08:00:00Z");
        shop.tells(payments.pays(shop.ordersUpgrade(plant, license, 20_000, one("support"))));
        assertThat(supportOf(license)).contains(Instant.parse("2031-06-01T08:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"2028-02-29, 1, 2029-02-28", "2028-02-29, 4, 2032-02-29", "2027-02-28, 1, 2028-02-28", "2027-03-01, 1, 2028-03-01", "2028-12-31, 3, 2031-12-31"})
    void years_of_support_are_years_of_the_calendar_leap_days_too(String bought, int years, String until) {
        authority.itIsNow(bought + "T08:00:00Z");
        var order = shop.start.handle(wish(plant.orders("new"), 120_000 + 20_000L * years, one("mqtt-server"), new Wish.Wanted("support", years)));

        shop.tells(payments.pays(order));

        assertThat(supportOf(shop.order(order).license().orElseThrow())).contains(Instant.parse(until + "T08:00:00Z"));
    }

    @Test
    void support_stands_in_the_usage_license_and_is_longer_there_after_it_was_bought() {
        var order = shop.start.handle(wish(plant.orders("new"), 140_000, one("mqtt-server"), one("support")));
        shop.tells(payments.pays(order));
        var license = shop.order(order).license().orElseThrow();
        var first = authority.ask(plant.asksToActivateById(license));

        authority.itIsNow("2027-06-01T00:00:00Z");
        shop.tells(payments.pays(shop.ordersUpgrade(plant, license, 20_000, one("support"))));
        var second = authority.ask(plant.asksToRefresh(license));

        assertThat(first).isInstanceOfSatisfying(Licensed.class, licensed -> assertThat(licensed.content().entitlements()).contains(new Entitlement.Support(Instant.parse("2027-03-01T08:00:00Z"))));
        assertThat(second).isInstanceOfSatisfying(Licensed.class, licensed -> assertThat(licensed.content().entitlements()).contains(new Entitlement.Support(Instant.parse("2028-06-01T00:00:00Z"))));
    }

    @Test
    void a_suspended_license_is_not_added_to_and_one_that_is_suspended_before_the_money_comes_asks_for_attention() {
        var sold = authority.sells("{}");
        authority.activate(sold.key(), plant);
        var order = shop.ordersUpgrade(plant, sold.id(), 30_000, one("sparkplug"));
        authority.licenses().change().suspend(TestAuthority.VENDOR, sold.id(), "fraud");

        assertRejected(HttpProblem.CONFLICT, () -> shop.ordersUpgrade(plant, sold.id(), 20_000, one("support")));
        shop.tells(payments.pays(order));

        assertThat(shop.order(order).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(shop.order(order).attention()).hasValueSatisfying(why -> assertThat(why).contains("suspended"));
        assertThat(authority.license(sold.id()).reason()).contains("fraud");
    }

    @Test
    void what_a_license_grants_already_and_support_without_a_license_are_not_sold() {
        var sold = authority.sells("{}");
        authority.activate(sold.key(), plant);

        assertRejected(HttpProblem.CONFLICT, () -> shop.ordersUpgrade(plant, sold.id(), 120_000, one("mqtt-server")));
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(wish(plant.orders("new"), 20_000, one("support"))));
        assertRejected(HttpProblem.MALFORMED, () -> shop.start.handle(wish(plant.orders("new"), 0)));
    }

    @Test
    void two_upgrades_bought_at_once_both_count_and_what_was_paid_twice_is_told() {
        var sold = authority.sells("{}");
        authority.activate(sold.key(), plant);
        var first = shop.ordersUpgrade(plant, sold.id(), 50_000, one("sparkplug"), one("support"));
        var second = shop.ordersUpgrade(plant, sold.id(), 50_000, one("sparkplug"), one("support"));
        shop.events.keep(List.of(payments.pays(first), payments.pays(second)), authority.now());

        CompletableFuture.allOf(CompletableFuture.runAsync(shop.regular::round), CompletableFuture.runAsync(shop.regular::round)).join();

        assertThat(shop.order(first).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(shop.order(second).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(supportOf(sold.id())).contains(Instant.parse("2028-03-01T08:00:00Z"));
        assertThat(List.of(shop.order(first), shop.order(second)).stream().filter(order -> order.attention().isPresent())).hasSize(1);
        assertThat(shop.mails()).hasSize(2);

        // One of the two goes back: the other one has paid for it as well.
        shop.tells(payments.refunds(first, 50_000));
        assertThat(shop.grants(sold.id())).contains("sparkplug", "until=2027-03-0");
        shop.tells(payments.refunds(second, 50_000));
        assertThat(shop.grants(sold.id())).isEqualTo("ACTIVE [" + new Entitlement.Feature("mqtt", Optional.empty()) + "]");
    }

    @Test
    void whom_many_fulfil_at_once_gets_one_license_and_one_letter_and_an_upgrade_counts_once() {
        var order = shop.ordersServer(plant);
        payments.pays(order);
        shop.follow.handle(order.id());

        assertThat(fulfilledByMany(shop.order(order))).as("one of them did it").isEqualTo(1);

        var license = shop.order(order).license().orElseThrow();
        authority.ask(plant.asksToActivateById(license));
        var upgrade = shop.ordersUpgrade(plant, license, 50_000, one("sparkplug"), one("support"));
        payments.pays(upgrade);
        shop.follow.handle(upgrade.id());

        assertThat(fulfilledByMany(shop.order(upgrade))).isEqualTo(1);

        assertThat(shop.licenses()).isEqualTo(1);
        assertThat(supportOf(license)).contains(Instant.parse("2027-03-01T08:00:00Z"));
        assertThat(shop.mails()).hasSize(2);
        assertThat(shop.orders.history(order.id()).stream().map(Orders.Step::step)).containsExactly("begun", "opened", "paid", "fulfilled", "mailed");
    }

    /// How many of eight that try at once say that they have fulfilled it.
    private long fulfilledByMany(Order paid) {
        var tries = Stream.generate(() -> CompletableFuture.supplyAsync(() -> shop.fulfil.handle(paid))).limit(8).toList();
        return tries.stream().filter(one -> one.join() == FulfilOrder.Done.FULFILLED).count();
    }

    @Test
    void a_full_refund_suspends_what_it_paid_for_and_nothing_else() {
        var base = shop.ordersServer(plant);
        shop.tells(payments.pays(base));
        var license = shop.order(base).license().orElseThrow();
        authority.ask(plant.asksToActivateById(license));
        var upgrade = shop.ordersUpgrade(plant, license, 50_000, one("sparkplug"), one("support"));
        shop.tells(payments.pays(upgrade));
        var whole = shop.grants(license);

        shop.tells(payments.refunds(upgrade, 50_000));
        assertThat(shop.grants(license)).isEqualTo("ACTIVE [" + new Entitlement.Feature("mqtt", Optional.empty()) + "]");

        shop.tells(payments.refunds(upgrade, 0), payments.refunds(base, 120_000));
        assertThat(shop.grants(license)).as("a refund that failed is given back; the other order's is not").startsWith("ACTIVE").contains("sparkplug").doesNotContain("name=mqtt,");

        shop.tells(payments.refunds(upgrade, 50_000));
        assertThat(authority.license(license).state()).isEqualTo(LicenseState.SUSPENDED);
        assertThat(authority.ask(plant.asksToRefresh(license))).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.LICENSE_SUSPENDED));

        shop.tells(payments.refunds(upgrade, 0), payments.refunds(base, 0));
        assertThat(shop.grants(license)).isEqualTo(whole);
    }

    @Test
    void a_license_that_the_vendor_suspended_stays_so_whatever_the_money_does() {
        var order = shop.ordersServer(plant);
        shop.tells(payments.pays(order));
        var license = shop.order(order).license().orElseThrow();
        authority.licenses().change().suspend(TestAuthority.VENDOR, license, "fraud");

        shop.tells(payments.disputes(order, Dispute.LOST));
        shop.tells(payments.disputes(order, Dispute.NONE));

        assertThat(authority.license(license).reason()).contains("fraud");
    }

    @Test
    void a_partial_refund_and_an_open_dispute_go_to_the_desk_and_change_nothing() {
        var order = shop.ordersServer(plant);
        shop.tells(payments.pays(order));
        var license = shop.order(order).license().orElseThrow();

        shop.tells(payments.refunds(order, 60_000));
        assertThat(shop.order(order).attention()).hasValueSatisfying(why -> assertThat(why).contains("600.00 EUR of 1200.00 EUR"));
        shop.decide.seen(TestAuthority.VENDOR, order.id());
        assertThat(shop.order(order).attention()).isEmpty();
        shop.tells(payments.disputes(order, Dispute.OPEN));
        assertThat(shop.order(order).attention()).hasValueSatisfying(why -> assertThat(why).contains("disputes"));
        assertThat(authority.license(license).state()).isEqualTo(LicenseState.ACTIVE);

        shop.tells(payments.disputes(order, Dispute.LOST));
        assertThat(authority.license(license).state()).isEqualTo(LicenseState.SUSPENDED);
    }

    @Test
    void every_permutation_of_an_orders_events_with_a_duplicate_and_a_loss_ends_in_the_same_state() {
        var ends = new HashSet<String>();
        int number = 0;
        for (var permutation : permutations(List.of(0, 1, 2, 3))) {
            for (int lost = -1; lost < 4; lost++) {
                for (int sooner = 0; sooner < 2; sooner++) {
                    ends.add(run(TestHost.named("host-" + number++), permutation, lost, sooner == 0));
                }
            }
        }
        assertThat(ends).hasSize(1);
        assertThat(shop.licenses()).isEqualTo(number);
        assertThat(shop.mails()).hasSize(number);
        assertThat(payments.opened).hasValue(number);
    }

    /// Paid, disputed, refunded in part, and the dispute lost.
    ///
    /// @param lost the event that never comes, but is fetched later; -1: none
    /// @param atOnce whether each event is told when it happens, and then once more
    private String run(TestHost host, List<Integer> sequence, int lost, boolean atOnce) {
        var order = shop.ordersServer(host);
        List<java.util.function.Supplier<PaymentEvent>> happening = List.of(() -> payments.pays(order), () -> payments.disputes(order, Dispute.OPEN), () -> payments.refunds(order, 60_000),
                () -> payments.disputes(order, Dispute.LOST));
        var events = new ArrayList<PaymentEvent>();
        for (int i = 0; i < happening.size(); i++) {
            events.add(happening.get(i).get());
            if (atOnce && i == sequence.getFirst() && i != lost) {
                shop.tells(events.get(i));
            }
        }
        for (int i : sequence) {
            if (i != lost) {
                shop.tells(events.get(i), events.get(i));
            }
        }
        authority.passes(Duration.ofHours(2));
        shop.regular.reconcile();
        shop.regular.round();
        var done = shop.order(order);
        var license = done.license().orElseThrow();
        return done.state() + " " + done.withheld() + " " + done.refunded() + " " + done.dispute() + " " + shop.grants(license);
    }

    private static List<List<Integer>> permutations(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<Integer>>();
        for (var first : of) {
            var rest = new ArrayList<>(of);
            rest.remove(first);
            for (var tail : permutations(rest)) {
                var one = new ArrayList<Integer>();
                one.add(first);
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }

    @Test
    void an_event_that_cannot_be_looked_at_is_tried_again_and_holds_up_no_other() {
        var order = shop.ordersServer(plant);
        var event = payments.pays(order);
        payments.away = true;
        shop.tells(event);
        assertThat(shop.order(order).state()).isEqualTo(OrderState.OPEN);

        payments.away = false;
        authority.passes(Duration.ofMinutes(1));
        shop.regular.round();

        assertThat(shop.order(order).state()).isEqualTo(OrderState.FULFILLED);
    }

    @Test
    void an_event_that_was_given_up_is_shown_and_looked_at_again_each_hour_or_when_the_desk_says_so() {
        var first = shop.ordersServer(plant);
        var second = shop.ordersServer(TestHost.named("b"));
        var paid = payments.pays(first);
        payments.away = true;
        shop.tells(paid, payments.pays(second));
        for (int tries = 0; tries < 12; tries++) {
            authority.passes(Duration.ofMinutes(11));
            shop.regular.round();
        }
        assertThat(TestCheckout.count(shop.events, PaymentEvents.State.FAILED)).isEqualTo(2);
        assertThat(shop.order(first).attention()).hasValueSatisfying(why -> assertThat(why).contains("charter order again " + paid.id()));

        payments.away = false;
        assertThat(TestCheckout.again(shop.events, paid.id(), authority.now())).isTrue();
        shop.regular.round();
        assertThat(shop.order(first).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(shop.order(second).state()).isEqualTo(OrderState.OPEN);

        shop.regular.reconcile();
        shop.regular.round();
        assertThat(shop.order(second).state()).isEqualTo(OrderState.FULFILLED);
        assertThat(TestCheckout.count(shop.events, PaymentEvents.State.FAILED)).isZero();
    }

    @Test
    void the_key_is_mailed_again_to_the_same_address_when_the_desk_wants_it() {
        var order = shop.ordersServer(plant);
        shop.tells(payments.pays(order));

        shop.decide.mailAgain(TestAuthority.VENDOR, order.id());

        assertThat(shop.mails()).hasSize(2).allSatisfy(mail -> assertThat(mail).contains(authority.licenses().open().key(shop.order(order).license().orElseThrow()).revealSecret()));
    }

    private Optional<Instant> supportOf(String license) {
        return authority.license(license).terms().entitlements().stream().filter(Entitlement.Support.class::isInstance).flatMap(is -> is.ends().stream()).findAny();
    }

    private static void assertRejected(HttpProblem code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
    }
}
