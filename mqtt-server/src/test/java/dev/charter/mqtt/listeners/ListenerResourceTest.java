package dev.charter.mqtt.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.Activation;
import dev.charter.client.LicenseClient;
import dev.charter.mqtt.BrokerInMemory;
import dev.charter.mqtt.RunningServer;
import dev.charter.server.testing.Browser;
import dev.charter.testkit.License;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerResourceTest {
    private final Path folder = RunningServer.folder();
    private final RunningServer server = RunningServer.start(folder, Map.of("TRIAL", "true", "WS_PORT", "0"), BrokerInMemory.class);
    private final Browser administrator = server.as("administrator");

    @AfterEach
    void stop() {
        server.close();
    }

    private static String pem(String name) throws IOException {
        try (var in = ListenerResourceTest.class.getResourceAsStream("/tls/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String json(Object value) {
        return RunningServer.JSON.writeValueAsString(value);
    }

    private static Map<String, Object> listener(String name, String kind, int port, String certificate) {
        var listener = new LinkedHashMap<String, Object>(Map.of("name", name, "kind", kind, "address", "127.0.0.1", "port", port, "enabled", true));
        if (!certificate.isEmpty()) {
            listener.put("certificate", certificate);
        }
        return listener;
    }

    @Test
    void a_certificate_is_kept_with_its_key_which_only_the_owner_can_read_and_nobody_gets_back() throws IOException {
        var kept = administrator.post("/api/certificates", json(Map.of("name", "plant", "certificate", pem("ec.pem"), "privateKey", pem("ec.key"))));

        assertThat(kept.status()).as(kept.toString()).isEqualTo(201);
        assertThat(kept.json().get("subject").asString()).isEqualTo("CN=mqtt.plant.example");
        assertThat(kept.json().get("names").toString()).contains("mqtt.plant.example", "127.0.0.1");
        assertThat(kept.json().get("fingerprint").asString()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(server.data().resolve("certificates/plant.key")))).isEqualTo("rw-------");
        assertThat(administrator.get("/api/certificates").text()).doesNotContain("PRIVATE KEY", pem("ec.key").substring(40, 80));
        assertThat(administrator.get("/api/certificates/plant").status()).isEqualTo(405);
    }

    @Test
    void what_is_wrong_with_a_certificate_is_told_and_nothing_is_kept() throws IOException {
        for (var wrong : List.of(Map.of("name", "a", "certificate", pem("ec.pem"), "privateKey", pem("rsa.key")), Map.of("name", "a", "certificate", "nothing", "privateKey", pem("ec.key")),
                Map.of("name", "a", "certificate", pem("ec.pem"), "privateKey", "nothing"), Map.of("name", "../a", "certificate", pem("ec.pem"), "privateKey", pem("ec.key")),
                Map.of("name", "settings", "certificate", pem("ec.pem"), "privateKey", pem("ec.key")))) {
            var answer = administrator.post("/api/certificates", json(wrong));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.text()).doesNotContain("BEGIN PRIVATE KEY-----M");
        }
        assertThat(administrator.get("/api/certificates").json().get("items").size()).isZero();
    }

    @Test
    void listeners_that_the_settings_give_stay_and_the_others_change_from_the_next_start_on() throws IOException {
        administrator.post("/api/certificates", json(Map.of("name", "plant", "certificate", pem("rsa.pem"), "privateKey", pem("rsa.key"))));
        var before = administrator.get("/api/listeners").json();
        assertThat(before.get("restartNeeded").asBoolean()).isFalse();
        assertThat(before.get("items").valueStream().filter(one -> one.get("fromSettings").asBoolean()).map(one -> one.get("name").asString())).containsExactly("tcp", "ws");
        var fixed = List.of(listener("tcp", "tcp", 0, ""), listener("ws", "ws", 0, ""));

        var without = administrator.put("/api/listeners", json(Map.of("items", List.of(listener("tls", "tls", 8883, "plant")))));
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().get("detail").asString()).contains("come from the server's settings");
        var changed = administrator.put("/api/listeners", json(Map.of("items", List.of(fixed.get(0), fixed.get(1), listener("tls", "tls", 8883, "plant")))));

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.json().get("restartNeeded").asBoolean()).isTrue();
        assertThat(administrator.get("/api/certificates").json().at("/items/0/usedBy").toString()).contains("tls");
        assertThat(Files.readString(server.data().resolve(Listeners.FILE))).contains("8883");
    }

    @Test
    void a_listener_that_cannot_be_is_refused_with_its_reason() {
        for (var wrong : List.of(listener("tls", "tls", 8883, "unknown"), listener("x", "udp", 1, ""), listener("X Y", "tcp", 1, ""), listener("x", "tcp", 70_000, ""))) {
            var answer = administrator.put("/api/listeners", json(Map.of("items", List.of(listener("tcp", "tcp", 0, ""), listener("ws", "ws", 0, ""), wrong))));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        }
    }

    @Test
    void everything_can_be_prepared_before_the_license_comes() throws IOException {
        try (var unlicensed = RunningServer.start(RunningServer.folder(), Map.of(), BrokerInMemory.class)) {
            var admin = unlicensed.as("administrator");

            assertThat(admin.post("/api/certificates", json(Map.of("name", "plant", "certificate", pem("ec.pem"), "privateKey", pem("ec.key")))).status()).isEqualTo(201);
            assertThat(admin.put("/api/listeners", json(Map.of("items", List.of(listener("tcp", "tcp", 0, ""), listener("tls", "tls", 8883, "plant"))))).status()).isEqualTo(200);
            assertThat(admin.post("/api/mqtt-users", json(Map.of("name", "a", "enabled", true, "password", "quite a password", "rules", List.of()))).status()).isEqualTo(201);
        }
    }

    @Test
    void a_certificate_can_always_be_revoked_and_renewed_and_the_configuration_not_changed_while_it_is_locked() throws IOException {
        var ended = folderWhoseLicenseEnded();
        try (var over = RunningServer.start(ended, Map.of(), BrokerInMemory.class)) {
            var admin = over.as("administrator");
            admin.post("/api/certificates", json(Map.of("name", "plant", "certificate", pem("ec.pem"), "privateKey", pem("ec.key"))));

            var refused = admin.put("/api/listeners", json(Map.of("items", List.of(listener("tcp", "tcp", 0, "")))));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().get("code").asString()).isEqualTo("CONFIGURATION_LOCKED");
            assertThat(refused.json().get("detail").asString()).contains("The configuration is locked", "The license ended");
            assertThat(admin.post("/api/mqtt-users", json(Map.of("name", "a", "enabled", true, "password", "quite a password", "rules", List.of()))).status()).isEqualTo(409);

            assertThat(admin.put("/api/certificates/plant", json(Map.of("certificate", pem("rsa.pem"), "privateKey", pem("rsa.key")))).status()).isEqualTo(200);
            assertThat(admin.delete("/api/certificates/plant").status()).isEqualTo(204);
        }
    }

    /// Licensed by an authority whose days are past: a server that starts there later finds the term over.
    private static Path folderWhoseLicenseEnded() throws IOException {
        var ended = RunningServer.folder();
        var key = RunningServer.VENDOR.sells(License.license().ofProduct("mqtt-server").until("2026-11-23T06:00:00Z").withGraceDays(14));
        var data = Files.createDirectory(ended.resolve("data"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (var client = LicenseClient.builder().product("mqtt-server").trustAnchor(RunningServer.VENDOR.anchor()).home(data.resolve("license")).transport(RunningServer.VENDOR.transport()).open()) {
            assertThat(client.activate(key)).isInstanceOf(Activation.Activated.class);
        }
        return ended;
    }
}
