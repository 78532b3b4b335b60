package dev.charter.mqtt.broker;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/// How the broker is to be set up.
///
/// @param folder where it keeps sessions and retained messages; made if it is missing, readable by its owner only
/// @param listeners one at least, with different names
public record BrokerPlan(Path folder, List<ListenerPlan> listeners, Limits limits) {
    public BrokerPlan {
        listeners = List.copyOf(listeners);
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("A broker needs a listener.");
        }
        var names = new HashSet<String>();
        for (var listener : listeners) {
            if (!names.add(listener.name())) {
                throw new IllegalArgumentException("Two listeners have the name " + listener.name() + ".");
            }
        }
    }
}
