package dev.charter.authority.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.store.Engine;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Buying at the test checkout, over HTTP.
@ParameterizedClass
@EnumSource
class OrderResourceTest {
    final OnlineShop shop;
    final TestHost plant = TestHost.named("plant-a");

    OrderResourceTest(Engine engine) {
        shop = new OnlineShop(engine, Map.of("CHECKOUT", "test"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_product_shows_what_can_be_bought_sends_its_buyer_to_the_checkout_and_activates_what_was_paid() {
        var offer = shop.authority.anonymous().get("/v1/catalog?product=mqtt-server").json();
        assertThat(offer.get("checkout").asString()).isEqualTo("test");
        assertThat(offer.get("items").valueStream().map(item -> item.get("id").asString())).containsExactlyInAnyOrder("mqtt-server", "sparkplug", "support", "bridge");
        assertThat(offer.toString()).doesNotContain("price_");

        var document = plant.orders("new");
        var ordered = shop.authority.anonymous().post("/v1/orders", OnlineShop.wish(document, "[{\"item\":\"mqtt-server\",\"count\":1},{\"item\":\"support\",\"count\":3}]", 180_000));
        assertThat(ordered.status()).as(ordered.text()).isEqualTo(200);
        assertThat(ordered.json().get("state").asString()).isEqualTo("open");
        var id = ordered.json().get("id").asString();

        var leads = shop.authority.anonymous().get(ordered.json().get("checkout").asString());
        assertThat(leads.status()).isEqualTo(303);
        var page = leads.header("Location").orElseThrow();
        assertThat(shop.authority.anonymous().get(page).text()).contains("no money moves", "1800.00 EUR", "Pay", "anna@plant.example");

        assertThat(post(page + "/pay")).isEqualTo(303);
        assertThat(shop.authority.anonymous().get(page).text()).contains("no money moves", "Paid", "https://plant.example/license");
        shop.awaitsState(id, "fulfilled");

        var look = shop.authority.anonymous().post("/v1/order-looks", "{\"request\":" + quoted(Armor.write(document)) + "}").json();
        assertThat(look.get("state").asString()).isEqualTo("fulfilled");
        var activated = shop.authority.anonymous().send("POST", "/v1/usage-requests", plant.asksToActivateById(look.get("license").asString()).toBytes(), Map.of("Content-Type", "application/jose+json"));
        assertThat(activated.status()).as(activated.text()).isEqualTo(200);
        assertThat(look.toString()).as("the key goes by mail alone").doesNotContain(shop.authority.admin().get("/admin/v1/licenses/" + look.get("license").asString() + "/key").json().get("key").asString());
        assertThat(shop.authority.anonymous().get("/v1/checkouts/" + id).status()).as("there is nothing to pay any more").isEqualTo(404);
    }

    @Test
    void a_cancelled_checkout_closes_its_order_and_a_refund_suspends() {
        var cancelled = shop.orders(plant, "new", 120_000, "mqtt-server").json();
        post(page(cancelled.get("id").asString()) + "/cancel");
        shop.awaitsState(cancelled.get("id").asString(), "closed");

        var bought = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        post(page(bought) + "/pay");
        var license = shop.awaitsState(bought, "fulfilled").get("license").asString();
        post(page(bought) + "/refund");
        shop.awaits(bought, order -> order.get("withheld").asString().equals("license"));
        assertThat(shop.license(license).get("state").asString()).isEqualTo("suspended");
        assertThat(shop.order(bought).get("history").valueStream().map(step -> step.get("step").asString())).containsExactly("begun", "opened", "paid", "fulfilled", "mailed", "withheld");
    }

    @Test
    void orders_are_listed_the_newest_first_in_pages() {
        var first = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        var second = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();

        var page = shop.authority.admin().get("/admin/v1/orders?limit=1").json();
        assertThat(page.get("orders").get(0).get("id").asString()).isEqualTo(second);
        var next = shop.authority.admin().get("/admin/v1/orders?limit=1&state=open&after=" + page.get("next").asString()).json();
        assertThat(next.get("orders").get(0).get("id").asString()).isEqualTo(first);
        assertThat(next.has("next")).isFalse();
        assertThat(shop.authority.admin().get("/admin/v1/orders?state=all").status()).isEqualTo(400);
    }

    @Test
    void what_cannot_be_an_item_is_refused() {
        for (var members : new String[] {"\"kind\":\"once\"", "\"kind\":\"once\",\"features\":[\"unknown\"]", "\"kind\":\"metered\"", "\"kind\":\"support\",\"features\":[\"mqtt\"]", "\"kind\":\"rent\"",
            "\"kind\":\"support\",\"units\":5"}) {
            assertThat(shop.authority.admin().put("/admin/v1/items/odd", "{\"product\":\"mqtt-server\",\"title\":\"odd\",%s,\"prices\":[{\"currency\":\"EUR\",\"amount\":1}]}".formatted(members)).status())
                    .as(members).isEqualTo(400);
        }
        for (var prices : new String[] {"[]", "[{\"currency\":\"eur\",\"amount\":1}]", "[{\"currency\":\"EUR\",\"amount\":-1}]", "[{\"currency\":\"EUR\",\"amount\":1},{\"currency\":\"EUR\",\"amount\":2}]"}) {
            assertThat(shop.authority.admin().put("/admin/v1/items/odd", "{\"product\":\"mqtt-server\",\"title\":\"odd\",\"kind\":\"support\",\"prices\":%s}".formatted(prices)).status()).as(prices).isEqualTo(400);
        }
        assertThat(shop.authority.admin().put("/admin/v1/items/support", "{\"product\":\"mqtt-server\",\"title\":\"s\",\"kind\":\"once\",\"features\":[\"mqtt\"],\"prices\":[{\"currency\":\"EUR\",\"amount\":1}]}").status())
                .isEqualTo(409);
    }

    @Test
    void what_a_buyer_or_a_vendor_wrote_is_shown_as_text() {
        shop.put("mqtt-server", "\"description\":\"<script>alert(1)</script>\",\"kind\":\"once\",\"features\":[\"mqtt\"]", 120_000);
        var answer = shop.authority.admin().put("/admin/v1/items/mqtt-server", """
                {"product":"mqtt-server","title":"<img src=x onerror=alert(1)>","kind":"once","features":["mqtt"],"prices":[{"currency":"EUR","amount":120000}]}""");
        assertThat(answer.status()).isEqualTo(200);

        var page = shop.authority.anonymous().get(page(shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString()));

        assertThat(page.text()).doesNotContain("<img", "<script").contains("&lt;img");
        assertThat(page.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    }

    private String page(String order) {
        return "/test-checkout/" + shop.order(order).get("checkout").asString();
    }

    private int post(String path) {
        return shop.authority.anonymous().send("POST", path, "".getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/x-www-form-urlencoded")).status();
    }

    private static String quoted(String text) {
        return RunningAuthority.JSON.writeValueAsString(text);
    }
}
