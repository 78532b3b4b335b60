package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SeatWish;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A seat of floating servers, as its product has it.
class FloatingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir Path folder;
    private World world;
    private TestServer first;
    private TestServer second;

    @BeforeEach
    void servers() {
        world = new World(folder.resolve("home"));
        first = new TestServer("https://first.plant:16090", "lic-first", world.issuer, world.clocks);
        second = new TestServer("https://second.plant:16090", "lic-second", world.issuer, world.clocks);
    }

    private LicenseClientBuilder builder() {
        return builder(world);
    }

    private LicenseClientBuilder builder(World host) {
        var servers = Map.of(first.url, first, second.url, second);
        return host.builder().links(url -> servers.get(url));
    }

    private LicenseClient open() {
        return builder().open();
    }

    private SeatChoice both(String... features) {
        return new SeatChoice(List.of(first.url, second.url), List.of(features), Optional.empty());
    }

    /// Another product that holds a seat.
    private LicenseClient other(String name, SeatChoice choice) {
        var host = new World(folder.resolve(name));
        var client = host.builderFor(world.issuer).links(url -> Map.of(first.url, first, second.url, second).get(url)).open();
        client.takeSeat(choice);
        return client;
    }

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

    @Test void while_all_seats_are_taken_it_waits_as_long_as_it_is_told_and_gets_the_next_one() {
        first.seats = 1;
        second.away = true;
        var holder = other("other", both());
        try (var client = open()) {
            assertThat(client.takeSeat(both())).isEqualTo(new Activation.Refused(RefusalCode.NO_SEAT_FREE, "All 1 seats are taken."));
            assertThat(client.waitsForSeat()).get().satisfies(wait -> {
                assertThat(wait.message()).isEqualTo("All 1 seats are taken.");
                assertThat(wait.servers()).containsExactly(first.url, second.url);
                assertThat(wait.since()).isEqualTo("2026-03-01T08:00:00Z");
                assertThat(wait.place()).isEmpty();
            });
            first.place = OptionalLong.of(2);
            client.takeSeat();
            assertThat(client.waitsForSeat().orElseThrow().place()).hasValue(2);
            first.retryAfter = Optional.of(Duration.ofSeconds(60));
            world.pass(Duration.ofSeconds(15), SECOND);
            int asked = first.received.size();
            world.pass(Duration.ofSeconds(45), SECOND);
            assertThat(first.received).as("told to wait a minute").hasSize(asked);
            assertThat(client.waitsForSeat().orElseThrow().since()).isEqualTo("2026-03-01T08:00:00Z");

            holder.close();
            world.pass(Duration.ofSeconds(30), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void where_the_first_server_has_no_seat_the_next_one_is_asked() {
        first.seats = 1;
        var holder = other("other", both());
        try (var client = open()) {
            assertThat(client.takeSeat(both())).isInstanceOf(Activation.Activated.class);
            assertThat(second.holders).hasSize(1);
        }
        holder.close();
    }

    @Test void features_that_no_pool_has_are_named() {
        try (var client = open()) {
            assertThat(client.takeSeat(both("bridge", "mqtt"))).isInstanceOfSatisfying(Activation.Refused.class, no -> assertThat(no.message()).isEqualTo("This pool does not hold bridge."));
            assertThat(client.waitsForSeat().orElseThrow().message()).contains("bridge");
        }
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

    @Test void who_loses_its_slot_keeps_its_data_flowing_to_the_end_and_takes_the_slot_back_only_when_told_to() {
        var choice = new SeatChoice(List.of(first.url), List.of(), Optional.of("broker-0"));
        try (var client = open()) {
            client.takeSeat(choice);
            first.holders.clear(); // another host named the slot
            world.pass(Duration.ofMinutes(5), SECOND);
            assertThat(first.asked()).containsExactly("ACQUIRE", "RENEW");
            assertThat(client.state()).isInstanceOf(LicenseState.Degraded.class);
            assertThat(client.seat().orElseThrow().away()).contains("This lease was given back.");

            assertThat(client.reactivate()).isInstanceOf(Activation.Refused.class);
            assertThat(client.takeSeat(choice)).isInstanceOf(Activation.Activated.class);
        }
    }

    @Test void a_lease_that_has_ended_costs_nobody_its_slot_also_on_emergency_days() {
        first.emergencyDays = 2;
        try (var client = open()) {
            client.takeSeat(new SeatChoice(List.of(first.url), List.of(), Optional.of("broker-0")));
            first.away = true;
            world.pass(Duration.ofMinutes(11), SECOND);
            client.startEmergency("admin");
            first.holders.clear(); // as the lease has ended
            first.away = false;
            world.pass(Duration.ofMinutes(1), SECOND);
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

    @Test void a_lease_that_the_server_no_longer_knows_is_asked_for_anew() {
        try (var client = open()) {
            client.takeSeat(both());
            first.holders.clear();
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(first.asked()).containsExactly("ACQUIRE", "RENEW", "ACQUIRE");
        }
    }

    @Test void a_copy_takes_a_seat_of_its_own_under_a_key_of_its_own() {
        try (var client = open()) {
            client.takeSeat(both());
            var before = client.host().keys();
            first.refuses = Optional.of(RefusalCode.REQUEST_SUPERSEDED);
            second.refuses = first.refuses;
            world.pass(Duration.ofSeconds(35), SECOND);
            second.refuses = Optional.empty();
            first.refuses = Optional.empty();
            world.pass(Duration.ofSeconds(40), SECOND);
            assertThat(client.host().keys()).isNotEqualTo(before);
            assertThat(client.contact().behind()).isFalse();
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void what_a_server_refuses_ends_no_lease_before_its_end() {
        try (var client = open()) {
            client.takeSeat(both());
            for (var code : List.of(RefusalCode.LICENSE_EXPIRED, RefusalCode.LICENSE_REVOKED, RefusalCode.LICENSE_SUSPENDED, RefusalCode.LICENSE_NOT_STARTED)) {
                first.refuses = Optional.of(code);
                world.pass(Duration.ofSeconds(35), SECOND);
                assertThat(client.state()).as("after " + code).isInstanceOf(LicenseState.InForce.class);
                assertThat(client.allows("mqtt")).isTrue();
                first.refuses = Optional.empty();
                world.pass(Duration.ofSeconds(40), SECOND);
            }
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
