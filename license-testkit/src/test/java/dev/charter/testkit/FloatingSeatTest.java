package dev.charter.testkit;

import static dev.charter.testkit.License.license;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.Activation;
import dev.charter.client.Deactivation;
import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.client.SeatChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Products of a hybrid vendor on a floating server, over real HTTP.
class FloatingSeatTest {
    @TempDir Path folder;
    final AuthorityInMemory vendor = AuthorityInMemory.on("2026-03-01");
    final FloatingServerInMemory server = FloatingServerInMemory.of(vendor);
    final String pool = server.sells(license().forHosts(2).withFeature("forecast").withFeature("reports"));

    @AfterEach void stop() {
        server.close();
    }

    private LicenseClient open(String name) {
        return vendor.clientOn(Host.named(name), folder.resolve(name)).floatingServers(server.url()).open();
    }

    @Test void of_three_products_on_a_pool_of_two_the_third_waits_and_is_served_when_a_seat_is_given_back() {
        var first = open("one");
        try (var second = open("two"); var third = open("three")) {
            assertThat(first.takeSeat()).isInstanceOf(Activation.Activated.class);
            assertThat(second.takeSeat()).isInstanceOf(Activation.Activated.class);
            assertThat(third.takeSeat()).isInstanceOfSatisfying(Activation.Refused.class, no -> assertThat(no.message()).startsWith("All 2 seats are taken."));
            assertThat(third.waitsForSeat()).isPresent();

            first.close();
            vendor.passes(Duration.ofSeconds(15));
            assertThat(third.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(server.seatsTaken(pool)).isEqualTo(2);
        }
        assertThat(server.seatsTaken(pool)).isZero();
    }

    @Test void a_lease_grants_what_was_asked_for_and_is_taken_back_when_the_product_does_not_renew_it() {
        var client = vendor.clientOn(Host.named("one"), folder.resolve("one")).keepSeatAtClose().open();
        client.takeSeat(new SeatChoice(List.of(server.url()), List.of("reports"), Optional.empty()));
        assertThat(client.allows("reports")).isTrue();
        assertThat(client.allows("forecast")).isFalse();
        client.close();

        vendor.passes(Duration.ofMinutes(9));
        assertThat(server.seatsTaken(pool)).isEqualTo(1);
        vendor.passes(Duration.ofMinutes(2));
        assertThat(server.seatsTaken(pool)).isZero();
    }

    @Test void while_the_server_is_away_the_product_goes_through_its_three_limits_and_comes_back() {
        try (var client = open("one")) {
            client.takeSeat();
            server.cannotBeReached();
            vendor.passes(Duration.ofSeconds(150));
            assertThat(client.state()).isInstanceOf(LicenseState.Degraded.class);
            vendor.passes(Duration.ofMinutes(9));
            assertThat(client.state()).isInstanceOf(LicenseState.Ended.class);
            server.canBeReached();
            vendor.passes(Duration.ofSeconds(45));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void what_the_server_has_is_seen_before_a_seat_is_taken_and_giving_it_back_is_confirmed() {
        try (var client = open("one")) {
            assertThat(client.lookAtPools(List.of(server.url()))).singleElement().satisfies(look -> {
                assertThat(look.trusted()).isTrue();
                assertThat(look.pools()).singleElement().satisfies(seen -> assertThat(seen.free()).isEqualTo(2));
            });
            assertThat(server.seatsTaken(pool)).isZero();
            client.takeSeat();
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> assertThat(done.acknowledged()).isTrue());
            assertThat(server.seatsTaken(pool)).isZero();
        }
    }

    @Test void another_vendors_server_is_not_trusted() {
        var other = AuthorityInMemory.on("2026-03-01", TestKeys.classical());
        try (var foreign = FloatingServerInMemory.of(other); var client = open("one")) {
            foreign.sells(license().withFeature("forecast"));
            assertThat(client.lookAtPools(List.of(foreign.url()))).singleElement().satisfies(look -> assertThat(look.trusted()).isFalse());
            assertThat(client.takeSeat(new SeatChoice(List.of(foreign.url()), List.of(), Optional.empty()))).as("what the settings name wins").isInstanceOf(Activation.Activated.class);
        }
    }
}
