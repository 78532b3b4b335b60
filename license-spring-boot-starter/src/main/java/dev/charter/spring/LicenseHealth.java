package dev.charter.spring;

import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Says *licensed* apart from *up*: a product without a license is up, and a load balancer must not take it away for that.
final class LicenseHealth implements HealthIndicator {
    private final LicenseClient client;
    private final LicenseWords words;

    LicenseHealth(LicenseClient client, LicenseWords words) {
        this.client = client;
        this.words = words;
    }

    @Override
    public Health health() {
        var state = client.state();
        var said = words.of(state);
        return Health.up().withDetail("licensed", state instanceof LicenseState.InForce).withDetail("state", StateName.of(state).text())
                .withDetail("headline", LicenseWords.plain(said.headline())).withDetail("meaning", LicenseWords.plain(said.meaning())).build();
    }
}
