package dev.charter.mqtt.topics;

import java.util.List;
import java.util.Optional;

/// The messages that topics keep.
public interface RetainedMessages {
    /// All, in the order of their topics.
    List<RetainedMessage> all();

    Optional<RetainedMessage> of(String topic);

    /// @return false when there is none
    boolean delete(String topic);

    /// Keeps it, in place of one that the topic may keep already.
    void put(RetainedMessage message);
}
