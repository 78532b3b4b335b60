package dev.charter.mqtt.sparkplug;

import dev.charter.server.web.Rejected;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Sparkplug's edge nodes and devices over HTTP.
@RestController
@RequestMapping("/api/sparkplug")
final class SparkplugResource {

    record SparkplugTree(List<SparkplugGroup> groups) {}

    record SparkplugMetrics(List<SparkplugMetric> metrics) {}

    private final SparkplugNodes nodes;

    SparkplugResource(SparkplugNodes nodes) {
        this.nodes = nodes;
    }

    @GetMapping
    SparkplugTree tree() {
        return new SparkplugTree(nodes.groups());
    }

    @GetMapping("/{group}/{node}")
    SparkplugMetrics ofNode(@PathVariable String group, @PathVariable String node) {
        return metrics(group, node, Optional.empty());
    }

    @GetMapping("/{group}/{node}/{device}")
    SparkplugMetrics ofDevice(@PathVariable String group, @PathVariable String node, @PathVariable String device) {
        return metrics(group, node, Optional.of(device));
    }

    private SparkplugMetrics metrics(String group, String node, Optional<String> device) {
        return new SparkplugMetrics(nodes.metrics(group, node, device).orElseThrow(() -> Rejected.unknown("There is no "
                + device.map(name -> "device " + name + " of the edge node ").orElse("edge node ") + node + " in the group " + group + ".")));
    }
}
