package dev.charter.mqtt.licensing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.LicenseType;
import dev.charter.mqtt.BrokerInMemory;
import dev.charter.mqtt.RunningServer;
import dev.charter.testkit.License;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A server that reaches nobody is licensed at its console, by letter.
class LettersTest {
    private static final String PORTAL = "https://license.example/portal/";

    private static String json(String name, String text) {
        return RunningServer.JSON.writeValueAsString(Map.of(name, text));
    }

    @Test
    void an_administrator_carries_a_request_out_and_a_license_in() {
        var key = RunningServer.VENDOR.sells(License.license().ofProduct("mqtt-server").withFeature("mqtt").ofType(LicenseType.OFFLINE));
        try (var server = RunningServer.start(RunningServer.folder(), Map.of("LICENSE_PORTAL", PORTAL, "LICENSE_SUPPORT_EMAIL", "licenses@vendor.example", "HOST_NAME", "plant-a"), BrokerInMemory.class)) {
            var administrator = server.as("administrator");

            var page = administrator.post("/api/license/usage-requests", json("key", key.revealSecret())).json();

            assertThat(page.get("headline").asString()).isEqualTo("Waiting for the usage license");
            assertThat(page.at("/usageRequest/fileName").asString()).isEqualTo("usage-request-plant-a.txt");
            assertThat(page.at("/usageRequest/codes/0").asString()).startsWith(PORTAL + "#CHARTER/1/1/");
            assertThat(page.at("/usageRequest/mailto").asString()).startsWith("mailto:licenses@vendor.example?");
            assertThat(page.at("/vendor/portalUrl").asString()).isEqualTo(PORTAL);

            var answer = RunningServer.VENDOR.answerLetter(page.at("/usageRequest/text").asString());
            var mail = answer + "\n" + "> what was written before\n".repeat(30_000);
            assertThat(administrator.post("/api/license/letter-checks", json("text", mail)).json().get("installable").asBoolean()).isTrue();
            assertThat(administrator.post("/api/license/usage-licenses", json("text", mail)).json().get("outcome").asString()).isEqualTo("activated");
            assertThat(server.anonymous().get("/health").json().get("licensed").asBoolean()).isTrue();
            assertThat(administrator.get("/api/audit").text()).contains("POST /api/license/usage-requests", "POST /api/license/usage-licenses").doesNotContain(key.revealSecret().substring(0, 11));
        }
    }

    @Test
    void letters_may_be_as_large_as_a_mail_and_everything_else_is_small() {
        try (var server = RunningServer.start(RunningServer.folder(), Map.of(), BrokerInMemory.class)) {
            var administrator = server.as("administrator");
            assertThat(administrator.post("/api/license/letter-checks", json("text", "x".repeat(1024 * 1024))).status()).isEqualTo(200);
            assertThat(administrator.post("/api/license/letter-checks", json("text", "x".repeat(1_500_000))).status()).isEqualTo(413);
            assertThat(administrator.post("/api/license/usage-licenses", json("text", "x".repeat(3_000_000))).status()).isEqualTo(413);
            assertThat(administrator.post("/api/license/usage-requests", json("key", "x".repeat(70_000))).status()).isEqualTo(413);
        }
    }
}
