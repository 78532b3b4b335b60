package dev.charter.mqtt.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import dev.charter.mqtt.access.Door;
import dev.charter.mqtt.access.MqttUsers;
import dev.charter.mqtt.access.MqttUsers.Wanted;
import dev.charter.mqtt.access.Rule;
import dev.charter.mqtt.licensing.LicenseGate;
import dev.charter.mqtt.licensing.Standing;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A whole broker on ports that were free, with users, a gate that a test turns, and clients that are gone with it.
public final class BrokerUnderTest implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";
    public static final Standing LICENSED = new Standing(Standing.Clients.ADMITTED, false, "Licensed to ACME Water");
    public static final Standing UNLICENSED = new Standing(Standing.Clients.REFUSED, true, "This server is not licensed. MQTT clients are refused until it is.");
    public static final Standing TRIAL = new Standing(Standing.Clients.ADMITTED_FOR_TRIAL, false, "Trial: 1 h 42 min left");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MqttUsers users;
    private final LicenseGate gate;
    private final EmbeddedBroker broker;
    private final List<Runnable> closing = new ArrayList<>();
    private volatile Supplier<Standing> license = () -> LICENSED;

    private BrokerUnderTest(Path folder, Limits limits, List<ListenerPlan> listeners, Watcher watcher) {
        this.users = MqttUsers.open(folder, RANDOM);
        this.gate = new LicenseGate(() -> license.get(), feature -> true);
        this.broker = new EmbeddedBroker(new BrokerPlan(folder.resolve("broker"), listeners, limits), new Door(users, gate::refusal), watcher, InstantSource.system(), RANDOM);
        users.onChange(name -> broker.cutUsers(name::equals, "Your user was changed."));
        gate.atTrialsEnd(() -> broker.cutAll("The trial has ended."));
        broker.start();
    }

    public static BrokerUnderTest in(Path folder) {
        return with(folder, UnaryOperator.identity());
    }

    public static BrokerUnderTest with(Path folder, UnaryOperator<Limits> change) {
        return new BrokerUnderTest(folder, change.apply(Limits.safe()), List.of(tcp()), Watcher.none());
    }

    public static BrokerUnderTest listening(Path folder, List<ListenerPlan> listeners) {
        return new BrokerUnderTest(folder, Limits.safe(), listeners, Watcher.none());
    }

    public static BrokerUnderTest watched(Path folder, Watcher watcher) {
        return new BrokerUnderTest(folder, Limits.safe(), List.of(tcp()), watcher);
    }

    public static ListenerPlan tcp() {
        return new ListenerPlan("tcp", ListenerPlan.Kind.TCP, InetAddress.getLoopbackAddress(), 0, Optional.empty());
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    public MqttUsers users() {
        return users;
    }

    /// From now on it stands so.
    public void license(Standing standing) {
        license = () -> standing;
        gate.lookAgain();
    }

    /// From now on it is asked there.
    public void license(Supplier<Standing> source) {
        license = source;
        gate.lookAgain();
    }

    /// From now on whoever asks gets that failure.
    public void licenseThrows(RuntimeException fault) {
        license = () -> {
            throw fault;
        };
        gate.lookAgain();
    }

    public BrokerUnderTest user(String name, Rule... rules) {
        users.put(new Wanted(name, true, Optional.of(PASSWORD), List.of(rules)));
        return this;
    }

    /// A user who may do everything.
    public BrokerUnderTest user(String name) {
        return user(name, Rule.allow(Rule.Action.BOTH, "#"));
    }

    public int port() {
        return broker.listeners().getFirst().port();
    }

    /// An MQTT 5 client, not yet connected.
    public Mqtt5BlockingClient client5(String clientId, String username) {
        return client5(clientId, username, PASSWORD);
    }

    public Mqtt5BlockingClient client5(String clientId, String username, String password) {
        var client = MqttClient.builder().useMqttVersion5().identifier(clientId).serverHost("127.0.0.1").serverPort(port())
                .simpleAuth().username(username).password(password.getBytes(StandardCharsets.UTF_8)).applySimpleAuth().buildBlocking();
        return closed(client);
    }

    public Mqtt5BlockingClient closed(Mqtt5BlockingClient client) {
        closing.add(() -> {
            if (client.getState().isConnected()) {
                client.disconnect();
            }
        });
        return client;
    }

    public Mqtt5BlockingClient connected5(String clientId, String username) {
        var client = client5(clientId, username);
        client.connect();
        return client;
    }

    public Mqtt3BlockingClient client3(String clientId, String username) {
        var client = MqttClient.builder().useMqttVersion3().identifier(clientId).serverHost("127.0.0.1").serverPort(port())
                .simpleAuth().username(username).password(PASSWORD.getBytes(StandardCharsets.UTF_8)).applySimpleAuth().buildBlocking();
        closing.add(() -> {
            if (client.getState().isConnected()) {
                client.disconnect();
            }
        });
        return client;
    }

    /// What a client receives from now on.
    public static Inbox inbox(Mqtt5BlockingClient client) {
        return new Inbox(client.publishes(MqttGlobalPublishFilter.ALL));
    }

    public record Inbox(Mqtt5BlockingClient.Mqtt5Publishes publishes) {
        /// The next message, waited for.
        public Mqtt5Publish next() throws InterruptedException {
            return publishes.receive(20, TimeUnit.SECONDS).orElseThrow(() -> new AssertionError("no message came"));
        }

        public String nextText() throws InterruptedException {
            return text(next());
        }
    }

    public static String text(Mqtt5Publish publish) {
        return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    public static Mqtt5Publish message(String topic, String payload) {
        return Mqtt5Publish.builder().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload.getBytes(StandardCharsets.UTF_8)).build();
    }

    /// Stops and starts the broker, as a restart of the server does; clients are gone before.
    public void restart() {
        broker.stop();
        broker.start();
    }

    @Override
    public void close() {
        try {
            closing.forEach(Runnable::run);
        } finally {
            broker.stop();
            users.close();
        }
    }
}
