package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.DocumentKind;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A seat of a leased license, as its product has it.
class LeaseTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir Path folder;

    World world() {
        var world = new World(folder.resolve("home"));
        world.issuer.type = LicenseType.LEASED;
        world.issuer.lease = Optional.of(LeaseProfile.ELASTIC);
        world.issuer.refusesPurpose.put(Purpose.ACTIVATE, RefusalCode.TYPE_MISMATCH);
        return world;
    }

    /// The purposes of what was asked, and `RELEASE`, in order.
    private static List<String> sent(World world) {
        return world.issuer.received.stream().map(document -> document.claimedKind() == DocumentKind.RELEASE ? "RELEASE"
                : UsageRequest.read(document.payload()).purpose().name()).toList();
    }

    @Test void a_license_key_of_a_leased_license_takes_a_seat_by_itself() {
        var world = world();
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);

            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.holdsLicenseOf(world.key)).isTrue();
        }
        assertThat(sent(world)).startsWith("ACTIVATE", "ACQUIRE");
    }

    @Test void where_licenses_are_leased_a_seat_is_asked_for_at_once_with_the_slot_of_the_settings() {
        var world = world();
        try (var client = world.builder().leased().slot("broker-0").open()) {
            client.activate(world.key);
        }
        assertThat(sent(world)).containsExactly("ACQUIRE", "RELEASE");
        assertThat(world.issuer.asked(0).seat()).contains(new SeatWish(List.of(), Optional.of("broker-0"), Optional.empty()));
    }

    @Test void it_is_renewed_as_often_as_the_lease_says_and_never_ends_meanwhile() {
        var world = world();
        try (var client = world.activated()) {
            world.pass(Duration.ofHours(1), SECOND);

            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(sent(world)).filteredOn("RENEW"::equals).hasSizeBetween(105, 140);
            assertThat(world.issuer.received.stream().skip(2).map(SignedDocument::digest).distinct().count()).isEqualTo(world.issuer.received.size() - 2L);
        }
    }

    @Test void when_the_server_is_away_the_product_works_fully_then_locks_its_settings_and_at_the_end_refuses_new_work() {
        var world = world();
        try (var client = world.activated()) {
            world.unreachable();
            world.pass(Duration.ofSeconds(119), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);

            world.pass(Duration.ofSeconds(2), SECOND);
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Degraded.class,
                    degraded -> assertThat(degraded.dataUntil()).isEqualTo("2026-03-01T08:10:00Z"));
            assertThat(client.configurationLocked()).isTrue();
            assertThat(client.allows("sparkplug")).isTrue();

            world.pass(Duration.ofMinutes(8), SECOND);
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Ended.class, ended -> assertThat(ended.cause()).isEqualTo(LicenseState.Cause.LEASE));
            assertThat(client.allows("sparkplug")).isFalse();

            world.reachable();
            world.pass(Duration.ofMinutes(2), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void an_outage_between_two_limits_ends_with_the_first_answer() {
        var world = world();
        try (var client = world.activated()) {
            world.unreachable();
            world.pass(Duration.ofMinutes(5), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Degraded.class);
            int tries = world.issuer.received.size();

            world.reachable();
            world.pass(Duration.ofSeconds(40), SECOND);

            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.configurationLocked()).isFalse();
            assertThat(tries).as("tried again within a part of the time, and not all the time").isBetween(8, 25);
        }
    }

    @Test void it_counts_from_the_moment_that_the_request_was_sent_and_a_clock_that_is_set_back_lengthens_nothing() {
        var world = world();
        try (var client = world.open()) {
            world.issuer.way = reply -> {
                world.clocks.pass(Duration.ofSeconds(50)); // the answer is slow
                return reply;
            };
            client.activate(world.key);
            world.unreachable();
            world.clocks.setWall(world.clocks.truth().minus(Duration.ofHours(2)));

            world.pass(Duration.ofSeconds(75), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Degraded.class);
        }
    }

    @Test void a_retry_after_is_kept_to() {
        var world = world();
        try (var client = world.activated()) {
            world.issuer.way = reply -> new Transport.Reply.Unreachable("busy", Optional.of(Duration.ofSeconds(90)));
            world.pass(Duration.ofSeconds(40), SECOND);
            int asked = world.issuer.received.size();

            world.pass(Duration.ofSeconds(45), SECOND);
            assertThat(world.issuer.received).hasSize(asked);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void a_product_that_stops_gives_its_seat_back_and_has_one_again_when_it_starts() {
        var world = world();
        world.activated().close();
        assertThat(sent(world)).containsExactly("ACTIVATE", "ACQUIRE", "RELEASE");

        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
            world.pass(Duration.ofSeconds(15), SECOND); // also without its key
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
        assertThat(sent(world)).containsExactly("ACTIVATE", "ACQUIRE", "RELEASE", "ACQUIRE", "RELEASE", "ACQUIRE", "RELEASE");
    }

    @Test void a_release_that_did_not_arrive_goes_before_the_next_seat_is_asked_for() {
        var world = world();
        var client = world.activated();
        world.unreachable();
        client.close();

        try (var again = world.open()) {
            assertThat(again.activate(world.key)).isInstanceOf(Activation.Unreachable.class);
            world.reachable();
            assertThat(again.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
        assertThat(sent(world)).containsExactly("ACTIVATE", "ACQUIRE", "RELEASE", "RELEASE", "RELEASE", "ACQUIRE", "RELEASE");
        var releases = world.issuer.received.stream().filter(document -> document.claimedKind() == DocumentKind.RELEASE).map(document -> Release.read(document.payload()).usageLicense()).distinct();
        assertThat(releases).hasSize(2);
    }

    @Test void who_only_looks_keeps_the_seat() {
        var world = world();
        world.builder().keepSeatAtClose().open().close();
        var client = world.builder().keepSeatAtClose().open();
        client.activate(world.key);
        client.close();

        assertThat(sent(world)).containsExactly("ACTIVATE", "ACQUIRE");
    }

    @Test void a_product_that_was_killed_goes_on_with_its_lease_and_renews_it() {
        var world = world();
        var killed = world.builder().keepSeatAtClose().open();
        killed.activate(world.key);
        killed.close(); // what a kill leaves
        world.clocks.pass(Duration.ofSeconds(60));

        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            world.pass(Duration.ofMinutes(3), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
        assertThat(sent(world)).startsWith("ACTIVATE", "ACQUIRE", "RENEW");
    }

    @Test void when_all_seats_are_taken_one_is_asked_for_again_until_there_is_one() {
        var world = world();
        world.issuer.refusesPurpose.put(Purpose.ACQUIRE, RefusalCode.NO_SEAT_FREE);
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isEqualTo(new Activation.Refused(RefusalCode.NO_SEAT_FREE, RefusalCode.NO_SEAT_FREE.advice()));
            world.pass(Duration.ofMinutes(1), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
            assertThat(world.issuer.received.size()).isBetween(6, 9);

            world.issuer.refusesPurpose.remove(Purpose.ACQUIRE);
            world.pass(Duration.ofSeconds(12), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void a_lease_that_the_issuer_has_ended_is_asked_for_anew() {
        var world = world();
        try (var client = world.activated()) {
            world.issuer.refusesPurpose.put(Purpose.RENEW, RefusalCode.RELEASED);
            world.pass(Duration.ofSeconds(40), SECOND);

            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(sent(world)).endsWith("RENEW", "ACQUIRE");
        }
    }

    @Test void whose_slot_was_taken_over_is_fenced_and_asks_no_more() {
        var world = world();
        try (var client = world.activated()) {
            world.issuer.refuses = Optional.of(RefusalCode.RELEASED);
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Fenced.class);

            int asked = world.issuer.received.size();
            world.pass(Duration.ofMinutes(30), SECOND);
            assertThat(world.issuer.received).hasSize(asked);
        }
    }

    @Test void a_copy_asks_for_a_seat_of_its_own_under_a_key_of_its_own() {
        var world = world();
        try (var client = world.activated()) {
            var before = client.host().keys();
            world.issuer.refusesPurpose.put(Purpose.RENEW, RefusalCode.REQUEST_SUPERSEDED);
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(client.contact().behind()).isTrue();

            world.issuer.refusesPurpose.remove(Purpose.RENEW);
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(client.contact().behind()).isFalse();
            assertThat(client.host().keys()).isNotEqualTo(before);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void a_person_who_deactivates_ends_it_for_good() {
        var world = world();
        try (var client = world.activated()) {
            client.deactivate();
            world.pass(Duration.ofMinutes(5), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Released.class);
        }
        try (var client = world.open()) {
            world.pass(Duration.ofMinutes(5), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Released.class);
        }
        assertThat(sent(world)).containsExactly("ACTIVATE", "ACQUIRE", "RELEASE");
    }
}
