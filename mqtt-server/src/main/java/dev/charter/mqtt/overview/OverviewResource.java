package dev.charter.mqtt.overview;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What the dashboard shows.
@RestController
@RequestMapping("/api/overview")
final class OverviewResource {
    private static final int MOST_MINUTES = 24 * 60;

    /// Per second, over the last ten seconds.
    record RatesView(double publishesIn, double publishesOut, double bytesIn, double bytesOut, double dropped) {}

    /// Since the broker's start.
    record TotalsView(long publishesIn, long publishesOut, long bytesIn, long bytesOut, long dropped) {}

    record LicenseLine(String state, String headline, boolean licensed, boolean configurationLocked) {}

    record Overview(long uptimeSeconds, int connected, long retained, long subscriptions, long queued, RatesView rates, TotalsView totals, long heapUsedBytes, long heapMaxBytes,
            LicenseLine license) {}

    /// @param from when the first step began
    /// @param series `publishesIn`, `publishesOut`, `bytesIn`, `bytesOut`, `dropped` per second, and `connected`; the oldest first
    record OverviewHistory(Instant from, int stepSeconds, Map<String, double[]> series) {}

    private final Traffic traffic;
    private final History history;
    private final LicenseHeadline license;

    OverviewResource(Traffic traffic, History history, LicenseHeadline license) {
        this.traffic = traffic;
        this.history = history;
        this.license = license;
    }

    @GetMapping
    Overview show() {
        var runtime = Runtime.getRuntime();
        var rates = history.rates();
        var now = license.now();
        return new Overview(Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()).toSeconds(), traffic.connected(), traffic.retained(), traffic.subscriptions(), traffic.queued(),
                new RatesView(rates.publishesIn(), rates.publishesOut(), rates.bytesIn(), rates.bytesOut(), rates.dropped()),
                new TotalsView(traffic.publishesIn(), traffic.publishesOut(), traffic.bytesIn(), traffic.bytesOut(), traffic.dropped()),
                runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), new LicenseLine(now.state(), now.headline(), now.licensed(), now.configurationLocked()));
    }

    @GetMapping("/history")
    OverviewHistory history(@RequestParam Optional<Integer> minutes) {
        var recorded = history.last(Duration.ofMinutes(Math.clamp(minutes.orElse(60), 1, MOST_MINUTES)));
        return new OverviewHistory(recorded.from(), recorded.stepSeconds(), recorded.series());
    }
}
