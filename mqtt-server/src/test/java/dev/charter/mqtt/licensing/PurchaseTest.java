package dev.charter.mqtt.licensing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.BrokerInMemory;
import dev.charter.mqtt.RunningServer;
import dev.charter.server.testing.Browser;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.Item;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// An administrator buys at the console, and the server has what was bought without a restart.
class PurchaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void what_an_administrator_buys_lets_clients_in_and_adds_features_while_the_server_runs() {
        var shop = RunningServer.VENDOR.shop();
        shop.offers(Item.once("mqtt-server", "MQTT Server", "mqtt").ofProduct("mqtt-server").at("EUR", 120_000));
        shop.offers(Item.once("sparkplug", "Sparkplug Aware", "sparkplug").ofProduct("mqtt-server").at("EUR", 30_000));
        shop.offers(Item.metered("bridge", "IoT Bridge for Snowflake", "snowflake-messages").ofProduct("mqtt-server").at("EUR", 5));
        try (var authority = FakeAuthorityHttp.serve(RunningServer.VENDOR);
                var server = RunningServer.start(RunningServer.folder(), Map.of("LICENSE_AUTHORITY", authority.url().toString(), "HOST_NAME", "plant-a"), BrokerInMemory.class)) {
            var administrator = server.as("administrator");
            var gate = server.part(LicenseGate.class);
            assertThat(gate.refusal()).isPresent();

            buy(server, 120_000, "mqtt-server");
            shop.isPaid();
            awaits(administrator, order -> order.get("done").asBoolean());
            assertThat(gate.refusal()).isEmpty();
            assertThat(gate.allows("sparkplug")).isFalse();

            buy(server, 30_000, "sparkplug", "bridge");
            shop.isPaid();
            awaits(administrator, order -> order.get("done").asBoolean());
            assertThat(gate.allows("sparkplug")).isTrue();
            assertThat(administrator.get("/api/license").json().at("/license/meters/0/title").asString()).isEqualTo("IoT Bridge for Snowflake");
            assertThat(administrator.get("/api/audit").text()).contains("POST /api/license/orders").doesNotContain("order-looks");
        }
    }

    private static void buy(RunningServer server, long total, String... items) {
        var wish = Map.of("items", List.of(items).stream().map(item -> Map.of("item", item, "count", 1)).toList(), "currency", "EUR", "total", total, "name", "Anna", "email", "anna@plant.example",
                "returnTo", server.url() + "/#/license");
        var answer = server.as("administrator").post("/api/license/orders", RunningServer.JSON.writeValueAsString(wish));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static void awaits(Browser administrator, Predicate<JsonNode> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var order = administrator.post("/api/license/order-looks", "").json();
        while (!expected.test(order)) {
            assertThat(System.nanoTime()).as(order.toPrettyString()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            order = administrator.post("/api/license/order-looks", "").json();
        }
    }
}
