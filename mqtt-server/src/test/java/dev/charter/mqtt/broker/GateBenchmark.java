package dev.charter.mqtt.broker;

import com.hivemq.mqtt.message.QoS;
import com.hivemq.mqtt.message.mqtt5.Mqtt5UserProperties;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.publish.PUBLISHFactory;
import dev.charter.mqtt.access.Door;
import dev.charter.mqtt.access.MqttUsers;
import dev.charter.mqtt.access.MqttUsers.Wanted;
import dev.charter.mqtt.access.Rule;
import dev.charter.mqtt.access.Rule.Action;
import dev.charter.mqtt.broker.Admission.Verdict.Admitted;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What stands in the way of each message of a client that was let in, on the connection's own thread: rate, rules, seen topics, watcher. `./charter bench publish` runs it.
public class GateBenchmark {
    private static final String PASSWORD = "quite a long password";
    private static final int OTHERS = 19;

    /// Takes what comes through.
    private static final class End extends ChannelInboundHandlerAdapter {
        private long arrived;

        @Override
        public void channelRead(ChannelHandlerContext context, Object packet) {
            arrived++;
        }
    }

    @State(Scope.Benchmark)
    public static class Connections {
        final PUBLISH publish = new PUBLISHFactory.Mqtt5Builder().withHivemqId("bench").withTopic("plant/hall-7/line-3/pump/temperature").withPayload(new byte[64])
                .withQoS(QoS.AT_MOST_ONCE).withOnwardQos(QoS.AT_MOST_ONCE).withMessageExpiryInterval(PUBLISH.MESSAGE_EXPIRY_INTERVAL_NOT_SET)
                .withUserProperties(Mqtt5UserProperties.NO_USER_PROPERTIES).build();
        final End behindGate = new End();
        final End behindNothing = new End();
        final EmbeddedChannel gated = new EmbeddedChannel();
        final EmbeddedChannel open = new EmbeddedChannel();

        @Setup
        public void connect() throws Exception {
            gated.pipeline().addLast(new ConnectionRules("pump-1", rights(), surroundings(), Set.of()), behindGate);
            open.pipeline().addLast(behindNothing);
        }

        private static Rights rights() throws Exception {
            var rules = new ArrayList<Rule>();
            for (int i = 0; i < OTHERS; i++) {
                rules.add(Rule.allow(Action.BOTH, "plant/hall-" + i % 5 + "/machine-" + i + "/+/%u/#"));
            }
            rules.add(Rule.allow(Action.BOTH, "plant/+/line-3/#"));
            var folder = Files.createTempDirectory("gate");
            try (var users = MqttUsers.open(folder, new SecureRandom())) {
                users.put(new Wanted("pump", true, Optional.of(PASSWORD), List.copyOf(rules)));
                var arrival = new Arrival("pump-1", Optional.of("pump"), Optional.of(PASSWORD.getBytes(StandardCharsets.UTF_8)), Optional.empty(), Optional.empty(), Optional.empty());
                return ((Admitted) new Door(users, Optional::empty).admit(arrival).toCompletableFuture().get()).rights();
            } finally {
                Files.delete(folder.resolve(MqttUsers.FILE));
                Files.delete(folder);
            }
        }

        private static ConnectionRules.Surroundings surroundings() {
            var clock = InstantSource.system();
            var safe = Limits.safe();
            var limits = new Limits(safe.connections(), safe.packetBytes(), safe.queuedMessages(), safe.keepAlive(), safe.sessionExpiry(), safe.messageExpiry(),
                    safe.subscriptionsPerClient(), safe.connectsPerSecond(), Integer.MAX_VALUE);
            var events = new EventBook(clock);
            var clients = new LiveClients(clock, events, GateBenchmark::noEngine);
            return new ConnectionRules.Surroundings(new SeenTopics(clock, Set::of), events, new CountedTraffic(GateBenchmark::noEngine, clients), new Guarded(Watcher.none()), limits);
        }
    }

    private static Engine noEngine() {
        throw new IllegalStateException("there is no broker here");
    }

    @Benchmark
    public long publishThroughTheGate(Connections connections) {
        connections.gated.pipeline().fireChannelRead(connections.publish);
        return connections.behindGate.arrived;
    }

    @Benchmark
    public long publishWithoutTheGate(Connections connections) {
        connections.open.pipeline().fireChannelRead(connections.publish);
        return connections.behindNothing.arrived;
    }
}
