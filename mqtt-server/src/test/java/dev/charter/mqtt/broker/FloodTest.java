package dev.charter.mqtt.broker;

import static dev.charter.mqtt.broker.BrokerUnderTest.inbox;
import static dev.charter.mqtt.broker.BrokerUnderTest.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.charter.mqtt.access.Rule;
import dev.charter.mqtt.access.Rule.Action;
import dev.charter.mqtt.clients.Client;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloodTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void a_flood_of_messages_and_connections_leaves_the_heap_bounded_and_honest_clients_served() throws Exception {
        var limits = new Limits(200, 65_536, 100, Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1), 10, 500, 2_000);
        try (var broker = BrokerUnderTest.with(folder, safe -> limits).user("honest").user("flooder", Rule.allow(Action.BOTH, "flood/#"))) {
            var away = broker.client5("away", "flooder");
            away.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();
            away.subscribeWith().topicFilter("flood/#").qos(MqttQos.AT_LEAST_ONCE).send();
            away.disconnect();
            var receiver = broker.connected5("receiver", "honest");
            var received = inbox(receiver);
            receiver.subscribeWith().topicFilter("plant/#").qos(MqttQos.AT_LEAST_ONCE).send();
            var sender = broker.connected5("sender", "honest");
            var before = usedAfterCollection();

            var stop = new AtomicBoolean();
            var floods = new ArrayList<Thread>();
            for (int i = 0; i < 3; i++) {
                var client = broker.connected5("flooder" + i, "flooder");
                var number = i;
                floods.add(Thread.ofVirtual().start(() -> {
                    var payload = new byte[16_384];
                    for (long j = 0; !stop.get(); j++) {
                        client.publish(Mqtt5Publish.builder().topic("flood/" + number + "/" + j).qos(MqttQos.AT_LEAST_ONCE).payload(payload).build());
                    }
                }));
            }
            floods.add(Thread.ofVirtual().start(() -> knock(broker.port(), stop)));
            for (int i = 0; i < 300; i++) {
                sender.publish(message("plant/pump", String.valueOf(i)));
                assertThat(received.nextText()).isEqualTo(String.valueOf(i));
            }
            broker.connected5("newcomer", "honest").publish(message("plant/pump", "newcomer"));
            assertThat(received.nextText()).isEqualTo("newcomer");
            stop.set(true);
            for (var flood : floods) {
                assertThat(flood.join(Duration.ofSeconds(60))).isTrue();
            }

            assertThat(broker.broker().clients().byId("away")).map(Client::queued).hasValueSatisfying(queued -> assertThat(queued).isLessThanOrEqualTo(100));
            assertThat(broker.broker().traffic().dropped()).isPositive();
            assertThat(usedAfterCollection() - before).as("bytes more than before").isLessThan(96 * MIB);
        }
    }

    @Test
    void a_packet_that_is_too_large_costs_its_sender_the_connection_and_nobody_else_anything() throws Exception {
        var limits = new Limits(200, 4_096, 100, Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1), 10, 500, 2_000);
        try (var broker = BrokerUnderTest.with(folder, safe -> limits).user("u")) {
            var honest = broker.connected5("honest", "u");
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                socket.setSoTimeout(Math.toIntExact(TimeUnit.SECONDS.toMillis(20)));
                // CONNECT that says it is 256 MiB long.
                socket.getOutputStream().write(new byte[] {0x10, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F});
                endless(socket.getOutputStream());
                assertThat(closed(socket)).isTrue();
            }
            assertThat(honest.publish(message("a", "b")).getError()).isEmpty();
        }
    }

    private static void endless(OutputStream output) {
        try {
            for (int i = 0; i < 64; i++) {
                output.write(new byte[1_024]);
            }
        } catch (IOException closed) {
            // As it should be.
        }
    }

    private static boolean closed(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Whatever it says before.
            }
            return true;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /// Connections that never say who they are.
    private static void knock(int port, AtomicBoolean stop) {
        var open = new ArrayList<Socket>();
        try {
            while (!stop.get() && open.size() < 150) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                open.add(socket);
                socket.getOutputStream().write(0x10);
            }
        } catch (IOException refused) {
            // As it may be.
        } finally {
            open.forEach(FloodTest::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            // It is closed.
        }
    }

    private static long usedAfterCollection() {
        var least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
