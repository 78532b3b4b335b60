package dev.charter.mqtt.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.LicenseKey;
import dev.charter.mqtt.BrokerInMemory;
import dev.charter.mqtt.RunningServer;
import dev.charter.testkit.FakeAuthorityHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/// Every secret that a server is given, and the bundle that a supporter gets.
class SupportBundleTest {
    private static final String PASSWORD_OF_MQTT_USER = "canary of an mqtt user";
    private static final String PASSWORD_OF_ADMINISTRATOR = "canary of the administrator";

    private static String canaryKey() {
        return LicenseKey.generate(new Random(7)).revealSecret();
    }

    @Test
    void no_secret_is_in_the_bundle_the_log_the_settings_or_the_audit_log() throws IOException {
        var folder = RunningServer.folder();
        var password = Files.writeString(folder.resolve("password"), PASSWORD_OF_ADMINISTRATOR);
        var key = canaryKey();
        try (var authority = FakeAuthorityHttp.serve(RunningServer.VENDOR);
                var server = RunningServer.start(folder, Map.of("LICENSE_AUTHORITY", authority.url().toString(), "LICENSE_KEY", key, "ADMIN_NAME", "anna", "ADMIN_PASSWORD_FILE", password.toString(),
                        "TRIAL", "true", "TLS_CERTIFICATE", resource("ec.pem"), "TLS_KEY", resource("ec.key")), BrokerInMemory.class)) {
            var anna = server.anonymous();
            assertThat(anna.post("/api/session", json(Map.of("name", "anna", "password", PASSWORD_OF_ADMINISTRATOR))).status()).isEqualTo(200);
            anna.post("/api/mqtt-users", json(Map.of("name", "pump", "enabled", true, "password", PASSWORD_OF_MQTT_USER, "rules", List.of())));
            anna.post("/api/session", json(Map.of("name", "anna", "password", PASSWORD_OF_ADMINISTRATOR + " mistyped")));
            anna.post("/api/license/activations", json(Map.of("key", key)));
            anna.post("/api/license/key-checks", json(Map.of("text", key)));

            var shown = new StringBuilder();
            var names = new ArrayList<String>();
            try (var zip = new ZipInputStream(new ByteArrayInputStream(anna.get("/api/system/support-bundle").body()))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    names.add(entry.getName());
                    shown.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            assertThat(names).contains("doctor.json", "settings.json", "license.json", "log.txt", "audit.json", "metrics.txt", "threads.txt");
            shown.append(anna.get("/api/system").text()).append(anna.get("/api/logs?limit=500").text()).append(anna.get("/api/logs/download").text()).append(anna.get("/api/audit?limit=200").text())
                    .append(anna.get("/api/system/doctor").text()).append(server.said());

            var tlsKey = Files.readString(Path.of(resource("ec.key")));
            assertThat(shown).doesNotContain(key, key.replace("-", ""), PASSWORD_OF_ADMINISTRATOR, PASSWORD_OF_MQTT_USER, "$argon2id$", tlsKey.substring(40, 90), "PRIVATE KEY",
                    anna.cookie().orElseThrow(), Files.readString(server.data().resolve("local-token")).strip());
            assertThat(shown).contains("\"CHARTER_MQTT_LICENSE_KEY\"", "***");
        }
    }

    @Test
    void the_doctor_says_of_each_thing_what_is_and_what_to_do() throws IOException {
        try (var authority = FakeAuthorityHttp.serve(RunningServer.VENDOR);
                var server = RunningServer.start(RunningServer.folder(), Map.of("LICENSE_AUTHORITY", authority.url().toString(), "PROXY", "127.0.0.1:1"), BrokerInMemory.class)) {
            var checks = server.as("viewer").get("/api/system/doctor").json().get("checks");

            assertThat(checks.valueStream().map(check -> check.get("name").asString())).containsExactly("clock", "proxy", "authority", "license", "chain", "fingerprint", "listeners", "certificates",
                    "disk", "recent-events");
            assertThat(checks.valueStream()).allMatch(check -> List.of("good", "warning", "bad").contains(check.get("verdict").asString()) && check.get("finding").asString().endsWith("."))
                    .allMatch(check -> check.get("verdict").asString().equals("good") == check.get("advice").asString().isEmpty());
            assertThat(checks.valueStream().filter(check -> check.get("name").asString().equals("proxy"))).first().satisfies(check -> {
                assertThat(check.get("verdict").asString()).isEqualTo("bad");
                assertThat(check.get("advice").asString()).contains("CHARTER_MQTT_PROXY");
            });
        }
    }

    private static String json(Object value) {
        return RunningServer.JSON.writeValueAsString(value);
    }

    private static String resource(String name) throws IOException {
        var file = Path.of("src/test/resources/tls").resolve(name).toAbsolutePath();
        return Files.isReadable(file) ? file.toString() : "";
    }
}
