package dev.charter.mqtt.broker;

import com.hivemq.mqtt.message.publish.PUBLISH;
import com.hivemq.mqtt.message.publish.PUBLISHFactory;
import com.hivemq.mqtt.message.publish.PublishWithFuture;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A watcher whose faults stay its own: messages flow on.
record Guarded(Watcher watcher) {
    private static final Logger LOG = LoggerFactory.getLogger(Guarded.class);

    void published(String clientId, String topic, PUBLISH publish) {
        try {
            if (watcher.watches(topic)) {
                watcher.published(clientId, topic, payload(publish));
            }
        } catch (RuntimeException fault) {
            LOG.warn("What client {} published to {} could not be looked at", clientId, topic, fault);
        }
    }

    void connected(String clientId, Optional<String> willTopic) {
        try {
            watcher.connected(clientId, willTopic);
        } catch (RuntimeException fault) {
            LOG.warn("That client {} connected could not be noted", clientId, fault);
        }
    }

    void disconnected(String clientId) {
        try {
            watcher.disconnected(clientId);
        } catch (RuntimeException fault) {
            LOG.warn("That client {} disconnected could not be noted", clientId, fault);
        }
    }

    /// The packet itself, or one like it with another payload.
    PUBLISH delivering(PUBLISH publish) {
        try {
            if (!watcher.watches(publish.getTopic())) {
                return publish;
            }
            var before = payload(publish);
            var after = watcher.delivering(publish.getTopic(), before);
            if (after == before) {
                return publish;
            }
            var other = new PUBLISHFactory.Mqtt5Builder().fromPublish(publish).withPayload(after).build();
            return publish instanceof PublishWithFuture waiting ? new PublishWithFuture(other, waiting.getFuture(), waiting.isShared()) : other;
        } catch (RuntimeException fault) {
            LOG.warn("What is delivered from {} could not be looked at", publish.getTopic(), fault);
            return publish;
        }
    }

    private static byte[] payload(PUBLISH publish) {
        var payload = publish.getPayload();
        return payload == null ? new byte[0] : payload;
    }
}
