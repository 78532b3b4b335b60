package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.LicenseClient;
import dev.charter.client.SeatChoice;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.FloatingServerInMemory;
import dev.charter.testkit.License;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

class HealthAndMetricsTest {
    @TempDir Path folder;

    @Test void a_seat_says_how_long_it_lasts_when_nobody_renews_it() {
        var authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var registry = new SimpleMeterRegistry();
        try (var http = FakeAuthorityHttp.serve(authority); var server = FloatingServerInMemory.of(authority);
                var product = RunningProduct.start(new HashMap<>(RunningProduct.settings(folder, authority, http)), context -> context.registerBean(MeterRegistry.class, () -> registry))) {
            assertThat(registry.get("charter.license.seat.data").gauge().value()).isNaN();
            var choice = new SeatChoice(List.of(server.url()), List.of(), Optional.empty());
            product.part(LicenseClient.class).takeSeat(choice);
            assertThat(registry.get("charter.license.seat.waiting").gauge().value()).isOne();
            assertThat(product.part(LicenseHealth.class).health().getDetails()).containsEntry("headline", "Waiting for a seat: no license server was reached");

            server.sells(License.license().ofProduct("pump-server"));
            product.part(LicenseClient.class).takeSeat(choice);
            assertThat(registry.get("charter.license.seat.full").gauge().value()).isBetween(60.0, 120.0);
            assertThat(registry.get("charter.license.seat.data").gauge().value()).isBetween(500.0, 600.0);
            assertThat(registry.get("charter.license.seat.away").gauge().value()).isZero();

            server.cannotBeReached();
            product.part(LicenseClient.class).reactivate();
            assertThat(registry.get("charter.license.seat.away").gauge().value()).isOne();
            assertThat(product.part(LicenseHealth.class).health().getDetails()).containsEntry("licensed", true);
        }
    }

    @Test void licensed_is_said_apart_from_up_and_measured() {
        var authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var registry = new SimpleMeterRegistry();
        try (var http = FakeAuthorityHttp.serve(authority);
                var product = RunningProduct.start(new HashMap<>(RunningProduct.settings(folder, authority, http)), context -> context.registerBean(MeterRegistry.class, () -> registry))) {
            var health = product.part(LicenseHealth.class).health();
            assertThat(health.getStatus()).as("an unlicensed product is not a broken one").isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("licensed", false).containsEntry("state", "never-licensed").containsEntry("headline", "This server is not licensed");
            assertThat(registry.get("charter.license.licensed").gauge().value()).isZero();
            assertThat(registry.get("charter.license.state").tag("state", "never-licensed").gauge().value()).isOne();
            assertThat(registry.get("charter.license.remaining").gauge().value()).isNaN();

            product.part(LicenseClient.class).activate(authority.sells(License.license().ofProduct("pump-server").until(Instant.now().plusSeconds(86_400).toString())));

            health = product.part(LicenseHealth.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("licensed", true).containsEntry("state", "ending-soon");
            assertThat(health.getDetails().get("meaning").toString()).matches("On \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC .*");
            assertThat(registry.get("charter.license.licensed").gauge().value()).isOne();
            assertThat(registry.get("charter.license.state").tag("state", "never-licensed").gauge().value()).isZero();
            assertThat(registry.get("charter.license.remaining").tag("product", "pump-server").gauge().value()).isBetween(80_000.0, 86_400.0);
            assertThat(registry.get("charter.license.contact.age").gauge().value()).isNotNaN();
        }
    }
}
