package dev.charter.mqtt.sparkplug;

import java.util.List;
import java.util.Optional;

/// What this server knows of Sparkplug's groups, edge nodes and devices.
public interface SparkplugNodes {
    /// In the order of their names.
    List<SparkplugGroup> groups();

    /// The metrics as the latest birth and the data since then have them; empty when there is no such node or device.
    ///
    /// @param device absent for the edge node's own
    Optional<List<SparkplugMetric>> metrics(String group, String node, Optional<String> device);
}
