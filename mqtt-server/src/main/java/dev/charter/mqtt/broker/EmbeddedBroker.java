package dev.charter.mqtt.broker;

import com.google.common.util.concurrent.MoreExecutors;
import com.hivemq.configuration.HivemqId;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.services.publish.RetainedMessageStore;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import com.hivemq.mqtt.message.QoS;
import com.hivemq.mqtt.message.mqtt5.Mqtt5UserProperties;
import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.publish.PUBLISHFactory;
import com.hivemq.mqtt.services.InternalPublishService;
import dev.charter.mqtt.clients.Clients;
import dev.charter.mqtt.overview.Traffic;
import dev.charter.mqtt.topics.RetainedMessages;
import dev.charter.mqtt.topics.Topics;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The broker that is part of this program: HiveMQ Community Edition, with a door and rules of our own. One runs in a process at a time:
/// it numbers messages for the whole process, and two would mix up what they keep.
public final class EmbeddedBroker implements Broker {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    private static final Semaphore ONE = new Semaphore(1);

    private final BrokerPlan plan;
    private final SecureRandom random;
    private final ExecutorService ownMessages = MoreExecutors.newDirectExecutorService();
    private final EventBook events;
    private final LiveClients clients;
    private final KeptMessages retained;
    private final SeenTopics topics;
    private final CountedTraffic traffic;
    private final Doorkeeper doorkeeper;
    private volatile @Nullable Engine engine;
    private volatile CompletableFuture<Engine> opening = new CompletableFuture<>();

    /// @param admission decides who is let in
    /// @param watcher looks on at what is published
    public EmbeddedBroker(BrokerPlan plan, Admission admission, Watcher watcher, InstantSource clock, SecureRandom random) {
        this.plan = plan;
        this.random = random;
        this.events = new EventBook(clock);
        this.clients = new LiveClients(clock, events, this::engine);
        this.retained = new KeptMessages(() -> engine().part(RetainedMessageStore.class));
        this.topics = new SeenTopics(clock, retained::topics);
        this.traffic = new CountedTraffic(this::engine, clients);
        var around = new ConnectionRules.Surroundings(topics, events, traffic, new Guarded(watcher), plan.limits());
        this.doorkeeper = new Doorkeeper(admission, clients, around, () -> opening, clock);
    }

    private Engine engine() {
        var running = engine;
        if (running == null) {
            throw new IllegalStateException("The MQTT broker is not running.");
        }
        return running;
    }

    @Override
    public synchronized void start() {
        if (engine != null) {
            return;
        }
        if (!ONE.tryAcquire()) {
            throw new BrokerNotStarted("Another MQTT broker runs in this process.");
        }
        Engine started;
        try {
            started = Engine.start(plan, doorkeeper, random);
        } catch (RuntimeException fault) {
            ONE.release();
            throw fault;
        }
        engine = started;
        // Who knocked meanwhile has waited.
        opening.complete(started);
        LOG.info("MQTT listens at {}", started.listeners().stream().map(Listener::url).toList());
    }

    @Override
    public synchronized void stop() {
        var running = engine;
        if (running == null) {
            return;
        }
        opening = new CompletableFuture<>();
        try {
            running.close();
        } finally {
            engine = null;
            ONE.release();
        }
        LOG.info("The MQTT broker has stopped");
    }

    @Override
    public boolean running() {
        return engine != null;
    }

    @Override
    public List<Listener> listeners() {
        var running = engine;
        return running == null ? List.of() : running.listeners();
    }

    @Override
    public Clients clients() {
        return clients;
    }

    @Override
    public RetainedMessages retained() {
        return retained;
    }

    @Override
    public Topics topics() {
        return topics;
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }

    @Override
    public void publishRetained(String topic, byte[] payload) {
        var running = engine();
        var message = new PUBLISHFactory.Mqtt5Builder().withHivemqId(running.part(HivemqId.class).get()).withTopic(topic).withPayload(payload).withQoS(QoS.AT_LEAST_ONCE)
                .withOnwardQos(QoS.AT_LEAST_ONCE).withRetain(true).withMessageExpiryInterval(PUBLISH.MESSAGE_EXPIRY_INTERVAL_NOT_SET)
                .withUserProperties(Mqtt5UserProperties.NO_USER_PROPERTIES).build();
        running.part(InternalPublishService.class).publish(message, ownMessages, null);
    }

    @Override
    public void cutUsers(Predicate<String> usernames, String reason) {
        cut(seen -> seen.username().filter(usernames).isPresent(), reason);
    }

    @Override
    public void cutAll(String reason) {
        cut(seen -> true, reason);
    }

    private void cut(Predicate<LiveClients.Seen> which, String reason) {
        var running = engine;
        if (running == null) {
            return;
        }
        var service = running.part(ClientService.class);
        for (var clientId : clients.upWhere(which)) {
            events.note(clientId, "cut", reason);
            service.disconnectClient(clientId, true, DisconnectReasonCode.NOT_AUTHORIZED, reason);
        }
    }
}
