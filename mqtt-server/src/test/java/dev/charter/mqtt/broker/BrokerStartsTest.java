package dev.charter.mqtt.broker;

import static dev.charter.mqtt.broker.BrokerTest.await;
import static dev.charter.mqtt.broker.BrokerTest.refusal5;
import static dev.charter.mqtt.broker.BrokerUnderTest.inbox;
import static dev.charter.mqtt.broker.BrokerUnderTest.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.charter.mqtt.broker.ListenerPlan.Kind;
import dev.charter.mqtt.clients.Client;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What takes a broker of its own.
class BrokerStartsTest {
    @TempDir
    Path folder;

    @Test
    void there_is_no_user_unless_somebody_made_one() {
        try (var broker = BrokerUnderTest.in(folder)) {
            assertThat(broker.users().all()).isEmpty();
            for (var name : List.of("admin", "mqtt", "guest", "hivemq", "user", "test")) {
                assertThat(refusal5(broker.client5("c", name, name)).getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
            }
        }
    }

    @Test
    void a_second_broker_in_one_process_is_refused() {
        try (var broker = BrokerUnderTest.in(folder.resolve("one"))) {
            assertThatThrownBy(() -> BrokerUnderTest.in(folder.resolve("two"))).isInstanceOf(BrokerNotStarted.class).hasMessageContaining("Another MQTT broker");
            assertThat(broker.broker().running()).isTrue();
        }
    }

    @Test
    void sessions_what_waits_for_them_and_retained_messages_outlive_a_restart() throws InterruptedException {
        try (var broker = BrokerUnderTest.in(folder).user("u")) {
            var away = broker.client5("away", "u");
            away.connectWith().cleanStart(false).sessionExpiryInterval(3600).send();
            away.subscribeWith().topicFilter("plant/#").qos(MqttQos.AT_LEAST_ONCE).send();
            away.disconnect();
            var sender = broker.connected5("sender", "u");
            sender.publish(message("plant/pump", "while away"));
            sender.publish(Mqtt5Publish.builder().topic("kept").qos(MqttQos.AT_LEAST_ONCE).retain(true).payload("kept".getBytes(StandardCharsets.UTF_8)).build());
            sender.disconnect();

            broker.restart();

            assertThat(broker.broker().clients().byId("away")).map(Client::queued).contains(1L);
            var back = broker.client5("away", "u");
            var received = inbox(back);
            assertThat(back.connectWith().cleanStart(false).sessionExpiryInterval(3600).send().isSessionPresent()).isTrue();
            assertThat(received.nextText()).isEqualTo("while away");
            back.subscribeWith().topicFilter("kept").send();
            assertThat(received.nextText()).isEqualTo("kept");
        }
    }

    @Test
    void deleting_the_disconnected_deletes_no_connected_client() {
        try (var broker = BrokerUnderTest.in(folder).user("u")) {
            for (var id : List.of("a", "b", "c")) {
                var client = broker.client5(id, "u");
                client.connectWith().cleanStart(false).sessionExpiryInterval(3600).send();
                if (!id.equals("c")) {
                    client.disconnect();
                }
            }
            await(() -> broker.broker().clients().all().stream().filter(Client::connected).count() == 1);

            assertThat(broker.broker().clients().deleteDisconnected()).isEqualTo(2);

            assertThat(broker.broker().clients().all()).extracting(Client::clientId).containsExactly("c");
        }
    }

    @Test
    void each_kind_of_listener_takes_clients_of_both_versions() throws IOException, InterruptedException, GeneralSecurityException {
        var identity = TestIdentity.in(folder);
        var loopback = InetAddress.getLoopbackAddress();
        var plans = List.of(new ListenerPlan("plain", Kind.TCP, loopback, 0, Optional.empty()), new ListenerPlan("web", Kind.WS, loopback, 0, Optional.empty()),
                new ListenerPlan("secure", Kind.TLS, loopback, 0, Optional.of(identity.identity())), new ListenerPlan("secure-web", Kind.WSS, loopback, 0, Optional.of(identity.identity())));
        try (var broker = BrokerUnderTest.listening(folder.resolve("data"), plans).user("u")) {
            assertThat(broker.broker().listeners()).extracting(Listener::name).containsExactly("plain", "web", "secure", "secure-web");
            for (var listener : broker.broker().listeners()) {
                var builder = MqttClient.builder().identifier("c-" + listener.name()).serverHost("127.0.0.1").serverPort(listener.port());
                if (listener.kind() == Kind.WS || listener.kind() == Kind.WSS) {
                    builder = builder.webSocketConfig().serverPath("mqtt").applyWebSocketConfig();
                }
                if (listener.kind() == Kind.TLS || listener.kind() == Kind.WSS) {
                    builder = builder.sslConfig().trustManagerFactory(identity.trusted()).hostnameVerifier((host, session) -> true).applySslConfig();
                }
                var five = broker.closed(builder.useMqttVersion5().simpleAuth().username("u").password(BrokerUnderTest.PASSWORD.getBytes(StandardCharsets.UTF_8)).applySimpleAuth().buildBlocking());
                five.connect();
                assertThat(broker.broker().clients().byId("c-" + listener.name()).orElseThrow().listener()).contains(listener.name());
                five.disconnect();
                var three = builder.useMqttVersion3().simpleAuth().username("u").password(BrokerUnderTest.PASSWORD.getBytes(StandardCharsets.UTF_8)).applySimpleAuth().buildBlocking();
                three.connect();
                three.disconnect();
            }
        }
    }

    @Test
    void what_the_broker_keeps_is_readable_by_its_owner_only() throws IOException {
        try (var broker = BrokerUnderTest.in(folder.resolve("data")).user("u")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/broker")))).isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/mqtt-users.json")))).isEqualTo("rw-------");
            assertThat(Files.readString(folder.resolve("data/mqtt-users.json"))).doesNotContain(BrokerUnderTest.PASSWORD);
            assertThat(broker.broker().running()).isTrue();
        }
    }

    @Test
    void limits_hold_for_packets_subscriptions_connections_and_connects() {
        var limits = new Limits(3, 2_048, 10, Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1), 2, 1_000, 1_000);
        try (var broker = BrokerUnderTest.with(folder, safe -> limits).user("u")) {
            var client = broker.client5("c", "u");
            var accepted = client.connectWith().keepAlive(3_000).sessionExpiryInterval(999_999).send();
            assertThat(accepted.getServerKeepAlive()).hasValue(60);
            assertThat(accepted.getSessionExpiryInterval()).hasValue(3_600);
            assertThat(accepted.getRestrictions().getMaximumPacketSize()).isEqualTo(2_048);

            client.subscribeWith().topicFilter("a").send();
            client.subscribeWith().topicFilter("b").send();
            client.subscribeWith().topicFilter("a").send();
            assertThat(catchThrowable(() -> client.subscribeWith().topicFilter("c").send())).isInstanceOf(Mqtt5SubAckException.class);
            client.unsubscribeWith().topicFilter("a").send();
            client.subscribeWith().topicFilter("c").send();

            broker.connected5("second", "u");
            broker.connected5("third", "u");
            assertThat(catchThrowable(() -> broker.client5("fourth", "u").connect())).isInstanceOfAny(ConnectionFailedException.class, com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException.class);
        }
    }

    @Test
    void more_connects_than_a_second_allows_are_refused_and_say_so() {
        try (var broker = BrokerUnderTest.with(folder, safe -> new Limits(100, 2_048, 10, Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1), 2, 1, 1_000)).user("u")) {
            var refused = 0;
            for (int i = 0; i < 8; i++) {
                var client = broker.client5("c" + i, "u");
                var failure = catchThrowable(client::connect);
                if (failure instanceof com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException refusal) {
                    assertThat(refusal.getMqttMessage().getReasonCode()).isEqualTo(Mqtt5ConnAckReasonCode.CONNECTION_RATE_EXCEEDED);
                    refused++;
                }
            }
            assertThat(refused).isPositive();
        }
    }

    /// A certificate for 127.0.0.1 that signs itself.
    record TestIdentity(ListenerPlan.Identity identity, TrustManagerFactory trusted) {
        static TestIdentity in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
            var store = folder.resolve("identity.p12");
            var made = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=localhost",
                    "-ext", "SAN=ip:127.0.0.1,dns:localhost", "-validity", "30", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit").inheritIO().start();
            assertThat(made.waitFor()).isZero();
            var keys = KeyStore.getInstance("PKCS12");
            try (var input = Files.newInputStream(store)) {
                keys.load(input, "changeit".toCharArray());
            }
            var certificate = Files.writeString(folder.resolve("server.pem"), pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
            var key = Files.writeString(folder.resolve("server.key"), pem("PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded()));
            var trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("server", keys.getCertificate("server"));
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trust);
            return new TestIdentity(new ListenerPlan.Identity(certificate, key), factory);
        }

        private static String pem(String kind, byte[] content) {
            return "-----BEGIN " + kind + "-----\n" + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind + "-----\n";
        }
    }
}
