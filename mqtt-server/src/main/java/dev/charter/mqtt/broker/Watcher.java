package dev.charter.mqtt.broker;

import java.util.Optional;

/// Looks on at what clients publish. Called on the broker's own threads, in the order of each client: it must be quick. What it throws is logged and changes nothing.
public interface Watcher {
    /// Whether messages of that topic concern it. Asked for every message that is published or delivered.
    boolean watches(String topic);

    /// A client published it, and was allowed to.
    void published(String clientId, String topic, byte[] payload);

    /// A client's connection is up.
    ///
    /// @param willTopic where its last will would be published
    void connected(String clientId, Optional<String> willTopic);

    /// A client's connection is over.
    void disconnected(String clientId);

    /// What is delivered in place of that payload.
    byte[] delivering(String topic, byte[] payload);

    /// Sees nothing.
    static Watcher none() {
        return new Watcher() {
            @Override
            public boolean watches(String topic) {
                return false;
            }

            @Override
            public void published(String clientId, String topic, byte[] payload) {}

            @Override
            public void connected(String clientId, Optional<String> willTopic) {}

            @Override
            public void disconnected(String clientId) {}

            @Override
            public byte[] delivering(String topic, byte[] payload) {
                return payload;
            }
        };
    }
}
