package dev.charter.authority.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.SignedDocument;
import dev.charter.server.testing.Answer;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A running authority that sells MQTT Server (1200.00 EUR), Sparkplug (300.00 EUR), support (200.00 EUR a year) and the bridge (metered).
final class OnlineShop implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final RunningAuthority authority;

    OnlineShop(Engine engine, Map<String, String> settings) {
        authority = RunningAuthority.start(engine, settings, InstantSource.system());
        var admin = authority.admin();
        assertThat(admin.post("/admin/v1/products", """
                {"id":"mqtt-server","name":"MQTT Server","features":[{"name":"mqtt","title":"MQTT"},{"name":"sparkplug","title":"Sparkplug Aware"}],
                 "meters":[{"name":"messages","title":"IoT Bridge for Snowflake","unit":"messages"}]}""").status()).isEqualTo(201);
        put("mqtt-server", "\"kind\":\"once\",\"features\":[\"mqtt\"]", 120_000);
        put("sparkplug", "\"kind\":\"once\",\"features\":[\"sparkplug\"]", 30_000);
        put("support", "\"kind\":\"support\"", 20_000);
        put("bridge", "\"kind\":\"metered\",\"meters\":[\"messages\"],\"units\":1000", 5);
    }

    void put(String item, String members, long amount) {
        var answer = authority.admin().put("/admin/v1/items/" + item, "{\"product\":\"mqtt-server\",\"title\":\"%s\",%s,\"prices\":[{\"currency\":\"EUR\",\"amount\":%d,\"reference\":\"price_%s\"}]}"
                .formatted(item, members, amount, item));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    static String wish(SignedDocument document, String items, long total) {
        return RunningAuthority.JSON.writeValueAsString(Map.of("request", Armor.write(document), "items", RunningAuthority.JSON.readTree(items), "currency", "EUR", "total", total, "name", "Anna Öz",
                "email", "anna@plant.example", "returnTo", "https://plant.example/license"));
    }

    /// Orders one of each for a host; the answer.
    Answer orders(TestHost host, String license, long total, String... items) {
        var wanted = RunningAuthority.JSON.createArrayNode();
        for (var item : items) {
            wanted.addObject().put("item", item).put("count", 1);
        }
        return authority.anonymous().post("/v1/orders", wish(host.orders(license), wanted.toString(), total));
    }

    JsonNode order(String id) {
        return authority.admin().get("/admin/v1/orders/" + id).json();
    }

    /// Waits until an order is as is expected.
    JsonNode awaits(String id, Predicate<JsonNode> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var order = order(id);
        while (!expected.test(order)) {
            assertThat(System.nanoTime()).as(order.toPrettyString()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            order = order(id);
        }
        return order;
    }

    JsonNode awaitsState(String id, String state) {
        return awaits(id, order -> order.get("state").asString().equals(state));
    }

    /// Waits until so many events are in a state.
    void awaitsEvents(String state, int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (authority.admin().get("/admin/v1/payment-events?state=" + state).json().get("events").size() < count) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    JsonNode license(String id) {
        return authority.admin().get("/admin/v1/licenses/" + id).json();
    }

    @Override
    public void close() {
        authority.close();
    }
}
