package dev.charter.floating.operation;

import dev.charter.floating.seal.StateAltered;
import dev.charter.store.StoreFault;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What is measured, in Prometheus' text format 0.0.4.
@RestController
final class MetricsResource {
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Logger LOG = LoggerFactory.getLogger(MetricsResource.class);
    private final PrometheusMeterRegistry registry;
    private final PoolMetrics pools;

    MetricsResource(PrometheusMeterRegistry registry, PoolMetrics pools) {
        this.registry = registry;
        this.pools = pools;
    }

    @GetMapping(path = "/metrics", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> metrics() {
        try {
            pools.measure();
        } catch (StoreFault | StateAltered fault) {
            LOG.warn("the pools cannot be measured", fault); // all else is told nevertheless
        }
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(TEXT_FORMAT)).body(registry.scrape());
    }
}
