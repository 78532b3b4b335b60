package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.LeaseProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Story S15: in a network that leads nowhere, MQTT servers share a pool of two seats, with the license server's address as their only setting about licenses. The third waits until one is given back;
/// and while the network to the license server is cut, messages flow.
class S15FloatingTest {
    private static final LeaseProfile QUICK = new LeaseProfile(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(10));
    /// Only the license server listens there.
    private static final String LICENSES = "10.16.0.1";
    private static final String MACHINES = """
            [{"name":"pump","enabled":true,"password":"quite a long one","rules":[{"action":"publish","allow":true,"filter":"plant/#"},{"action":"subscribe","allow":true,"filter":"plant/#"}]}]""";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MESSAGES_EACH = 40;

    @TempDir
    Path folder;

    private final PoolVendor vendor = new PoolVendor(QUICK);

    @Test
    void three_products_share_two_seats_and_lose_no_message_while_the_license_server_is_away() throws IOException {
        try (var gap = AirGap.make(folder); var licenses = licensed(gap); var a = starts(gap, "a", licenses); var b = starts(gap, "b", licenses)) {
            await(a, health -> health.get("licensed").asBoolean());
            await(b, health -> health.get("licensed").asBoolean());
            try (var c = starts(gap, "c", licenses)) {
                await(c, health -> health.at("/license/headline").asString().contains("Waiting for a seat"));
                assertThat(health(c).get("licensed").asBoolean()).isFalse();
                assertThat(a.program().stop()).as(a.program().output()).isIn(0, 143);
                await(c, health -> health.get("licensed").asBoolean());
            }
            noMessageIsLostWhileTheNetworkIsCut(gap, b);
        }
    }

    private FloatingServer licensed(AirGap gap) {
        networked(gap, "add");
        return FloatingServer.licensed(folder.resolve("licenses"), vendor, 2, Map.of("CHARTER_FLOATING_ADDRESS", LICENSES), Optional.of(gap));
    }

    private void networked(AirGap gap, String what) {
        try (var ip = gap.start(folder, Map.of(), List.of("ip", "addr", what, LICENSES + "/32", "dev", "lo"))) {
            assertThat(ip.awaitExit()).as(ip.output()).isZero();
        }
    }

    private void noMessageIsLostWhileTheNetworkIsCut(AirGap gap, Mqtt b) throws IOException {
        try (var subscriber = client(gap, b, "mosquitto_sub", "-t", "plant/load", "-i", "display", "-F", "got %p", "-d"); var publisher = client(gap, b, "mosquitto_pub", "-t", "plant/load", "-i", "pump", "-l")) {
            subscriber.awaitLine(line -> line.contains("SUBACK") || line.contains("Subscribed"));
            publishes(publisher, subscriber, 0);
            networked(gap, "del");
            await(b, health -> health.at("/license/state").asString().contains("degraded"));
            assertThat(health(b).get("licensed").asBoolean()).isTrue();
            publishes(publisher, subscriber, 1);
            networked(gap, "add");
            await(b, health -> !health.at("/license/state").asString().contains("degraded"));
            publishes(publisher, subscriber, 2);
            assertThat(subscriber.output().lines().filter(line -> line.startsWith("got "))).containsExactlyElementsOf(IntStream.range(0, 3 * MESSAGES_EACH).mapToObj(i -> "got " + i).toList());
        }
    }

    private static void publishes(Program publisher, Program subscriber, int part) {
        for (int i = part * MESSAGES_EACH; i < (part + 1) * MESSAGES_EACH; i++) {
            publisher.type(Integer.toString(i));
        }
        var last = "got " + ((part + 1) * MESSAGES_EACH - 1);
        subscriber.awaitLine(last::equals);
    }

    private Program client(AirGap gap, Mqtt server, String command, String... more) throws IOException {
        var words = new ArrayList<>(List.of("stdbuf", "-oL", command, "-h", "127.0.0.1", "-p", Integer.toString(URI.create(server.address("mqtt")).getPort()), "-V", "5", "-u", "pump", "-P", "quite a long one", "-q", "1"));
        words.addAll(List.of(more));
        return gap.start(folder, Map.of(), words);
    }

    /// An MQTT server in the gap.
    private record Mqtt(Program program, AirGap gap, Path data) implements AutoCloseable {
        String address(String which) throws IOException {
            return JsonMapper.shared().readTree(Files.readString(data.resolve("mqtt-server.json"))).at("/" + which).asString();
        }

        @Override
        public void close() {
            program.close();
        }
    }

    private Mqtt starts(AirGap gap, String name, FloatingServer licenses) throws IOException {
        var data = Files.createDirectories(folder.resolve(name));
        var settings = new TreeMap<>(Program.FOR_SECONDS);
        settings.put("CHARTER_MQTT_DATA", data.toString());
        settings.put("CHARTER_MQTT_CONSOLE_PORT", "0");
        settings.put("CHARTER_MQTT_MQTT_PORT", "0");
        settings.put("CHARTER_MQTT_WS_PORT", "off");
        settings.put("CHARTER_MQTT_HOST_NAME", name);
        settings.put("CHARTER_MQTT_MQTT_USERS_FILE", Files.writeString(folder.resolve("users.json"), MACHINES).toString());
        settings.put("CHARTER_MQTT_LICENSE_TRUST_ANCHOR", folder.resolve("licenses/trust-anchor.json").toString());
        settings.put("CHARTER_MQTT_LICENSE_METHOD", "floating");
        settings.put("CHARTER_MQTT_LICENSE_SERVERS", licenses.url());
        var program = gap.start(folder, settings, Packaged.mqttServerCommand());
        program.awaitLine(line -> line.startsWith("The console listens at")); // which it says when its addresses can be read
        return new Mqtt(program, gap, data);
    }

    private JsonNode health(Mqtt server) throws IOException {
        assertThat(server.program().isAlive()).as(server.program().output()).isTrue();
        return JsonMapper.shared().readTree(server.gap().get(folder, URI.create(server.address("console") + "/health")));
    }

    private void await(Mqtt server, Predicate<JsonNode> wanted) throws IOException {
        var until = Instant.now().plus(PATIENCE);
        for (var now = health(server); !wanted.test(now); now = health(server)) {
            assertThat(Instant.now()).as(() -> "it stays so; its output was\n" + server.program().output()).isBefore(until);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }
}
