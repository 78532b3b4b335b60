package dev.charter.mqtt.sparkplug;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.charter.mqtt.broker.Watcher;
import dev.charter.mqtt.topics.RetainedMessage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's part of Sparkplug 3.0 (section 10.1.4): the latest birth of each edge node and device is kept, retained, below `$sparkplug/certificates/`, and a node's
/// death is delivered with the time at which it is. Whoever may read certificates needs a rule that names them: `#` does not match what begins with `$`.
public final class SparkplugAware implements Watcher, SparkplugNodes {
    static final int MOST_NODES = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(SparkplugAware.class);

    private final BooleanSupplier licensed;
    private final InstantSource clock;
    private final SortedMap<String, SortedMap<String, EdgeNode>> groups = new TreeMap<>();
    private volatile BiConsumer<String, byte[]> certificates = (topic, birth) -> LOG.warn("The certificate {} is kept nowhere", topic);
    private int count;

    /// @param licensed whether the license grants it now; while it does not, Sparkplug's messages are messages like others
    public SparkplugAware(BooleanSupplier licensed, InstantSource clock) {
        this.licensed = licensed;
        this.clock = clock;
    }

    /// @param keep publishes a retained message of the server's own, in the order of the calls
    public void keepsCertificatesBy(BiConsumer<String, byte[]> keep) {
        certificates = keep;
    }

    /// What was known before a restart, as far as it was kept: births, and nobody online.
    public synchronized void recall(Collection<RetainedMessage> retained) {
        for (var devices : List.of(false, true)) {
            for (var message : retained) {
                SparkplugTopic.ofCertificate(message.topic()).filter(topic -> topic.type().isOfDevice() == devices)
                        .ifPresent(topic -> read(topic, message.payload()).ifPresent(birth -> note(topic, birth, Optional.empty(), bornAt(birth))));
            }
        }
    }

    private static Instant bornAt(Payload birth) {
        return Metrics.instant(birth.getTimestamp());
    }

    @Override
    public boolean watches(String topic) {
        return topic.startsWith(SparkplugTopic.NAMESPACE) && licensed.getAsBoolean();
    }

    @Override
    public void published(String clientId, String topic, byte[] payload) {
        var about = SparkplugTopic.read(topic);
        if (about.isEmpty()) {
            return;
        }
        var content = read(about.get(), payload);
        if (content.isEmpty()) {
            return;
        }
        switch (about.get().type()) {
            case NBIRTH, DBIRTH -> {
                certificates.accept(about.get().certificate(), payload);
                synchronized (this) {
                    note(about.get(), content.get(), Optional.of(clientId), clock.instant());
                }
            }
            case NDATA, DDATA, NDEATH, DDEATH -> {
                synchronized (this) {
                    note(about.get(), content.get(), Optional.of(clientId), clock.instant());
                }
            }
            case NCMD, DCMD -> { /* It is for the node to tell what came of it. */ }
        }
    }

    private void note(SparkplugTopic topic, Payload content, Optional<String> by, Instant now) {
        var birth = topic.type() == SparkplugTopic.Type.NBIRTH;
        var found = birth ? Optional.of(made(topic)) : node(topic.group(), topic.node());
        found.ifPresent(node -> {
            var device = topic.device().orElse("");
            switch (topic.type()) {
                case NBIRTH -> node.born(content, by, now);
                case NDATA -> node.life().metrics().update(content);
                case NDEATH -> node.died(content, now);
                case DBIRTH -> node.deviceBorn(device, content, now);
                case DDATA -> node.device(device).ifPresent(life -> life.metrics().update(content));
                case DDEATH -> node.deviceDied(device, now);
                case NCMD, DCMD -> { /* Not looked at. */ }
            }
        });
    }

    private EdgeNode made(SparkplugTopic topic) {
        var known = node(topic.group(), topic.node());
        if (known.isPresent()) {
            return known.get();
        }
        var made = new EdgeNode();
        if (count < MOST_NODES) {
            groups.computeIfAbsent(topic.group(), absent -> new TreeMap<>()).put(topic.node(), made);
            count++;
        }
        return made;
    }

    private Optional<EdgeNode> node(String group, String name) {
        return Optional.ofNullable(groups.get(group)).map(nodes -> nodes.get(name));
    }

    private static Optional<Payload> read(SparkplugTopic topic, byte[] payload) {
        try {
            return Optional.of(Payload.parseFrom(payload));
        } catch (InvalidProtocolBufferException malformed) {
            LOG.warn("What was published for the edge node {} of group {} is no Sparkplug payload: {}", topic.node(), topic.group(), malformed.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void connected(String clientId, Optional<String> willTopic) {
        // It says who it is by its birth.
    }

    /// The node's last will says the same to whoever subscribed.
    @Override
    public synchronized void disconnected(String clientId) {
        var now = clock.instant();
        groups.values().forEach(nodes -> nodes.values().stream().filter(node -> node.isBy(clientId)).forEach(node -> node.ended(now)));
    }

    /// A death was written when the node connected, long before it happens: the time in it would be that of the connection.
    @Override
    public byte[] delivering(String topic, byte[] payload) {
        var about = SparkplugTopic.read(topic);
        if (about.isEmpty() || about.get().type() != SparkplugTopic.Type.NDEATH) {
            return payload;
        }
        return read(about.get(), payload).map(death -> death.toBuilder().setTimestamp(clock.millis()).build().toByteArray()).orElse(payload);
    }

    @Override
    public synchronized List<SparkplugGroup> groups() {
        return groups.entrySet().stream().map(group -> new SparkplugGroup(group.getKey(), group.getValue().entrySet().stream().map(node -> node.getValue().shown(node.getKey())).toList())).toList();
    }

    @Override
    public synchronized Optional<List<SparkplugMetric>> metrics(String group, String node, Optional<String> device) {
        var found = node(group, node);
        return (device.isEmpty() ? found.map(EdgeNode::life) : found.flatMap(edge -> edge.device(device.get()))).map(life -> life.metrics().all());
    }
}
