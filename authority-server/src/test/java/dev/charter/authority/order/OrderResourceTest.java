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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

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
        assertThat(look.get("test").asBoolean()).as("its License page says that no money moves").isTrue();
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
        post(page(first) + "/pay");
        var license = shop.awaitsState(first, "fulfilled").get("license").asString();
        assertThat(shop.authority.admin().get("/admin/v1/orders?license=" + license).json().get("orders").valueStream().map(order -> order.get("id").asString())).containsExactly(first);
        assertThat(shop.authority.admin().get("/admin/v1/orders?license=lic-none").json().get("orders")).isEmpty();
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

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "//evil.example/", "/license", "ftp://plant.example/", "https://plant.example@evil.example/", "https://", "mailto:a@plant.example", "file:///etc/passwd", " "})
    void a_way_back_that_is_no_web_page_is_refused(String address) {
        var wish = (ObjectNode) RunningAuthority.JSON.readTree(OnlineShop.wish(plant.orders("new"), "[{\"item\":\"mqtt-server\",\"count\":1}]", 120_000));

        assertThat(shop.authority.anonymous().post("/v1/orders", wish.put("returnTo", address).toString()).status()).isEqualTo(400);
    }

    @Test
    void no_address_leads_a_browser_to_where_an_order_says_it_came_from_and_the_page_shows_whose_that_is() {
        var id = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        assertThat(shop.authority.anonymous().get("/v1/checkouts/" + id).header("Location")).hasValueSatisfying(leads -> assertThat(leads).startsWith("/test-checkout/"));
        assertThat(shop.authority.anonymous().get(page(id)).text()).contains("rel=\"noreferrer\" href=\"https://plant.example/license\"", "at plant.example");

        post(page(id) + "/cancel");

        shop.awaitsState(id, "closed");
        assertThat(shop.authority.anonymous().get("/v1/checkouts/" + id).status()).isEqualTo(404);
        assertThat(shop.authority.anonymous().get(page(id)).text()).contains("no money moves", "Cancelled");
    }

    @Test
    void monthly_charges_end_and_go_on_at_the_test_checkout_as_anywhere() {
        var id = shop.orders(plant, "new", 120_000, "mqtt-server", "bridge").json().get("id").asString();
        post(page(id) + "/pay");
        shop.awaitsState(id, "fulfilled");

        post(page(id) + "/end-subscription");
        var ends = shop.awaits(id, order -> order.has("ends")).get("ends").asString();
        assertThat(shop.authority.anonymous().get(page(id)).text()).contains("no money moves", "end on", "Go on charging");
        shop.awaits(id, order -> order.get("history").valueStream().anyMatch(step -> step.get("step").asString().equals("ends") && step.get("detail").asString().equals(ends)));
        post(page(id) + "/go-on");
        shop.awaits(id, order -> !order.has("ends"));

        var once = shop.orders(TestHost.named("other"), "new", 120_000, "mqtt-server").json().get("id").asString();
        post(page(once) + "/pay");
        post(page(once) + "/end-subscription");
        assertThat(shop.authority.anonymous().get(page(once)).text()).as("where nothing is charged by the month").doesNotContain("Monthly charges", "end on");
    }

    @Test
    void the_desk_places_orders_and_gives_money_back() {
        var wanted = """
                {"reference":"PO-4711","product":"mqtt-server","name":"ACME Water","email":"it@acme-water.example","type":"floating","currency":"EUR","total":2400000,
                 "terms":{"seats":20,"entitlements":[{"feature":"mqtt"}]},"items":[{"item":"support","count":2}]}""";
        var placed = shop.authority.admin().post("/admin/v1/orders", wanted);
        assertThat(placed.status()).as(placed.text()).isEqualTo(200);
        assertThat(placed.json().get("state").asString()).isEqualTo("fulfilled");
        assertThat(placed.json().get("provider").asString()).isEqualTo("desk");
        assertThat(placed.json().has("host")).isFalse();
        assertThat(shop.authority.admin().post("/admin/v1/orders", wanted).json()).isEqualTo(placed.json());
        assertThat(shop.authority.admin().post("/admin/v1/orders", wanted.replace("20", "30")).status()).isEqualTo(409);
        assertThat(shop.license(placed.json().get("license").asString()).get("seats").asInt()).isEqualTo(20);
        assertThat(shop.authority.admin().post("/admin/v1/orders/" + placed.json().get("id").asString() + "/refunds", "{}").status()).isEqualTo(409);

        var bought = shop.orders(plant, "new", 120_000, "mqtt-server").json().get("id").asString();
        post(page(bought) + "/pay");
        shop.awaitsState(bought, "fulfilled");
        assertThat(shop.authority.admin().post("/admin/v1/orders/" + bought + "/refunds", "{\"amount\":100}").status()).isEqualTo(200);
        shop.awaits(bought, order -> order.get("refunded").asLong() == 100);
        assertThat(shop.authority.admin().post("/admin/v1/orders/" + bought + "/refunds", "{\"amount\":0}").status()).isEqualTo(400);
        assertThat(shop.authority.admin().post("/admin/v1/orders/" + bought + "/refunds", "{\"amount\":120000}").status()).isEqualTo(409);
        assertThat(shop.authority.admin().post("/admin/v1/orders/" + bought + "/refunds", "{}").status()).isEqualTo(200);
        shop.awaits(bought, order -> order.get("withheld").asString().equals("license"));
    }

    @Test
    void what_providers_told_of_is_listed_in_pages() {
        for (var host : new String[] {"a", "b"}) {
            var id = shop.orders(TestHost.named(host), "new", 120_000, "mqtt-server").json().get("id").asString();
            post(page(id) + "/pay");
            shop.awaitsState(id, "fulfilled");
        }
        shop.awaitsEvents("done", 2);

        var first = shop.authority.admin().get("/admin/v1/payment-events?state=done&limit=1").json();
        var second = shop.authority.admin().get("/admin/v1/payment-events?state=done&limit=1&after=" + first.get("next").asString()).json();
        assertThat(first.get("events").get(0).get("kind").asString()).isEqualTo("checkout.paid");
        assertThat(second.get("events").get(0).get("id")).isNotEqualTo(first.get("events").get(0).get("id"));
        assertThat(second.has("next")).isFalse();
        assertThat(shop.authority.admin().get("/admin/v1/payment-events").json().get("events")).isEmpty();
        assertThat(shop.authority.admin().get("/admin/v1/payment-events?state=odd").status()).isEqualTo(400);
        assertThat(shop.authority.admin().get("/admin/v1/payment-events?after=odd").status()).isEqualTo(400);
        assertThat(shop.authority.admin().post("/admin/v1/payment-events/none/again", "{}").status()).isEqualTo(404);
        var again = shop.authority.admin().post("/admin/v1/payment-events/" + first.get("events").get(0).get("id").asString() + "/again", "{}").json();
        assertThat(again.get("state").asString()).as("what was looked at stays so").isEqualTo("done");
        assertThat(shop.authority.anonymous().get("/health").json().get("payments").get("status").asString()).isEqualTo("up");
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
