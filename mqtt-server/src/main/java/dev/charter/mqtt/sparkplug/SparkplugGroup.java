package dev.charter.mqtt.sparkplug;

import java.util.List;

/// A group of edge nodes.
public record SparkplugGroup(String name, List<SparkplugNode> nodes) {
    public SparkplugGroup {
        nodes = List.copyOf(nodes);
    }
}
