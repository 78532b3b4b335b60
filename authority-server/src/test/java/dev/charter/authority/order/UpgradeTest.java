package dev.charter.authority.order;

import static dev.charter.authority.order.TestShop.one;
import static dev.charter.authority.order.TestShop.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.format.Entitlement;
import dev.charter.server.web.HttpProblem;
import dev.charter.store.Engine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What is bought for a license that is there: features, and years of support.
@ParameterizedClass
@EnumSource
class UpgradeTest extends OrderStories {
    UpgradeTest(Engine engine) {
        super(engine);
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
}
