package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.RefusalCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialTest {
    static final Duration TWO_HOURS = Duration.ofHours(2);
    static final Instant BEGIN = Instant.parse("2026-03-01T08:00:00Z");
    static final Instant END = BEGIN.plus(TWO_HOURS);

    @TempDir Path folder;
    World world;

    @BeforeEach void aHostWithoutALicense() {
        world = new World(folder.resolve("home"));
    }

    LicenseClient open() {
        return world.builder().trial(TWO_HOURS, "sparkplug", "bridge").open();
    }

    @Test void it_grants_the_named_features_for_two_hours_and_is_over_with_the_first_tick_after_them() {
        try (var client = open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.startTrial()).isEqualTo(new TrialStart.Started(END));
            assertThat(client.state()).isEqualTo(new LicenseState.Trial(BEGIN, END));
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.allows("bridge")).isTrue();
            assertThat(client.allows("something-else")).isFalse();
            assertThat(client.limit("messages")).hasValue(0);
            assertThat(client.configurationLocked()).isFalse();

            world.pass(TWO_HOURS.minusSeconds(1), Duration.ofMinutes(1));
            assertThat(client.allows("sparkplug")).isTrue();
            world.clocks.pass(Duration.ofSeconds(1));
            world.background.task("clock");
            assertThat(client.state()).isEqualTo(new LicenseState.TrialOver(END));
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.configurationLocked()).isFalse();
        }
    }

    @Test void it_may_be_started_again_as_often_as_wanted() {
        try (var client = open()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.startTrial()).isInstanceOf(TrialStart.Started.class);
                assertThat(client.allows("sparkplug")).isTrue();
                world.pass(Duration.ofHours(3), Duration.ofMinutes(10));
                assertThat(client.state()).isInstanceOf(LicenseState.TrialOver.class);
            }
        }
    }

    @Test void one_that_runs_goes_on_unchanged_when_it_is_started_again() {
        try (var client = open()) {
            client.startTrial();
            world.pass(Duration.ofHours(1), Duration.ofMinutes(10));
            assertThat(client.startTrial()).isEqualTo(new TrialStart.Started(END));
            assertThat(client.state()).isEqualTo(new LicenseState.Trial(BEGIN, END));
        }
    }

    @Test void each_boundary_is_told_to_listeners_once() {
        try (var client = open()) {
            var told = new ArrayList<LicenseState.Kind>();
            client.onChange(state -> told.add(state.kind()));
            client.startTrial();
            world.pass(Duration.ofHours(3), Duration.ofMinutes(1));
            assertThat(told).containsExactly(LicenseState.Kind.TRIAL, LicenseState.Kind.TRIAL_OVER);
        }
    }

    @Test void it_survives_restarts_within_its_two_hours_and_not_beyond() {
        try (var client = open()) {
            client.startTrial();
        }
        world.clocks.pass(Duration.ofMinutes(119));
        try (var client = open()) {
            assertThat(client.state()).isEqualTo(new LicenseState.Trial(BEGIN, END));
            assertThat(client.allows("sparkplug")).isTrue();
        }
        world.clocks.pass(Duration.ofMinutes(2));
        try (var client = open()) {
            assertThat(client.state()).isEqualTo(new LicenseState.TrialOver(END));
        }
    }

    @Test void a_clock_that_is_set_back_lengthens_nothing_whatever_it_is_set_to() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        try (var client = open()) {
            client.startTrial();
            while (world.clocks.truth().isBefore(END)) {
                assertThat(client.allows("sparkplug")).as("seed " + seed + " at " + world.clocks.truth()).isTrue();
                world.clocks.setWall(world.clocks.truth().minusSeconds(random.nextInt(1_000_000)));
                world.background.task("clock");
                world.clocks.pass(Duration.ofMinutes(1));
                world.background.task("clock");
            }
            assertThat(client.allows("sparkplug")).as("seed " + seed).isFalse();
        }
    }

    @Test void a_clock_set_back_while_the_program_is_off_does_not_bring_back_what_was_used() {
        try (var client = open()) {
            client.startTrial();
            world.pass(Duration.ofMinutes(90), Duration.ofMinutes(1));
        }
        world.clocks.setWall(Instant.parse("2020-01-01T00:00:00Z"));
        try (var client = open()) {
            world.pass(Duration.ofMinutes(31), Duration.ofMinutes(1));
            assertThat(client.state()).isInstanceOf(LicenseState.TrialOver.class);
        }
    }

    @Test void one_started_under_a_clock_that_was_ahead_is_not_longer_for_that() {
        try (var client = open()) {
            world.clocks.setWall(Instant.parse("2035-01-01T00:00:00Z"));
            world.background.task("clock");
            client.startTrial();
            world.clocks.setWallRight();
            world.clocks.pass(Duration.ofMinutes(5));
            world.issuer.refuses = Optional.of(RefusalCode.KEY_UNKNOWN);
            client.activate(world.key);
            assertThat(client.allows("sparkplug")).as("the answer has shown what time it is").isTrue();
            world.unreachable();
            world.pass(Duration.ofMinutes(116), Duration.ofMinutes(1));
            assertThat(client.allows("sparkplug")).isFalse();
        }
    }

    @Test void a_license_ends_it_and_giving_that_back_does_not_bring_it_back() {
        try (var client = open()) {
            client.startTrial();
            world.issuer.entitlements.clear();
            world.issuer.entitlements.add(new dev.charter.format.Entitlement.Feature("other", Optional.empty()));
            client.activate(world.key);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.allows("sparkplug")).as("only what was bought").isFalse();
            client.deactivate();
            assertThat(client.state()).isInstanceOf(LicenseState.Released.class);
        }
    }

    @Test void it_never_starts_over_a_license_in_force() {
        world.issuer.until = Optional.of(Instant.parse("2026-03-10T00:00:00Z"));
        world.issuer.grace = Duration.ofDays(14);
        try (var client = open()) {
            client.activate(world.key);
            assertThat(client.startTrial()).isInstanceOf(TrialStart.NotPossible.class);
            assertThat(client.state()).isInstanceOf(LicenseState.EndingSoon.class);
            world.unreachable();
            world.pass(Duration.ofDays(10), Duration.ofHours(1));
            assertThat(client.state()).isInstanceOf(LicenseState.Grace.class);
            assertThat(client.startTrial()).isInstanceOf(TrialStart.NotPossible.class);
            assertThat(client.state()).isInstanceOf(LicenseState.Grace.class);
        }
    }

    @Test void it_does_not_replace_what_the_vendor_has_stopped() {
        try (var client = open()) {
            client.activate(world.key);
            for (var code : new RefusalCode[] {RefusalCode.LICENSE_SUSPENDED, RefusalCode.LICENSE_REVOKED}) {
                world.issuer.refuses = Optional.of(code);
                client.reactivate();
                assertThat(client.startTrial()).isInstanceOf(TrialStart.NotPossible.class);
                assertThat(client.allows("sparkplug")).isFalse();
            }
        }
    }

    @Test void over_a_license_that_has_ended_it_shows_the_end_again_when_it_is_over() {
        world.issuer.until = Optional.of(Instant.parse("2026-03-02T08:00:00Z"));
        world.issuer.grace = Duration.ZERO;
        world.issuer.emergencyDays = 1;
        try (var client = open()) {
            client.activate(world.key);
            world.unreachable();
            world.pass(Duration.ofDays(2), Duration.ofHours(1));
            client.startTrial();
            assertThat(client.state()).isInstanceOf(LicenseState.Trial.class);
            assertThat(client.stateWithoutTrial()).isInstanceOf(LicenseState.Ended.class);
            world.pass(Duration.ofHours(2), Duration.ofMinutes(1));
            assertThat(client.state()).isInstanceOf(LicenseState.Ended.class);
            client.startTrial();
            assertThat(client.startEmergency("admin")).isEqualTo(new EmergencyStart.Started(0));
            assertThat(client.state()).as("emergency days are the license's own").isInstanceOf(LicenseState.Emergency.class);
            world.reachable();
            world.issuer.until = Optional.empty();
            assertThat(client.reactivate()).isInstanceOf(Activation.Activated.class);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void after_a_license_was_given_back_it_may_be_started_and_the_proof_is_still_there() {
        try (var client = open()) {
            client.activate(world.key);
            world.clocks.pass(Duration.ofMinutes(1));
            client.deactivate();
            world.clocks.pass(Duration.ofMinutes(1));
            client.startTrial();
            assertThat(client.state()).isInstanceOf(LicenseState.Trial.class);
            assertThat(client.stateWithoutTrial()).isInstanceOfSatisfying(LicenseState.Released.class, released -> assertThat(released.acknowledged()).isTrue());
            world.pass(Duration.ofHours(3), Duration.ofMinutes(10));
            assertThat(client.state()).isInstanceOf(LicenseState.TrialOver.class);
            assertThat(client.deactivate()).as("the proof can be asked for again").isInstanceOf(Deactivation.Deactivated.class);
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
    }

    @Test void a_request_that_waits_goes_on_waiting() {
        try (var client = open()) {
            client.makeRequest(world.key);
            client.startTrial();
            assertThat(client.waiting()).contains(new Waiting(BEGIN, true));
            assertThat(client.stateWithoutTrial()).isEqualTo(new LicenseState.NeverLicensed(Optional.of(BEGIN)));
        }
    }

    @Test void a_product_that_offers_none_has_none_even_where_an_older_release_of_it_did() {
        try (var client = open()) {
            client.startTrial();
        }
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
            assertThat(client.startTrial()).isEqualTo(new TrialStart.NotPossible("This product cannot be tried without a license."));
            assertThat(client.trialDuration()).isEmpty();
        }
    }

    @Test void where_it_cannot_be_recorded_it_does_not_start() {
        try (var client = open()) {
            client.check();
        }
        world.disk = new QuickDisk() {
            @Override
            public void create(Path file, byte[] content) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (var client = open()) {
            assertThat(client.startTrial()).isInstanceOfSatisfying(TrialStart.NotPossible.class, no -> assertThat(no.message()).contains("No space left"));
            assertThat(client.allows("sparkplug")).isFalse();
        }
    }

    @Test void a_trial_of_no_length_is_refused_when_the_product_is_put_together() {
        assertThatThrownBy(() -> world.builder().trial(Duration.ZERO, "sparkplug")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("trial");
    }
}
