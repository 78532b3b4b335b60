package dev.charter.mqtt.sparkplug;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An edge node.
///
/// @param online whether its birth is newer than its death
/// @param clientId the MQTT client that it is
public record SparkplugNode(String name, boolean online, Optional<Instant> bornAt, Optional<Instant> diedAt, Optional<String> clientId, List<SparkplugDevice> devices) {
    public SparkplugNode {
        devices = List.copyOf(devices);
    }
}
