package dev.charter.authority.order;

import static dev.charter.authority.order.TestShop.one;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.catalog.ItemKind;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.format.Entitlement;
import dev.charter.store.Engine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a license when what it was charged for by the month is not charged any more.
@ParameterizedClass
@EnumSource
class EndSubscriptionTest extends OrderStories {
    private static final Instant END = Instant.parse("2026-04-01T08:00:00Z");
    private static final Instant LATER = Instant.parse("2026-05-01T08:00:00Z");

    final Order order;
    final String license;

    EndSubscriptionTest(Engine engine) {
        super(engine);
        shop.offer("bridge", ItemKind.METERED, List.of("sparkplug"), List.of("messages"), 5, true);
        var begun = shop.start.handle(TestShop.wish(plant.orders("new"), 120_000, one("mqtt-server"), one("bridge")));
        shop.tells(payments.pays(begun));
        order = shop.order(begun);
        license = order.license().orElseThrow();
        authority.ask(plant.asksToActivateById(license));
    }

    List<Optional<Instant>> ends() {
        var granted = authority.license(license).terms().entitlements();
        return List.of(end(granted, "mqtt"), end(granted, "sparkplug"), granted.stream().filter(Entitlement.Meter.class::isInstance).findAny().orElseThrow().ends());
    }

    private static Optional<Instant> end(List<Entitlement> granted, String feature) {
        return granted.stream().filter(is -> is instanceof Entitlement.Feature named && named.name().equals(feature)).findAny().orElseThrow().ends();
    }

    @Test
    void it_ends_with_the_period_and_its_host_and_its_buyer_are_told() {
        shop.tells(payments.ends(order, Optional.of(END)));

        assertThat(ends()).containsExactly(Optional.empty(), Optional.of(END), Optional.of(END));
        assertThat(shop.mails()).anySatisfy(mail -> assertThat(mail).contains("1 April 2026", license, "Everything else").doesNotContain(authority.licenses().open().key(license).revealSecret(), "1200.00 EUR"));
        assertThat(shop.order(order).attention()).isEmpty();
        assertThat(authority.ask(plant.asksToRefresh(license))).isInstanceOfSatisfying(Licensed.class,
                licensed -> assertThat(end(licensed.content().entitlements(), "sparkplug")).as("the host stops by itself, online or not").contains(END));
        int mails = shop.mails().size();
        shop.tells(payments.ends(order, Optional.of(END)));
        assertThat(shop.mails()).as("told once").hasSize(mails);
    }

    @Test
    void it_goes_on_when_the_cancellation_is_taken_back_and_ends_sooner_when_it_is_ended_at_once() {
        shop.tells(payments.ends(order, Optional.of(LATER)));
        shop.tells(payments.ends(order, Optional.empty()));
        assertThat(ends()).containsExactly(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(shop.mails()).anySatisfy(mail -> assertThat(mail).contains("go on"));

        shop.tells(payments.ends(order, Optional.of(END)));
        assertThat(ends()).containsExactly(Optional.empty(), Optional.of(END), Optional.of(END));
        assertThat(shop.orders.history(order.id()).stream().map(Orders.Step::step)).containsSubsequence("ends", "goes on", "ends");
    }

    @Test
    void it_can_be_bought_again_after_it_ended_and_the_old_subscription_does_not_end_the_new_one() {
        shop.tells(payments.ends(order, Optional.of(END)));
        authority.itIsNow("2026-04-02T08:00:00Z");
        var again = shop.ordersUpgrade(plant, license, 0, one("bridge"));
        shop.tells(payments.pays(again));
        assertThat(ends()).containsExactly(Optional.empty(), Optional.empty(), Optional.empty());

        shop.tells(payments.ends(order, Optional.of(END.plusSeconds(1))));
        assertThat(ends()).containsExactly(Optional.empty(), Optional.empty(), Optional.empty());
        shop.tells(payments.ends(again, Optional.of(LATER)));
        assertThat(ends()).containsExactly(Optional.empty(), Optional.of(LATER), Optional.of(LATER));
    }

    @Test
    void what_was_bought_for_good_as_well_does_not_end() {
        shop.tells(payments.ends(order, Optional.of(END)));
        var forGood = shop.ordersUpgrade(plant, license, 30_000, one("sparkplug"));
        shop.tells(payments.pays(forGood));

        shop.tells(payments.ends(order, Optional.of(END.minusSeconds(60))));

        assertThat(ends()).containsExactly(Optional.empty(), Optional.empty(), Optional.of(END.minusSeconds(60)));
    }

    @Test
    void what_went_back_and_comes_again_still_ends() {
        shop.tells(payments.ends(order, Optional.of(LATER)), payments.refunds(order, 120_000));
        assertThat(authority.license(license).state().text()).isEqualTo("suspended");

        shop.tells(payments.refunds(order, 0));

        assertThat(ends()).containsExactly(Optional.empty(), Optional.of(LATER), Optional.of(LATER));
    }
}
