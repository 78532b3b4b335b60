package dev.charter.mqtt.broker;

import java.util.Optional;

/// What one connected client may do. It does not change while the client is connected: whoever loses rights is cut, and comes back with other ones.
/// Asked for every message: the answers must be quick, and safe for use by many threads.
public interface Rights {
    Optional<String> username();

    /// Whether they are still what whoever gave them would give. Asked once the client's connection is known, so that a change in between cuts it as well.
    boolean stillHold();

    boolean mayPublish(String topic);

    /// @param filter as the client sent it, with `$share/GROUP/` where it is shared
    boolean maySubscribe(String filter);

    /// Whether a message of that topic may be delivered to it, whatever it subscribed to.
    boolean mayReceive(String topic);
}
