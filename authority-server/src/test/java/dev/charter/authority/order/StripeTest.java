package dev.charter.authority.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.checkout.FakeStripe;
import dev.charter.authority.testing.TestHost;
import dev.charter.store.Engine;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Buying by Stripe: the real client speaks with a fake of Stripe's API, and its signed events come in all the ways in which events come.
@ParameterizedClass
@EnumSource
class StripeTest {
    final FakeStripe stripe = new FakeStripe();
    final OnlineShop shop;
    final TestHost plant = TestHost.named("plant-a");
    final URI webhook;

    StripeTest(Engine engine) {
        shop = new OnlineShop(engine, Map.of("CHECKOUT", "stripe", "STRIPE_KEY", FakeStripe.KEY, "STRIPE_WEBHOOK_SECRET", "whsec_older, " + FakeStripe.SECRET, "STRIPE_API", stripe.url().toString()));
        webhook = URI.create(shop.authority.url() + "/v1/payment-events/stripe");
    }

    @AfterEach
    void close() {
        shop.close();
        stripe.close();
    }

    @Test
    void what_is_paid_at_stripe_is_what_the_vendor_asks_for_and_ends_in_a_license() {
        var ordered = shop.orders(plant, "new", 140_000, "mqtt-server", "support");
        assertThat(ordered.status()).as(ordered.text()).isEqualTo(200);
        var id = ordered.json().get("id").asString();

        var asked = stripe.created().getFirst();
        assertThat(asked).containsEntry("mode", "payment").containsEntry("client_reference_id", id).containsEntry("metadata[order]", id).containsEntry("payment_intent_data[metadata][order]", id)
                .containsEntry("line_items[0][price_data][unit_amount]", "120000").containsEntry("line_items[0][price_data][currency]", "eur").containsEntry("line_items[1][price_data][unit_amount]", "20000")
                .containsEntry("customer_email", "anna@plant.example").containsEntry("success_url", "https://plant.example/license");
        assertThat(shop.authority.anonymous().get("/v1/checkouts/" + id).header("Location")).hasValueSatisfying(page -> assertThat(page).startsWith("https://checkout.stripe.com/"));

        stripe.pays(session(id));
        assertThat(deliverAll()).containsOnly(204);

        var order = shop.awaitsState(id, "fulfilled");
        assertThat(shop.license(order.get("license").asString()).get("entitlements").size()).isEqualTo(2);
        assertThat(order.get("payment").asString()).startsWith("pi_");
    }

    @Test
    void an_event_that_stripe_did_not_sign_is_refused() {
        var id = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        stripe.pays(session(id));
        var body = stripe.body(stripe.events().getFirst());
        long now = Instant.now().getEpochSecond();

        assertThat(FakeStripe.delivers(body, "", webhook)).isEqualTo(400);
        assertThat(FakeStripe.delivers(body, "t=" + now + ",v1=" + "0".repeat(64), webhook)).isEqualTo(400);
        assertThat(FakeStripe.delivers(body + " ", FakeStripe.signature(body), webhook)).as("altered by one byte").isEqualTo(400);
        assertThat(FakeStripe.delivers(body, FakeStripe.signature(body, now - 301), webhook)).as("replayed after five minutes").isEqualTo(400);
        assertThat(shop.order(id).get("state").asString()).isEqualTo("open");

        assertThat(FakeStripe.delivers(body, FakeStripe.signature(body), webhook)).isEqualTo(204);
        shop.awaitsState(id, "fulfilled");
    }

    @Test
    void a_genuine_event_that_lies_about_its_order_changes_nothing_that_stripe_does_not_have() {
        var id = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        var lie = "{\"id\":\"evt_lie\",\"object\":\"event\",\"type\":\"checkout.session.completed\",\"data\":{\"object\":{\"object\":\"checkout.session\",\"client_reference_id\":\"" + id
                + "\",\"status\":\"complete\",\"payment_status\":\"paid\",\"amount_total\":120000,\"currency\":\"eur\"}}}";

        assertThat(FakeStripe.delivers(lie, FakeStripe.signature(lie), webhook)).isEqualTo(204);
        shop.authority.part(RegularOrders.class).round();

        assertThat(shop.order(id).get("state").asString()).isEqualTo("open");
    }

    @Test
    void events_that_come_twice_and_in_any_order_end_in_the_same_state() {
        var random = new Random(6);
        for (int run = 0; run < 6; run++) {
            int before = stripe.events().size();
            var id = shop.orders(TestHost.named("host-" + run), "new", 120_000, "mqtt-server").json().get("id").asString();
            stripe.pays(session(id));
            stripe.disputes(session(id), "needs_response");
            stripe.refunds(session(id), 10_000);
            stripe.disputes(session(id), "lost");
            var events = new ArrayList<>(stripe.events().subList(before, stripe.events().size()));
            events.addAll(List.copyOf(events));
            Collections.shuffle(events, random);

            events.forEach(event -> assertThat(stripe.delivers(event, webhook)).isEqualTo(204));

            var order = shop.awaits(id, is -> is.get("withheld").asString().equals("license"));
            assertThat(order.get("dispute").asString()).isEqualTo("lost");
            assertThat(shop.license(order.get("license").asString()).get("state").asString()).isEqualTo("suspended");
        }
    }

