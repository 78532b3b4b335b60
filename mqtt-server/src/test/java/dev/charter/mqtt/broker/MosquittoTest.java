package dev.charter.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.access.Rule;
import dev.charter.mqtt.access.Rule.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients of another make: Debian's `mosquitto-clients`.
class MosquittoTest {
    @TempDir
    static Path folder;
    static BrokerUnderTest broker;

    @BeforeAll
    static void start() {
        broker = BrokerUnderTest.in(folder).user("u", Rule.allow(Action.BOTH, "plant/#"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv311", "mqttv5"})
    void a_message_passes_from_mosquitto_pub_to_mosquitto_sub(String version) throws IOException, InterruptedException {
        broker.license(BrokerUnderTest.LICENSED);
        var topic = "plant/" + version;
        var subscriber = start("mosquitto_sub", version, "-t", topic, "-q", "1", "-C", "3", "-v");
        BrokerTest.await(() -> broker.broker().clients().all().stream().anyMatch(client -> subscribed(client.clientId(), topic)));
        for (var qos : List.of("0", "1", "2")) {
            assertThat(start("mosquitto_pub", version, "-t", topic, "-q", qos, "-m", "on " + qos).waitFor()).isZero();
        }

        assertThat(text(subscriber).lines()).contains(topic + " on 0", topic + " on 1", topic + " on 2");
        assertThat(subscriber.waitFor()).isZero();
    }

    @Test
    void an_unlicensed_server_tells_mosquitto_why() throws IOException, InterruptedException {
        broker.license(BrokerUnderTest.UNLICENSED);

        var old = start("mosquitto_pub", "mqttv311", "-t", "plant/x", "-m", "x");
        assertThat(text(old)).containsIgnoringCase("unavailable");
        assertThat(old.waitFor()).isNotZero();
        var five = start("mosquitto_pub", "mqttv5", "-t", "plant/x", "-m", "x");
        assertThat(text(five)).containsIgnoringCase("unavailable");
        assertThat(five.waitFor()).isNotZero();
    }

    @Test
    void what_the_rules_refuse_is_told_to_mosquitto() throws IOException, InterruptedException {
        broker.license(BrokerUnderTest.LICENSED);

        var publisher = start("mosquitto_pub", "mqttv5", "-t", "elsewhere", "-q", "1", "-m", "x");
        assertThat(text(publisher)).containsIgnoringCase("not authorized");
        var subscriber = start("mosquitto_sub", "mqttv311", "-t", "elsewhere", "-C", "1");
        assertThat(text(subscriber)).containsIgnoringCase("denied");
    }

    private static Process start(String program, String version, String... more) throws IOException {
        var command = new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", String.valueOf(broker.port()), "-V", version, "-u", "u", "-P", BrokerUnderTest.PASSWORD));
        command.addAll(List.of(more));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new IOException("Debian's package mosquitto-clients is needed for this test.", missing);
        }
    }

    private static boolean subscribed(String clientId, String topic) {
        return broker.broker().clients().subscriptionsOf(clientId).stream().anyMatch(subscription -> subscription.filter().equals(topic));
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
