package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.Item;
import dev.charter.testkit.License;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Buying on the License page, over HTTP on both sides.
class BuyingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;
    AuthorityInMemory authority;
    FakeAuthorityHttp http;
    Map<String, String> settings;

    @BeforeEach void aShop() {
        authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        authority.shop().offers(Item.once("server", "Pump Server", "pressure").ofProduct("pump-server").at("EUR", 120_000));
        authority.shop().offers(Item.once("forecast", "Forecast", "forecast").ofProduct("pump-server").at("EUR", 30_000));
        authority.shop().offers(Item.support("support", "Support").ofProduct("pump-server").at("EUR", 20_000));
        http = FakeAuthorityHttp.serve(authority);
        settings = RunningProduct.settings(folder, authority, http);
        settings.put("charter.license.titles.forecast", "Pressure Forecast");
    }

    @AfterEach void stop() {
        http.close();
    }

    static String wish(RunningProduct product, String item, long count, String currency, long total) {
        return "{\"items\":[{\"item\":\"" + item + "\",\"count\":" + count + "}],\"currency\":\"" + currency + "\",\"total\":" + total + ",\"name\":\"Anna\",\"email\":\"anna@plant.example\",\"returnTo\":\""
                + product.url("/license.html") + "\"}";
    }

    static JsonNode order(RunningProduct product, String item, long total) {
        var answer = product.post("/api/license/orders", wish(product, item, 1, "EUR", total));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /// As a page does that waits.
    static JsonNode awaits(RunningProduct product, Predicate<JsonNode> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var order = product.post("/api/license/order-looks").json();
        while (!expected.test(order)) {
            assertThat(System.nanoTime()).as(order.toPrettyString()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            order = product.post("/api/license/order-looks").json();
        }
        return order;
    }

    @Test void somebody_buys_waits_and_works_and_adds_a_feature_later_without_a_restart() {
        try (var product = RunningProduct.start(settings)) {
            var offers = product.get("/api/license/offers").json();
            assertThat(offers.path("checkout").asString()).isEqualTo("test");
            assertThat(offers.path("upgrade").asBoolean()).isFalse();
            assertThat(offers.at("/items/1/features/0/title").asString()).isEqualTo("Pressure Forecast");
            assertThat(offers.at("/items/2/mostAtOnce").asInt()).isEqualTo(10);
            assertThat(product.get("/api/license").json().at("/gettingStarted/1").toString()).isEqualTo("{\"id\":\"purchase\",\"available\":true}");

            var open = order(product, "server", 120_000);
            assertThat(open.path("state").asString()).isEqualTo("open");
            assertThat(open.path("checkout").asString()).startsWith(http.url() + "/v1/checkouts/");
            assertThat(open.path("test").asBoolean()).as("the page says that no money moves").isTrue();
            var page = product.get("/api/license").json();
            assertThat(page.path("headline").asString()).isEqualTo("This server is not licensed");
            assertThat(page.path("meaning").asString()).endsWith("An order waits for its payment");
            assertThat(page.at("/order/id").asString()).isEqualTo(open.path("id").asString());

            authority.shop().looksFirst();
            authority.shop().isPaid();
            awaits(product, order -> order.path("state").asString().equals("look"));
            page = product.get("/api/license").json();
            assertThat(page.path("headline").asString()).isEqualTo("Your order is on its way");
            assertThat(page.path("meaning").asString()).startsWith("Paid on {").contains("the vendor looks at the order first");
            assertThat(page.at("/actions/0").asString()).isEqualTo("show-order");
            assertThat(product.delete("/api/license/order").json().path("code").asString()).isEqualTo("ORDER_UNDER_WAY");

            authority.shop().approves();
            awaits(product, order -> order.path("done").asBoolean());
            page = product.get("/api/license").json();
            assertThat(page.path("headline").asString()).isEqualTo("Licensed to Anna");
            assertThat(page.at("/order/state").asString()).isEqualTo("fulfilled");
            assertThat(product.delete("/api/license/order").json().has("order")).isFalse();

            var more = product.get("/api/license/offers").json();
            assertThat(more.path("upgrade").asBoolean()).isTrue();
            assertThat(more.path("license").asString()).isEqualTo(page.at("/license/id").asString());
            assertThat(more.at("/items/0/licensed").asBoolean()).isTrue();
            assertThat(product.get("/forecast").status()).isEqualTo(403);
            order(product, "forecast", 30_000);
            authority.shop().isPaid();
            awaits(product, order -> order.path("state").asString().equals("look"));
            authority.shop().approves();
            awaits(product, order -> order.path("done").asBoolean());
            assertThat(product.get("/forecast").status()).isEqualTo(200);
        }
    }

    @Test void an_order_outlives_the_product_that_made_it() {
        try (var product = RunningProduct.start(settings)) {
            order(product, "server", 120_000);
        }
        authority.shop().isPaid();
        try (var product = RunningProduct.start(settings)) {
            awaits(product, order -> order.path("done").asBoolean());
            assertThat(product.get("/api/license").json().path("licensed").asBoolean()).isTrue();
        }
    }

    @Test void each_refusal_comes_with_its_code_and_nothing_was_ordered() {
        try (var product = RunningProduct.start(settings)) {
            refused(product, wish(product, "server", 1, "EUR", 1), 412, "PRICE_CHANGED");
            refused(product, wish(product, "server", 1, "JPY", 120_000), 409, "NOT_OFFERED");
            refused(product, wish(product, "withdrawn", 1, "EUR", 120_000), 409, "NOT_OFFERED");
            refused(product, wish(product, "server", 0, "EUR", 0), 400, "ORDER_MALFORMED");
            refused(product, wish(product, "support", 1_000_000, "EUR", 0), 400, "ORDER_MALFORMED");
            refused(product, wish(product, "server", 99_999_999_999L, "EUR", 0), 400, "MALFORMED");
            refused(product, wish(product, "server", 1, "EUR", 120_000).replace(product.url("").toString(), "https://evil.example"), 400, "ORDER_MALFORMED");
            refused(product, wish(product, "server", 1, "EUR", 120_000).replace("http://", "javascript://"), 400, "ORDER_MALFORMED");
            assertThat(product.get("/api/license").json().has("order")).isFalse();
            assertThat(product.post("/api/license/order-looks").json().path("code").asString()).isEqualTo("NO_ORDER");
        }
    }

    private static void refused(RunningProduct product, String wish, int status, String code) {
        var answer = product.post("/api/license/orders", wish);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("code").asString()).isEqualTo(code);
        assertThat(answer.json().path("detail").asString()).isNotBlank();
    }

    @Test void without_a_vendor_nothing_is_sold_and_it_is_told_whom_to_ask() {
        settings.remove("charter.license.authority");
        try (var product = RunningProduct.start(settings)) {
            assertThat(product.get("/api/license").json().at("/gettingStarted/1/available").asBoolean()).isFalse();
            var offers = product.get("/api/license/offers").json();
            assertThat(offers.path("checkout").asString()).isEqualTo("none");
            assertThat(offers.path("message").asString()).contains("vendor's sales");
            assertThat(product.post("/api/license/orders", wish(product, "server", 1, "EUR", 120_000)).json().path("code").asString()).isEqualTo("ORDER_NOT_POSSIBLE");
        }
    }

    @Test void an_order_that_the_vendor_cannot_take_now_is_kept_and_dismissed_by_whoever_wants() {
        http.close();
        try (var product = RunningProduct.start(settings)) {
            var kept = order(product, "server", 120_000);
            assertThat(kept.path("reachable").asBoolean()).isFalse();
            assertThat(kept.has("id")).isFalse();
            assertThat(product.get("/api/license").json().at("/order/state").asString()).isEqualTo("open");
            assertThat(product.delete("/api/license/order").json().has("order")).isFalse();
        }
    }

    @Test void a_foreign_page_orders_and_dismisses_nothing() {
        try (var product = RunningProduct.start(settings)) {
            for (var path : new String[] {"/orders", "/order-looks"}) {
                assertThat(RunningProduct.send(product.request("/api/license" + path, "Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}")).build()).status()).isEqualTo(403);
            }
            assertThat(RunningProduct.send(product.request("/api/license/order").DELETE().build()).status()).isEqualTo(403);
        }
    }

    @Test void support_that_has_ended_is_told_and_a_security_update_is_always_included() {
        var key = authority.sells(License.license().ofProduct("pump-server").from("2020-01-01").withFeature("pressure").withSupportUntil("2022-01-01"));
        settings.put("charter.license.released", "2023-01-01");
        try (var product = RunningProduct.start(settings)) {
            RefusalsTest.activate(product, key);
            var support = product.get("/api/license").json().path("support");
            assertThat(support.path("ended").asBoolean()).isTrue();
            assertThat(support.path("covers").asBoolean()).isFalse();
            assertThat(support.path("message").asString()).startsWith("This version was released on {2023-01-01T00:00:00Z}, after support");
            assertThat(product.get("/pressure").status()).as("nothing is switched off").isEqualTo(200);
        }
        settings.put("charter.license.security-update", "true");
        try (var product = RunningProduct.start(settings)) {
            assertThat(product.get("/api/license").json().at("/support/covers").asBoolean()).isTrue();
        }
    }
}
