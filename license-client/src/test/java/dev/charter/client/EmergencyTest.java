package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.SelfHelp;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmergencyTest {
    @TempDir Path folder;
    World world;

    @BeforeEach void aLicenseWithThreeEmergencyDaysThatEndsInADay() {
        world = new World(folder.resolve("home"));
        world.issuer.until = Optional.of(Instant.parse("2026-03-02T08:00:00Z"));
        world.issuer.grace = Duration.ZERO;
        world.issuer.emergencyDays = 3;
    }

    LicenseClient ended() {
        var client = world.activated();
        world.unreachable();
        world.pass(Duration.ofDays(2), Duration.ofHours(1));
        assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Ended.class, ended -> assertThat(ended.emergencyDaysLeft()).isEqualTo(3));
        return client;
    }

    @Test void the_administrator_starts_them_without_asking_anyone_and_only_as_many_as_signed_run() {
        try (var client = ended()) {
            var start = world.clocks.truth();
            assertThat(client.startEmergency("admin")).isEqualTo(new EmergencyStart.Started(2));
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Emergency.class, emergency -> {
                assertThat(emergency.startedBy()).isEqualTo("admin");
                assertThat(emergency.startedAt()).isEqualTo(start);
                assertThat(emergency.daysUsed()).isEqualTo(1);
                assertThat(emergency.daysSigned()).isEqualTo(3);
            });
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.configurationLocked()).isFalse();
            for (int hour = 1; hour < 3 * 24; hour++) {
                world.pass(Duration.ofHours(1), Duration.ofHours(1));
                int day = hour / 24 + 1;
                assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Emergency.class, emergency -> assertThat(emergency.daysUsed()).isEqualTo(day));
                assertThat(client.allows("sparkplug")).isTrue();
            }
            world.pass(Duration.ofHours(1), Duration.ofHours(1));
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Ended.class, ended -> assertThat(ended.emergencyDaysLeft()).isZero());
            assertThat(client.startEmergency("admin")).isEqualTo(new EmergencyStart.NotPossible("All emergency days of this license are used."));
        }
    }

    @Test void days_used_are_kept_over_restarts_and_days_switched_off_are_not_used() {
        var client = ended();
        client.startEmergency("admin");
        world.pass(Duration.ofHours(2), Duration.ofHours(1));
        client.close();
        world.clocks.pass(Duration.ofDays(10));
        try (var again = world.open()) {
            again.check();
            assertThat(again.state()).isInstanceOfSatisfying(LicenseState.Emergency.class, emergency -> assertThat(emergency.daysUsed()).isEqualTo(2));
        }
        for (int i = 0; i < 5; i++) {
            try (var again = world.open()) {
                assertThat(again.check()).as("a restart on the same day uses no day")
                        .isInstanceOfSatisfying(LicenseState.Emergency.class, emergency -> assertThat(emergency.daysUsed()).isEqualTo(2));
            }
        }
    }

    @Test void a_renewed_license_ends_the_emergency_and_keeps_what_is_left() {
        try (var client = ended()) {
            client.startEmergency("admin");
            world.reachable();
            world.issuer.until = Optional.of(Instant.parse("2026-03-06T08:00:00Z"));
            client.reactivate();
            assertThat(client.state()).isInstanceOf(LicenseState.EndingSoon.class);
            world.unreachable();
            world.pass(Duration.ofDays(4), Duration.ofHours(1));
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Ended.class, ended -> assertThat(ended.emergencyDaysLeft()).isEqualTo(2));
        }
    }

    @Test void the_vendor_is_told_how_many_were_used_when_there_is_contact_again() {
        try (var client = ended()) {
            client.startEmergency("admin");
            var second = world.clocks.truth().plus(Duration.ofDays(1));
            world.pass(Duration.ofHours(25), Duration.ofHours(1));
            world.reachable();
            world.issuer.until = Optional.of(Instant.parse("2026-04-01T08:00:00Z"));
            assertThat(told(0)).as("before the first one").isEmpty();
            client.reactivate();
            assertThat(told(world.issuer.received.size() - 1)).contains(new SelfHelp(2, Optional.of(second), Optional.empty()));
            client.activate(world.key);
            assertThat(told(world.issuer.received.size() - 1)).as("by the license's key").isPresent();
        }
    }

    @Test void what_was_used_since_the_last_request_is_told_when_the_license_is_given_back_online_and_by_letter() {
        try (var client = ended()) {
            client.startEmergency("admin");
            var first = world.clocks.truth();
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> {
                assertThat(done.acknowledged()).isFalse();
                assertThat(Verifier.release(done.proof()).document().selfHelp()).as("by letter").contains(new SelfHelp(1, Optional.of(first), Optional.empty()));
            });
            world.reachable();
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> assertThat(done.acknowledged()).isTrue());
            assertThat(world.issuer.received.get(world.issuer.received.size() - 1).selfHelp()).as("online").contains(new SelfHelp(1, Optional.of(first), Optional.empty()));
        }
    }

    @Test void a_license_of_which_no_day_was_used_is_given_back_without_a_word_of_it() {
        try (var client = world.activated()) {
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> assertThat(done.proof().selfHelp()).isEmpty());
        }
    }

    private Optional<SelfHelp> told(int request) {
        return UsageRequest.read(world.issuer.received.get(request).payload()).selfHelp();
    }

    @Test void they_are_not_for_a_license_that_is_in_force_or_was_suspended() {
        try (var client = world.activated()) {
            assertThat(client.startEmergency("admin")).isInstanceOf(EmergencyStart.NotPossible.class);
            world.issuer.refuses = Optional.of(dev.charter.format.RefusalCode.LICENSE_SUSPENDED);
            client.reactivate();
            assertThat(client.startEmergency("admin")).isInstanceOf(EmergencyStart.NotPossible.class);
            assertThat(client.startEmergency(" ")).isInstanceOf(EmergencyStart.NotPossible.class);
        }
    }

    @Test void each_day_is_recorded_with_who_started_it() {
        var client = ended();
        client.startEmergency("admin");
        world.pass(Duration.ofHours(25), Duration.ofHours(1));
        client.close();
        var settings = world.settings();
        try (var kept = HostFolder.open(settings, new Notices(world.clocks::instant, settings.background()))) {
            assertThat(kept.standing().emergencyDays()).extracting(EmergencyDay::startedBy).containsExactly("admin", "admin");
            assertThat(kept.standing().emergencyDays()).extracting(EmergencyDay::license).containsOnly("lic-1");
        } catch (java.io.IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }
}
