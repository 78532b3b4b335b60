package dev.charter.mqtt.topics;

import java.util.List;

/// The topics that were published to since the server's start, or hold a retained message.
public interface Topics {
    /// Right below that topic, in the order of their names; below the root for an empty text.
    List<Topic> below(String parent);

    /// Those whose name holds that text, whole topics of any depth, in order; a bounded number.
    List<Topic> matching(String text);
}
