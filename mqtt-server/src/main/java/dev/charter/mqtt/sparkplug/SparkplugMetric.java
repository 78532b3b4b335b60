package dev.charter.mqtt.sparkplug;

import java.time.Instant;
import java.util.Optional;

/// One metric of an edge node or a device.
///
/// @param type as the specification names it, such as `Int32`
/// @param value as a text for people; absent when the metric is null
public record SparkplugMetric(String name, String type, Optional<String> value, Optional<Instant> at) {}
