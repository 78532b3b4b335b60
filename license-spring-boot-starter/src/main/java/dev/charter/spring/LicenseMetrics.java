package dev.charter.spring;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.client.Seat;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The license as gauges, read when they are scraped.
final class LicenseMetrics implements MeterBinder {
    private final LicenseClient client;
    private final LicenseSettings settings;

    LicenseMetrics(LicenseClient client, LicenseSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "charter.license.licensed", "1 while a license is in force", null, () -> client.state() instanceof LicenseState.InForce ? 1 : 0);
        gauge(registry, "charter.license.configuration.locked", "1 while changes of configuration are refused", null, () -> client.configurationLocked() ? 1 : 0);
        gauge(registry, "charter.license.remaining", "Until the license or the trial ends; not a number where nothing ends", "seconds", () -> seconds(end().map(end -> Duration.between(client.now(), end))));
        gauge(registry, "charter.license.contact.age", "Since the vendor's last answer; not a number where there was none", "seconds",
                () -> seconds(client.contact().lastAnswer().map(last -> Duration.between(last, client.now()))));
        gauge(registry, "charter.license.seat.full", "Until a seat that nobody renews is degraded; not a number without a seat", "seconds",
                () -> seconds(client.seat().map(seat -> Duration.between(client.now(), seat.fullUntil()))));
        gauge(registry, "charter.license.seat.data", "Until a seat that nobody renews has ended; not a number without a seat", "seconds",
                () -> seconds(client.seat().map(seat -> Duration.between(client.now(), seat.dataUntil()))));
        gauge(registry, "charter.license.seat.away", "1 while nobody renews the seat that is held", null, () -> client.seat().flatMap(Seat::away).isPresent() ? 1 : 0);
        gauge(registry, "charter.license.seat.waiting", "1 while a seat is waited for", null, () -> client.waitsForSeat().isPresent() ? 1 : 0);
        for (var name : StateName.values()) {
            Gauge.builder("charter.license.state", () -> StateName.of(client.state()) == name ? 1 : 0).description("1 for the present state").tag("product", settings.product())
                    .tag("state", name.text()).register(registry);
        }
    }

    private void gauge(MeterRegistry registry, String name, String description, @org.jspecify.annotations.Nullable String unit, java.util.function.Supplier<Number> value) {
        Gauge.builder(name, value).description(description).baseUnit(unit).tag("product", settings.product()).register(registry);
    }

    /// When what is granted now ends by itself.
    private Optional<Instant> end() {
        var state = client.state();
        if (state instanceof LicenseState.Trial trial) {
            return Optional.of(trial.endsAt());
        }
        if (state instanceof LicenseState.Grace grace) {
            return Optional.of(grace.dataUntil());
        }
        if (state instanceof LicenseState.Degraded degraded) {
            return Optional.of(degraded.dataUntil());
        }
        if (state instanceof LicenseState.Emergency emergency) {
            return Optional.of(emergency.dayEnds());
        }
        return state instanceof LicenseState.InForce inForce ? inForce.license().license().term().until() : Optional.empty();
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(d -> d.toMillis() / 1000.0).orElse(Double.NaN);
    }
}