    @Test
    void a_won_dispute_gives_the_license_back() {
        var id = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        stripe.pays(session(id));
        stripe.disputes(session(id), "lost");
        deliverAll();
        var license = shop.awaits(id, is -> is.get("withheld").asString().equals("license")).get("license").asString();

        stripe.disputes(session(id), "won");
        deliverAll();

        shop.awaits(id, is -> is.get("withheld").asString().equals("nothing"));
        assertThat(shop.license(license).get("state").asString()).isEqualTo("active");
    }

    @Test
    void an_event_that_never_came_is_fetched() {
        var paid = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        var expired = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        stripe.pays(session(paid));
        stripe.expires(session(expired));

        shop.authority.part(RegularOrders.class).reconcile();

        shop.awaitsState(paid, "fulfilled");
        shop.awaitsState(expired, "closed");
    }

    @Test
    void many_events_that_never_came_are_made_up_for_without_a_question_for_each() {
        var ids = IntStream.range(0, 25).mapToObj(i -> shop.orders(TestHost.named("host-" + i), "new", 120_000, "mqtt-server").json().get("id").asString()).toList();
        ids.forEach(id -> stripe.pays(session(id)));
        stripe.refunds(session(ids.getFirst()), 120_000);

        shop.authority.part(RegularOrders.class).reconcile();

        ids.forEach(id -> shop.awaitsState(id, "fulfilled"));
        shop.awaits(ids.getFirst(), is -> is.get("withheld").asString().equals("license"));
        assertThat(stripe.looks()).isZero();
    }

    @Test
    void a_metered_item_makes_a_subscription_of_the_price_that_stripe_has_and_its_money_is_that_of_the_first_bill() {
        var id = shop.orders(plant, "new", 120_000, "mqtt-server", "bridge").json().get("id").asString();
        assertThat(stripe.created().getFirst()).containsEntry("mode", "subscription").containsEntry("line_items[1][price]", "price_bridge").containsEntry("subscription_data[metadata][order]", id)
                .doesNotContainKey("line_items[1][quantity]");
        stripe.pays(session(id));
        deliverAll();
        var license = shop.awaitsState(id, "fulfilled").get("license").asString();
        assertThat(shop.license(license).get("entitlements").valueStream().anyMatch(granted -> granted.has("meter"))).isTrue();

        var end = stripe.cancelsAtPeriodEnd(session(id), true);
        deliverAll();
        shop.awaits(id, is -> is.path("ends").asString("").equals(end.toString()) && is.get("history").valueStream().anyMatch(step -> step.get("step").asString().equals("ends")));
        assertThat(shop.license(license).get("entitlements").valueStream().filter(granted -> granted.has("meter")).map(granted -> granted.path("until").asString(""))).containsExactly(end.toString());
        stripe.cancelsAtPeriodEnd(session(id), false);
        deliverAll();
        shop.awaits(id, is -> !is.has("ends"));
        stripe.endsSubscription(session(id));
        deliverAll();
        shop.awaits(id, is -> is.has("ends"));

        stripe.refunds(session(id), 120_000);
        deliverAll();
        shop.awaits(id, is -> is.get("withheld").asString().equals("license"));
    }

    @Test
    void while_stripe_is_away_nothing_is_lost() {
        var document = plant.orders("new");
        var wish = OnlineShop.wish(document, "[{\"item\":\"mqtt-server\",\"count\":1}]", 120_000);
        stripe.isAway(true);
        assertThat(shop.authority.anonymous().post("/v1/orders", wish).status()).isEqualTo(503);
        stripe.isAway(false);

        var id = shop.authority.anonymous().post("/v1/orders", wish).json().get("id").asString();

        assertThat(shop.authority.anonymous().post("/v1/orders", wish).json().get("id").asString()).isEqualTo(id);
        assertThat(stripe.created()).hasSize(1);

        stripe.pays(session(id));
        stripe.isAway(true);
        assertThat(deliverAll()).as("an event is kept whether or not it can be looked at").containsOnly(204);
        stripe.isAway(false);
        shop.awaitsState(id, "fulfilled");
    }

    @Test
    void the_desk_gives_money_back_at_stripe() {
        var id = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        stripe.pays(session(id));
        deliverAll();
        var license = shop.awaitsState(id, "fulfilled").get("license").asString();

        var part = shop.authority.admin().post("/admin/v1/orders/" + id + "/refunds", "{\"amount\":20000,\"reason\":\"Goodwill\",\"key\":\"g-1\"}");
        assertThat(part.status()).as(part.text()).isEqualTo(200);
        assertThat(part.json().get("refunded").asLong()).isEqualTo(20_000);
        assertThat(part.json().get("attention").asString()).contains("200.00 EUR of 1200.00 EUR");
        assertThat(shop.authority.admin().post("/admin/v1/orders/" + id + "/refunds", "{\"key\":\"g-1\"}").json().get("refunded").asLong()).isEqualTo(20_000);

        assertThat(shop.authority.admin().post("/admin/v1/orders/" + id + "/refunds", "{}").json().get("withheld").asString()).isEqualTo("license");
        assertThat(shop.license(license).get("state").asString()).isEqualTo("suspended");
        assertThat(shop.authority.admin().post("/admin/v1/orders/" + id + "/refunds", "{}").status()).isEqualTo(409);
    }

    private String session(String order) {
        return shop.order(order).get("checkout").asString();
    }

    private List<Integer> deliverAll() {
        return stripe.events().stream().map(event -> stripe.delivers(event, webhook)).toList();
    }
}
