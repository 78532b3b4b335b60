package dev.charter.mqtt.sparkplug;

import java.time.Instant;
import java.util.Optional;

/// A device below an edge node.
///
/// @param online whether its birth is newer than its death and its node's
public record SparkplugDevice(String name, boolean online, Optional<Instant> bornAt, Optional<Instant> diedAt) {}
