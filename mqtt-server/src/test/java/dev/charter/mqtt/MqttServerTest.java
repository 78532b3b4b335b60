package dev.charter.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.Surroundings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The server as its operator meets it: console, license and broker together.
@Timeout(180)
class MqttServerTest {
    private final Path folder = RunningServer.folder();

    private static String json(Object value) {
        return RunningServer.JSON.writeValueAsString(value);
    }

    private static Mqtt5BlockingClient client(RunningServer server, String id) throws Exception {
        var url = URI.create(RunningServer.JSON.readTree(Files.readAllBytes(server.data().resolve("mqtt-server.json"))).get("mqtt").asString());
        return MqttClient.builder().useMqttVersion5().identifier(id).serverHost(url.getHost()).serverPort(url.getPort())
                .simpleAuth().username("pump").password("quite a password".getBytes(StandardCharsets.UTF_8)).applySimpleAuth().buildBlocking();
    }

    private static void addUser(RunningServer server) {
        var answer = server.as("administrator").post("/api/mqtt-users", json(Map.of("name", "pump", "enabled", true, "password", "quite a password",
                "rules", List.of(Map.of("action", "both", "allow", true, "filter", "plant/#")))));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    }

    @Test
    void without_a_license_it_is_up_shows_its_console_and_refuses_clients_with_the_reason_everywhere_the_same() throws Exception {
        try (var server = RunningServer.startWhole(folder, Map.of())) {
            var health = server.anonymous().get("/health");
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json().get("status").asString()).isEqualTo("up");
            assertThat(health.json().get("licensed").asBoolean()).isFalse();
            assertThat(health.json().at("/license/state").asString()).isEqualTo("never-licensed");
            var headline = health.json().at("/license/headline").asString();
            assertThat(server.as("viewer").get("/api/overview").json().at("/license/headline").asString()).isEqualTo(headline);
            assertThat(server.as("viewer").get("/api/license").json().get("headline").asString()).isEqualTo(headline);

            var client = client(server, "pump-1");
            assertThatThrownBy(client::connect).isInstanceOfSatisfying(Mqtt5ConnAckException.class, refused -> {
                assertThat(refused.getMqttMessage().getReasonCode()).isNotEqualTo(Mqtt5ConnAckReasonCode.SUCCESS);
                assertThat(refused.getMqttMessage().getReasonString().orElseThrow().toString()).contains(headline);
            });
        }
    }

    @Test
    void in_a_trial_clients_come_in_and_the_console_shows_and_ends_what_they_do() throws Exception {
        try (var server = RunningServer.startWhole(folder, Map.of())) {
            var administrator = server.as("administrator");
            var trial = administrator.post("/api/license/trials", "{}");
            assertThat(trial.status()).as(trial.toString()).isEqualTo(200);
            assertThat(server.anonymous().get("/health").json().get("licensed").asBoolean()).isTrue();
            addUser(server);

            var client = client(server, "pump-1");
            client.connect();
            client.publishWith().topic("plant/a").payload("21.5".getBytes(StandardCharsets.UTF_8)).retain(true).send();
            client.subscribeWith().topicFilter("plant/+").send();

            var id = Base64.getUrlEncoder().withoutPadding().encodeToString("pump-1".getBytes(StandardCharsets.UTF_8));
            var shown = administrator.get("/api/clients/" + id).json();
            assertThat(shown.at("/client/connected").asBoolean()).isTrue();
            assertThat(shown.at("/client/username").asString()).isEqualTo("pump");
            assertThat(shown.at("/subscriptions/0/filter").asString()).isEqualTo("plant/+");
            assertThat(administrator.get("/api/overview").json().get("connected").asInt()).isEqualTo(1);
            assertThat(administrator.get("/api/listeners").json().at("/items/0/listensOn").asInt()).isPositive();
            var topic = Base64.getUrlEncoder().withoutPadding().encodeToString("plant/a".getBytes(StandardCharsets.UTF_8));
            assertThat(administrator.get("/api/retained/" + topic).json().get("text").asString()).isEqualTo("21.5");

            assertThat(administrator.post("/api/clients/" + id + "/disconnect", "").status()).isEqualTo(204);
            assertThat(administrator.get("/api/audit").text()).contains("POST /api/clients/{id}/disconnect");
        }
        try (var again = RunningServer.startWhole(folder, Map.of())) {
            assertThat(again.said()).as("there are users, so no token").doesNotContain("setup token");
            var administrator = again.login("administrator");
            assertThat(administrator.get("/api/retained").json().get("total").asInt()).isEqualTo(1);
            assertThat(administrator.get("/api/mqtt-users").json().get("total").asInt()).isEqualTo(1);
        }
    }

    @Test
    void the_data_folder_is_its_owners_alone_tells_the_addresses_while_the_server_runs_and_takes_one_server_at_a_time() throws Exception {
        try (var server = RunningServer.startWhole(folder, Map.of("WS_PORT", "0"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.data()))).isEqualTo("rwx------");
            var addresses = RunningServer.JSON.readTree(Files.readAllBytes(server.data().resolve("mqtt-server.json")));
            assertThat(addresses.get("console").asString()).isEqualTo(server.url().toString());
            assertThat(addresses.get("mqtt").asString()).matches("tcp://127.0.0.1:[1-9][0-9]+");
            assertThat(addresses.get("ws").asString()).matches("ws://127.0.0.1:[1-9][0-9]+/mqtt");

            assertThatThrownBy(() -> RunningServer.start(folder, Map.of(), BrokerInMemory.class)).isInstanceOf(CannotStart.class).hasMessageContaining("Another MQTT server is running");
        }
        assertThat(folder.resolve("data/mqtt-server.json")).doesNotExist();
    }

    @Test
    void a_mistake_in_the_settings_stops_the_start_and_names_the_setting() throws Exception {
        var password = Files.writeString(folder.resolve("password"), "short\n").toString();
        var users = Files.writeString(folder.resolve("users.json"), "[{\"name\":\"a/b\"}]").toString();
        var notAnchor = Files.writeString(folder.resolve("anchor.json"), "{}").toString();
        for (var wrong : Map.of("LICENSE_TRUST_ANCHOR", notAnchor, "MQTT_USERS_FILE", users, "MAX_CONECTIONS", "1", "LICENSE_KEY", "AAAAA-AAAAA").entrySet()) {
            assertThatThrownBy(() -> RunningServer.start(folder, Map.of(wrong.getKey(), wrong.getValue(), "LICENSE_AUTHORITY", "http://127.0.0.1:1"), BrokerInMemory.class)).as(wrong.getKey())
                    .isInstanceOfSatisfying(CannotStart.class, stopped -> assertThat(stopped.exitCode()).isEqualTo(CannotStart.WRONG_SETTINGS)).hasMessageContaining("CHARTER_MQTT_" + wrong.getKey());
        }
        assertThatThrownBy(() -> RunningServer.start(folder, Map.of("ADMIN_NAME", "anna", "ADMIN_PASSWORD_FILE", password), BrokerInMemory.class)).isInstanceOf(CannotStart.class)
                .hasMessageContaining("CHARTER_MQTT_ADMIN_PASSWORD_FILE");
    }

    @Test
    void without_a_trust_anchor_it_says_so() {
        var environment = Map.of("CHARTER_MQTT_DATA", folder.resolve("data").toString());
        var nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

        assertThatThrownBy(() -> MqttServer.start(new Surroundings(environment, nobody, InstantSource.system()), BrokerInMemory.class)).isInstanceOf(CannotStart.class)
                .hasMessageContaining("CHARTER_MQTT_LICENSE_TRUST_ANCHOR");
    }

    @Test
    void settings_are_applied_at_every_start_and_applying_them_again_changes_nothing() throws Exception {
        var password = Files.writeString(folder.resolve("password"), RunningServer.PASSWORD + "\n").toString();
        var users = Files.writeString(folder.resolve("users.json"), json(List.of(Map.of("name", "pump", "enabled", true, "password", "quite a password", "rules", List.of())))).toString();
        var settings = Map.of("ADMIN_NAME", "anna", "ADMIN_PASSWORD_FILE", password, "MQTT_USERS_FILE", users, "TRIAL", "true");
        byte[] console;
        byte[] mqtt;
        try (var server = RunningServer.start(folder, settings, BrokerInMemory.class)) {
            assertThat(server.login("anna").get("/api/session").json().at("/user/role").asString()).isEqualTo("administrator");
            assertThat(server.anonymous().get("/health").json().at("/license/state").asString()).isEqualTo("trial");
            console = Files.readAllBytes(server.data().resolve("console-users.json"));
            mqtt = Files.readAllBytes(server.data().resolve("mqtt-users.json"));
        }
        try (var server = RunningServer.start(folder, settings, BrokerInMemory.class)) {
            assertThat(Files.readAllBytes(server.data().resolve("console-users.json"))).isEqualTo(console);
            assertThat(Files.readAllBytes(server.data().resolve("mqtt-users.json"))).isEqualTo(mqtt);
        }
    }
}
