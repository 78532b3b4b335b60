package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Entitlement;
import dev.charter.format.LeaseProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTest {
    static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir Path folder;

    World world() {
        return new World(folder.resolve("home"));
    }

    @Test void each_boundary_is_published_by_the_first_tick_after_it() {
        var world = world();
        world.issuer.until = Optional.of(Instant.parse("2026-04-01T00:00:00Z"));
        world.issuer.grace = Duration.ofDays(14);
        world.issuer.entitlements.add(new Entitlement.Feature("trial", Optional.of(Instant.parse("2026-03-10T00:00:00Z"))));
        world.issuer.entitlements.add(new Entitlement.Meter("extra", OptionalLong.empty(), Optional.of(Instant.parse("2026-03-10T00:00:00Z"))));
        try (var client = world.activated()) {
            world.unreachable();
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.limit("extra")).isEmpty();

            world.clocks.pass(Duration.between(world.clocks.truth(), Instant.parse("2026-03-02T00:00:00Z")).minus(SECOND));
            world.background.task("clock");
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            oneSecond(world);
            assertThat(client.state()).isEqualTo(new LicenseState.EndingSoon(license(client), false, Instant.parse("2026-04-01T00:00:00Z"), Instant.parse("2026-04-15T00:00:00Z")));

            world.clocks.pass(Duration.between(world.clocks.truth(), Instant.parse("2026-03-10T00:00:00Z")).minus(SECOND));
            world.background.task("clock");
            assertThat(client.allows("trial")).isTrue();
            oneSecond(world);
            assertThat(client.allows("trial")).isFalse();
            assertThat(client.limit("extra")).isEqualTo(OptionalLong.of(0));
            assertThat(client.allows("sparkplug")).isTrue();

            world.clocks.pass(Duration.between(world.clocks.truth(), Instant.parse("2026-04-01T00:00:00Z")).minus(SECOND));
            world.background.task("clock");
            assertThat(client.configurationLocked()).isFalse();
            oneSecond(world);
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Grace.class, grace -> assertThat(grace.cause()).isEqualTo(LicenseState.Cause.TERM));
            assertThat(client.configurationLocked()).isTrue();
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.allows("trial")).as("ended before the term did").isFalse();

            world.clocks.pass(Duration.ofDays(14).minus(SECOND));
            world.background.task("clock");
            assertThat(client.allows("sparkplug")).isTrue();
            oneSecond(world);
            assertThat(client.state()).isEqualTo(new LicenseState.Ended(license(client), LicenseState.Cause.TERM, Instant.parse("2026-04-15T00:00:00Z"), 0));
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.limit("messages")).isEqualTo(OptionalLong.of(0));
        }
    }

    private static void oneSecond(World world) {
        world.clocks.pass(SECOND);
        world.background.task("clock");
    }

    private static dev.charter.format.UsageLicense license(LicenseClient client) {
        return dev.charter.format.UsageLicense.read(client.usageLicense().orElseThrow().payload());
    }

    @Test void a_boundary_that_passed_while_the_machine_slept_is_published_by_the_first_tick() {
        var world = world();
        world.issuer.until = Optional.of(Instant.parse("2026-04-01T00:00:00Z"));
        world.issuer.grace = Duration.ZERO;
        try (var client = world.activated()) {
            world.clocks.sleep(Duration.ofDays(40));
            world.background.task("clock");
            assertThat(client.state()).isInstanceOf(LicenseState.Ended.class);
        }
    }

    @Test void support_is_told_until_when_it_lasts_and_does_not_stop_a_feature() {
        var world = world();
        var end = Instant.parse("2027-03-31T00:00:00Z");
        world.issuer.entitlements.add(new Entitlement.Support(end));
        try (var client = world.activated()) {
            assertThat(client.supportUntil()).contains(end);
            world.pass(Duration.ofDays(500), Duration.ofDays(10));
            assertThat(client.supportUntil()).contains(end);
            assertThat(client.allows("sparkplug")).isTrue();
        }
    }

    @ParameterizedTest @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void clocks_set_back_and_forth_while_the_program_runs_lengthen_a_term_by_less_than_5_minutes_altogether(long seed) {
        var random = new Random(seed);
        var world = world();
        var end = Instant.parse("2026-03-20T00:00:00Z");
        world.issuer.until = Optional.of(end);
        world.issuer.grace = Duration.ZERO;
        try (var client = world.activated()) {
            world.unreachable();
            while (world.clocks.truth().isBefore(end.plus(Duration.ofMinutes(5)))) {
                world.clocks.pass(Duration.ofSeconds(1 + random.nextInt(3600)));
                if (random.nextInt(3) == 0) {
                    // Behind the truth by up to a year, or a little; now and then right.
                    var back = random.nextBoolean() ? Duration.ofSeconds(random.nextInt(365 * 86400)) : Duration.ofSeconds(random.nextInt(300));
                    world.clocks.setWall(random.nextInt(4) == 0 ? world.clocks.truth() : world.clocks.truth().minus(back));
                }
                world.background.task("clock");
                if (random.nextInt(10) == 0) {
                    client.reactivate();
                }
            }
            assertThat(client.allows("sparkplug")).as("seed " + seed).isFalse();
        }
    }

    @ParameterizedTest @ValueSource(longs = {4, 7, 11})
    void restarts_with_a_clock_set_back_go_on_from_the_latest_time_seen(long seed) {
        var random = new Random(seed);
        var world = world();
        var end = Instant.parse("2026-03-20T00:00:00Z");
        world.issuer.until = Optional.of(end);
        world.issuer.grace = Duration.ZERO;
        var client = world.activated();
        world.unreachable();
        while (world.clocks.truth().isBefore(end.plus(Duration.ofMinutes(5)))) {
            world.clocks.pass(Duration.ofSeconds(1 + random.nextInt(7200)));
            world.background.task("clock");
            if (random.nextInt(5) == 0) {
                client.close();
                world.clocks.setWall(world.clocks.truth().minus(Duration.ofSeconds(random.nextInt(365 * 86400))));
                client = world.open();
            }
        }
        world.background.task("clock");
        assertThat(client.allows("sparkplug")).as("seed " + seed).isFalse();
        client.close();
    }

    @Test void a_clock_set_forward_by_mistake_and_corrected_is_settled_by_the_next_answer() {
        var world = world();
        world.issuer.until = Optional.of(Instant.parse("2027-01-01T00:00:00Z"));
        try (var client = world.activated()) {
            world.clocks.setWall(Instant.parse("2035-01-01T00:00:00Z"));
            world.background.task("clock");
            assertThat(client.allows("sparkplug")).as("a clock that goes forward is believed").isFalse();
            world.clocks.setWallRight();
            world.background.task("clock");
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.reactivate()).isInstanceOf(Activation.Activated.class);
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.notices()).anySatisfy(notice -> assertThat(notice.message()).contains("clock was ahead"));
            // And the time goes on rightly from there, up to the very end.
            world.unreachable();
            world.pass(Duration.between(world.clocks.truth(), Instant.parse("2027-01-14T23:00:00Z")), Duration.ofHours(12));
            assertThat(client.state()).isInstanceOf(LicenseState.Grace.class);
            world.pass(Duration.ofHours(2), Duration.ofMinutes(1));
            assertThat(client.allows("sparkplug")).isFalse();
        }
    }

    @Test void a_clock_that_is_still_wrong_is_settled_too_and_believed_again_once_it_is_right() {
        var world = world();
        world.issuer.until = Optional.of(Instant.parse("2027-01-01T00:00:00Z"));
        world.issuer.grace = Duration.ZERO;
        try (var client = world.activated()) {
            world.clocks.setWall(Instant.parse("2035-01-01T00:00:00Z"));
            world.background.task("clock");
            client.reactivate();
            assertThat(client.allows("sparkplug")).isTrue();
            world.pass(Duration.ofDays(2), Duration.ofHours(1));
            assertThat(client.allows("sparkplug")).as("while it is still wrong").isTrue();
            world.clocks.setWallRight();
            world.pass(Duration.ofDays(2), Duration.ofHours(1));
            world.clocks.sleep(Duration.ofDays(400));
            world.background.task("clock");
            assertThat(client.allows("sparkplug")).as("sleep is seen again").isFalse();
        }
    }

    @Test void the_background_settles_a_clock_set_forward_within_minutes() {
        var world = world();
        world.issuer.until = Optional.of(Instant.parse("2027-01-01T00:00:00Z"));
        try (var client = world.activated()) {
            world.clocks.setWall(Instant.parse("2035-01-01T00:00:00Z"));
            world.pass(Duration.ofMinutes(3), Duration.ofSeconds(5));
            assertThat(client.allows("sparkplug")).isTrue();
        }
    }

    @Test void a_clock_set_forward_is_settled_by_letter_as_well() {
        var world = world();
        world.issuer.until = Optional.of(Instant.parse("2027-01-01T00:00:00Z"));
        try (var client = world.activated()) {
            world.unreachable();
            world.clocks.setWall(Instant.parse("2035-01-01T00:00:00Z"));
            world.background.task("clock");
            world.clocks.setWallRight();
            var letter = World.made(client.makeRequest(world.key));
            world.clocks.pass(Duration.ofDays(3));
            var answer = world.issuer.license(letter);
            world.clocks.pass(Duration.ofDays(4));
            assertThat(client.install(answer)).isInstanceOf(Activation.Activated.class);
            assertThat(client.allows("sparkplug")).isTrue();
        }
    }

    @Test void an_answer_that_is_held_back_does_not_turn_the_time_back() {
        var world = world();
        world.issuer.until = Optional.of(Instant.parse("2026-06-01T00:00:00Z"));
        world.issuer.grace = Duration.ZERO;
        try (var client = world.activated()) {
            world.unreachable();
            var letter = World.made(client.makeRequest(world.key));
            var answer = world.issuer.license(letter);
            world.pass(Duration.ofDays(100), Duration.ofDays(1));
            assertThat(client.allows("sparkplug")).isFalse();
            world.clocks.setWall(Instant.parse("2026-03-01T08:00:00Z"));
            client.install(answer);
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.state()).isInstanceOf(LicenseState.Ended.class);
        }
    }

    @Test void a_clock_before_the_issue_is_shown_and_stops_nothing() {
        var world = world();
        world.activated().close();
        world.clocks.setWall(Instant.parse("2020-01-03T00:00:00Z"));
        try (var client = world.open()) {
            var states = new ArrayList<LicenseState>();
            client.onChange(states::add);
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.ClockBehind.class, behind -> assertThat(behind.clockSays()).isEqualTo(Instant.parse("2020-01-03T00:00:00Z")));
            assertThat(client.allows("sparkplug")).isTrue();
            world.pass(Duration.ofMinutes(10), Duration.ofMinutes(1));
            assertThat(states).as("a wrong clock that goes on is no news").isEmpty();
            world.clocks.setWallRight();
            world.background.round();
            assertThat(states).extracting(LicenseState::kind).containsExactly(LicenseState.Kind.LICENSED);
        }
    }

    @Test void without_contact_for_30_days_a_product_never_stops_before_the_signed_end() {
        var world = world();
        var end = Instant.parse("2026-03-31T08:00:00Z");
        world.issuer.until = Optional.of(end);
        try (var client = world.activated()) {
            world.unreachable();
            while (world.clocks.truth().isBefore(end)) {
                assertThat(client.allows("sparkplug")).isTrue();
                assertThat(client.configurationLocked()).isFalse();
                world.clocks.pass(Duration.ofMinutes(30));
                world.background.round();
            }
            assertThat(client.state()).isInstanceOf(LicenseState.Grace.class);
            assertThat(world.issuer.received.size()).as("it kept on asking, and backed off").isBetween(50, 800);
            assertThat(client.contact().unreachable()).contains("The cable is cut.");
        }
    }

    @Test void a_perpetual_license_without_a_horizon_goes_on_without_contact_for_ever() {
        var world = world();
        try (var client = world.activated()) {
            world.unreachable();
            world.pass(Duration.ofDays(20 * 365), Duration.ofDays(30));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void beyond_the_refresh_horizon_comes_grace_then_the_end_and_contact_puts_it_right() {
        var world = world();
        world.issuer.horizon = Optional.of(Duration.ofDays(60));
        try (var client = world.activated()) {
            world.unreachable();
            world.pass(Duration.ofDays(59), Duration.ofHours(12));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            world.pass(Duration.ofDays(2), Duration.ofHours(1));
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Grace.class, grace -> {
                assertThat(grace.cause()).isEqualTo(LicenseState.Cause.NO_CONTACT);
                assertThat(grace.since()).isEqualTo(Instant.parse("2026-04-30T08:00:00Z"));
            });
            assertThat(client.allows("sparkplug")).isTrue();
            world.pass(Duration.ofDays(14), Duration.ofHours(1));
            assertThat(client.state()).isInstanceOf(LicenseState.Ended.class);
            world.reachable();
            client.reactivate();
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void a_lease_counts_from_its_request_degrades_and_ends() {
        var world = world();
        world.issuer.type = dev.charter.format.LicenseType.LEASED;
        world.issuer.lease = Optional.of(LeaseProfile.PLANT);
        try (var client = world.activated()) {
            world.unreachable();
            world.pass(Duration.ofMinutes(59), Duration.ofMinutes(1));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            world.pass(Duration.ofMinutes(1), Duration.ofMinutes(1));
            assertThat(client.state()).isEqualTo(new LicenseState.Degraded(license(client), false, Instant.parse("2026-03-01T09:00:00Z"), Instant.parse("2026-03-04T08:00:00Z"), 0));
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(client.configurationLocked()).isTrue();
            world.pass(Duration.ofDays(3), Duration.ofHours(1));
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Ended.class, ended -> assertThat(ended.cause()).isEqualTo(LicenseState.Cause.LEASE));
            assertThat(client.configurationLocked()).as("the end is no way out of the lock").isTrue();
        }
    }
}
