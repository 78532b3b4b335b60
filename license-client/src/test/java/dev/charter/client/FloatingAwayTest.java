package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.LeaseProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Servers that are away, that are reached some other way, whose clock is another, or that are none.
class FloatingAwayTest extends FloatingStories {
    @Test void a_release_that_does_not_arrive_is_sent_again_and_stands_in_nobodys_way() {
        try (var client = open()) {
            client.takeSeat(both());
            first.away = true;
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, done -> assertThat(done.acknowledged()).isFalse());
            assertThat(client.takeSeat(both())).isInstanceOf(Activation.Activated.class);
            assertThat(second.holders).hasSize(1);

            first.away = false;
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(first.holders).isEmpty();
            assertThat(client.seat().orElseThrow().server()).contains(second.url);
        }
    }

    @Test void when_the_server_is_away_all_three_limits_hold_and_say_until_when() {
        try (var client = open()) {
            client.takeSeat(new SeatChoice(List.of(first.url), List.of(), Optional.empty()));
            first.away = true;
            world.pass(Duration.ofSeconds(119), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.seat().orElseThrow().away()).contains("No connection to https://first.plant:16090.");
            assertThat(client.contact().unreachable()).isPresent();

            world.pass(Duration.ofSeconds(2), SECOND);
            assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Degraded.class, degraded -> assertThat(degraded.dataUntil()).isEqualTo("2026-03-01T08:10:00Z"));
            assertThat(client.allows("mqtt")).isTrue();

            world.pass(Duration.ofMinutes(8), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Ended.class);
            assertThat(client.waitsForSeat()).get().satisfies(wait -> assertThat(wait.code()).isEmpty());

            first.away = false;
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.waitsForSeat()).isEmpty();
        }
    }

    @Test void a_seat_of_the_second_server_is_taken_only_when_the_first_is_away_past_degraded_and_the_first_is_given_back_as_soon_as_it_is_there() {
        try (var client = open()) {
            client.takeSeat(both());
            first.away = true;
            world.pass(Duration.ofSeconds(118), SECOND);
            assertThat(second.received).isEmpty();

            world.pass(Duration.ofSeconds(20), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.seat().orElseThrow().server()).contains(second.url);
            assertThat(first.holders).hasSize(1);

            first.away = false;
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(first.holders).as("one seat is enough").isEmpty();
            world.pass(Duration.ofMinutes(5), SECOND);
            assertThat(second.holders).as("it stays where it is").hasSize(1);
            assertThat(first.holders).isEmpty();
        }
        assertThat(second.holders).isEmpty();
    }

    @Test void another_address_of_the_same_pool_is_asked_to_renew_at_once() {
        var node = new TestServer("https://node-b.plant:16090", "lic-first", world.issuer, world.clocks) ;
        var links = Map.of(first.url, (ServerLink) first, node.url, new ServerLink() {
            @Override
            public Reply pools() {
                return first.pools();
            }

            @Override
            public Reply pool(String license) {
                return first.pool(license);
            }

            @Override
            public Reply post(dev.charter.format.DocumentKind kind, byte[] document) {
                return first.post(kind, document);
            }

            @Override
            public void close() {}
        });
        var cut = new boolean[1];
        try (var client = world.builder().links(url -> url.equals(first.url) ? new Cut(first, cut) : links.get(url)).open()) {
            client.takeSeat(new SeatChoice(List.of(first.url, node.url), List.of(), Optional.empty()));
            cut[0] = true;
            world.pass(Duration.ofMinutes(2), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.seat().orElseThrow().server()).contains(node.url);
            assertThat(first.holders).hasSize(1);
        }
    }

    private record Cut(ServerLink way, boolean[] cut) implements ServerLink {
        private Reply or(java.util.function.Supplier<Reply> reply) {
            return cut[0] ? new Reply.Unreachable("The cable is cut.", Optional.empty()) : reply.get();
        }

        @Override
        public Reply pools() {
            return or(way::pools);
        }

        @Override
        public Reply pool(String license) {
            return or(() -> way.pool(license));
        }

        @Override
        public Reply post(dev.charter.format.DocumentKind kind, byte[] document) {
            return or(() -> way.post(kind, document));
        }

        @Override
        public void close() {}
    }

    @Test void clocks_of_host_and_server_that_are_two_hours_apart_do_not_matter() {
        for (var ahead : List.of(Duration.ofHours(2), Duration.ofHours(-2))) {
            first.ahead = ahead;
            first.from = world.clocks.truth().plus(ahead); // sold a moment ago, by the server's clock
            try (var client = open()) {
                client.takeSeat(both());
                assertThat(client.state()).as("a server that is ahead by " + ahead).isInstanceOf(LicenseState.Licensed.class);
                assertThat(client.seat().orElseThrow().fullUntil()).isEqualTo(world.clocks.truth().plusSeconds(120));
                world.pass(Duration.ofMinutes(10), SECOND);
                assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
                assertThat(Duration.between(world.clocks.truth(), client.now()).abs()).isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    @Test void a_host_whose_clock_starts_in_1970_counts_its_lease_from_when_it_asked() {
        world.clocks.setWall(Instant.EPOCH);
        try (var client = open()) {
            client.takeSeat(both());
            assertThat(client.state()).isInstanceOf(LicenseState.ClockBehind.class);
            first.away = true;
            second.away = true;
            world.pass(Duration.ofSeconds(115), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.ClockBehind.class);
            world.pass(Duration.ofSeconds(10), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Degraded.class);
        }
    }

    @Test void servers_of_others_and_noise_are_not_reached_with_a_sentence() {
        var thief = new TestServer("https://thief.plant:16090", "lic-thief", new Issuer(world.clocks::truth), world.clocks);
        var wrong = new TestServer("https://wrong.plant:16090", "lic-wrong", world.issuer, world.clocks);
        wrong.product = "other-product";
        var noisy = new TestServer("https://noisy.plant:16090", "lic-noisy", world.issuer, world.clocks);
        noisy.noise = Optional.of("<html>Log in</html>");
        var servers = Map.of(thief.url, thief, wrong.url, wrong, noisy.url, noisy, first.url, first);
        try (var client = world.builder().links(url -> servers.get(url)).open()) {
            assertThat(client.takeSeat(new SeatChoice(List.of(thief.url), List.of(), Optional.empty()))).isInstanceOfSatisfying(Activation.Unreachable.class,
                    none -> assertThat(none.reason()).contains("https://thief.plant:16090 is no floating server of this product's vendor"));
            assertThat(client.takeSeat(new SeatChoice(List.of(wrong.url, noisy.url), List.of(), Optional.empty()))).isInstanceOfSatisfying(Activation.Unreachable.class,
                    none -> assertThat(none.reason()).contains("has no pool of mqtt-server", "https://noisy.plant:16090 is no floating server. Check the address."));

            var looks = client.lookAtPools(List.of(thief.url, wrong.url, noisy.url, first.url));
            assertThat(looks).extracting(PoolLook::reachable).containsExactly(true, true, false, true);
            assertThat(looks).extracting(PoolLook::trusted).containsExactly(false, false, false, true);
            assertThat(looks.subList(0, 3)).allMatch(look -> look.message().isPresent() && look.pools().isEmpty());
            assertThat(looks.get(3).message()).isEmpty();
            assertThat(looks.get(3).pools()).singleElement().satisfies(pool -> {
                assertThat(pool.license()).isEqualTo("lic-first");
                assertThat(pool.free()).isEqualTo(2);
                assertThat(pool.features()).extracting(PoolLook.Feature::name).containsExactly("mqtt", "sparkplug");
            });
            assertThat(first.received).as("looking takes nothing").isEmpty();
        }
    }

    @Test void emergency_days_that_the_pool_signs_run_when_the_lease_has_ended() {
        first.emergencyDays = 2;
        first.profile = LeaseProfile.ELASTIC;
        try (var client = open()) {
            client.takeSeat(new SeatChoice(List.of(first.url), List.of(), Optional.empty()));
            first.away = true;
            world.pass(Duration.ofMinutes(11), SECOND);
            assertThat(client.allows("mqtt")).isFalse();

            assertThat(client.startEmergency("admin")).isEqualTo(new EmergencyStart.Started(1));
            assertThat(client.allows("mqtt")).isTrue();
            first.away = false;
            world.pass(Duration.ofMinutes(1), SECOND);
            assertThat(client.state()).as("the server is back").isInstanceOf(LicenseState.Licensed.class);
        }
    }
}
