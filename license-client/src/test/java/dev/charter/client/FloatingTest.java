package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SeatWish;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A seat of floating servers, as its product has it.
class FloatingTest extends FloatingStories {
    @Test void a_seat_is_taken_with_the_features_that_were_chosen_and_renewed_as_often_as_its_lease_says() {
        try (var client = open()) {
            assertThat(client.takeSeat(both("sparkplug"))).isInstanceOf(Activation.Activated.class);
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.allows("mqtt")).as("not asked for").isFalse();
            assertThat(first.request(0).seat()).contains(new SeatWish(List.of("sparkplug"), Optional.empty(), Optional.empty()));

            world.pass(Duration.ofHours(1), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(first.asked()).filteredOn("RENEW"::equals).hasSizeBetween(105, 140);
            assertThat(first.request(1).seat().orElseThrow().epoch()).as("brought back").isPresent();
            assertThat(second.received).isEmpty();
            assertThat(client.seat()).get().satisfies(seat -> {
                assertThat(seat.server()).contains(first.url);
                assertThat(seat.floating()).contains(both("sparkplug"));
                assertThat(seat.away()).isEmpty();
                assertThat(Duration.between(client.now(), seat.nextRenewal())).isLessThan(Duration.ofSeconds(34));
            });
        }
        assertThat(first.holders).as("given back when the client is closed").isEmpty();
        assertThat(world.issuer.received).as("the authority has nothing to do with it").isEmpty();
    }

    @Test void what_the_settings_name_is_taken_by_itself_at_each_start_and_given_back_at_each_stop() {
        for (int start = 0; start < 2; start++) {
            try (var client = builder().floatingServers(first.url, second.url).features("mqtt").slot("broker-0").open()) {
                world.pass(Duration.ofSeconds(12), SECOND);
                assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            }
            assertThat(first.holders).isEmpty();
        }
        assertThat(first.asked()).containsExactly("ACQUIRE", "RELEASE", "ACQUIRE", "RELEASE");
        assertThat(first.request(0).seat()).contains(new SeatWish(List.of("mqtt"), Optional.of("broker-0"), Optional.empty()));
        assertThat(first.request(2).seat().orElseThrow().epoch()).as("also after the seat was given back").isPresent();
    }

    @Test void what_a_person_chose_is_taken_again_after_a_restart_and_what_the_settings_name_wins() {
        try (var client = open()) {
            client.takeSeat(both("mqtt"));
        }
        try (var client = open()) {
            world.pass(Duration.ofSeconds(12), SECOND);
            assertThat(client.seat().orElseThrow().floating()).contains(both("mqtt"));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
        try (var client = builder().floatingServers(second.url).open()) {
            world.pass(Duration.ofSeconds(12), SECOND);
            assertThat(client.seat().orElseThrow().server()).contains(second.url);
        }
    }

    @Test void a_product_that_was_killed_goes_on_with_its_seat_and_renews_it() {
        var killed = builder().keepSeatAtClose().open();
        killed.takeSeat(both());
        killed.close(); // what a kill leaves
        world.clocks.pass(Duration.ofSeconds(60));

        try (var client = open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            world.pass(Duration.ofMinutes(3), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
        assertThat(first.asked()).startsWith("ACQUIRE", "RENEW");
    }

    @Test void a_person_who_deactivates_frees_the_seat_at_once_and_none_is_taken_before_a_person_chooses_again() {
        try (var client = builder().floatingServers(first.url).open()) {
            client.takeSeat();
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> assertThat(done.acknowledged()).isTrue());
            assertThat(first.holders).isEmpty();
            world.pass(Duration.ofMinutes(5), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Released.class);
            assertThat(client.takeSeat()).isInstanceOf(Activation.NotPossible.class);
        }
        try (var client = builder().floatingServers(first.url).open()) {
            world.pass(Duration.ofMinutes(5), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Released.class);

            assertThat(client.takeSeat(both())).isInstanceOf(Activation.Activated.class);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void settings_that_want_other_features_than_the_lease_has_get_them_at_the_start() {
        var killed = builder().keepSeatAtClose().floatingServers(first.url).features("mqtt").open();
        killed.takeSeat();
        killed.close();
        try (var client = builder().floatingServers(first.url).features("sparkplug").open()) {
            client.takeSeat();
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.allows("mqtt")).isFalse();
        }
        try (var client = builder().floatingServers(first.url).features("sparkplug", "bridge").open()) {
            assertThat(client.takeSeat()).isInstanceOfSatisfying(Activation.Refused.class, no -> assertThat(no.message()).contains("bridge"));
        }
    }

    @Test void a_host_that_holds_a_license_takes_no_seat_and_one_that_holds_a_seat_activates_no_license() {
        try (var client = open()) {
            client.activate(world.key);
            assertThat(client.takeSeat(both())).isInstanceOfSatisfying(Activation.Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.ALREADY_LICENSED));
            assertThat(first.received).isEmpty();
            client.deactivate();
            client.takeSeat(both());
            assertThat(client.activate(world.key)).isInstanceOfSatisfying(Activation.Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.ALREADY_LICENSED));
        }
        assertThat(world.issuer.received).noneMatch(document -> document.claimedKind() == dev.charter.format.DocumentKind.USAGE_REQUEST
                && dev.charter.format.UsageRequest.read(document.payload()).purpose() == Purpose.RENEW);
    }

    @Test void settings_that_contradict_one_another_are_refused() {
        assertThatThrownBy(() -> builder().features("mqtt").open()).hasMessageContaining("no floating servers");
        assertThatThrownBy(() -> builder().leased().floatingServers(first.url).open()).hasMessageContaining("leased");
        assertThatThrownBy(() -> builder().floatingServers(URI.create("ftp://plant")).open()).hasMessageContaining("is not like https://");
    }
}
