package dev.charter.authority.activation;

import static dev.charter.format.RefusalCode.ALLOWANCE_EXHAUSTED;
import static dev.charter.format.RefusalCode.NO_SEAT_FREE;
import static dev.charter.format.RefusalCode.RELEASED;
import static dev.charter.format.RefusalCode.TYPE_MISMATCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Acknowledged;
import dev.charter.authority.testing.TestAuthority.Answer;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestAuthority.Sold;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Pool;
import dev.charter.format.RefusalCode;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class PoolTest {
    static final Duration END = LeaseProfile.PLANT.end();
    static final Duration MARGIN = Duration.ofMinutes(22);
    final TestAuthority authority;
    final TestHost north = TestHost.named("floating-north").asFloatingServer();
    final TestHost south = TestHost.named("floating-south").asFloatingServer();

    PoolTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    private Sold floating(int seats) {
        return authority.sells("{\"type\":\"floating\",\"seats\":" + seats + "}");
    }

    @Test
    void a_floating_server_gets_a_pool_of_all_seats_that_nobody_else_has() {
        var sold = floating(5);

        var license = granted(authority.activate(sold.key(), north)).content();

        assertThat(license.license().type()).isEqualTo(LicenseType.FLOATING);
        assertThat(license.license().activationsUsed()).isEqualTo(5);
        assertThat(license.license().activationsTotal()).isEqualTo(5);
        assertThat(license.lease()).isEmpty();
        assertThat(license.pool()).contains(new Pool(5, LeaseProfile.PLANT, Collections.emptySortedMap(), north.server().orElseThrow().keys(), north.server().orElseThrow().tls()));
        assertThat(authority.license(sold.id()).used()).isEqualTo(5);
        assertThat(pool(authority.refresh(sold.id(), north))).isEqualTo(5);
        assertThat(pool(authority.activate(sold.key(), north))).isEqualTo(5);
        assertThat(authority.license(sold.id()).used()).isEqualTo(5);
    }

    @Test
    void the_pool_has_the_leases_and_the_feature_seats_that_were_sold() {
        var sold = authority.sells("""
                {"type":"floating","seats":5,"lease":"elastic","entitlements":[{"feature":"mqtt"},{"feature":"sparkplug"}],"featureSeats":{"sparkplug":2}}""");

        var pool = granted(authority.activate(sold.key(), north)).content().pool().orElseThrow();

        assertThat(pool.profile()).isEqualTo(LeaseProfile.ELASTIC);
        assertThat(pool.featureSeats()).containsExactly(Map.entry("sparkplug", 2));
    }

    @Test
    void the_same_request_gets_the_same_bytes() {
        var sold = floating(5);
        var request = north.asksToActivate(sold.key());
        var first = granted(authority.ask(request));

        assertThat(authority.ask(request).document().toBytes()).isEqualTo(first.document().toBytes());
        assertThat(authority.license(sold.id()).used()).isEqualTo(5);
    }

    @Test
    void a_product_that_asks_for_a_lease_is_told_where_its_seats_are() {
        var refused = (Refused) authority.acquire(floating(5).key(), north);

        assertThat(refused.code()).isEqualTo(TYPE_MISMATCH);
        assertThat(refused.message()).contains("name that server's URL in the product");
    }

    @Test
    void who_comes_when_all_seats_are_in_pools_is_refused_until_the_last_lease_of_a_released_one_has_ended() {
        var sold = floating(5);
        var held = granted(authority.activate(sold.key(), north)).content();
        assertRefused(authority.activate(sold.key(), south), NO_SEAT_FREE);

        assertThat(authority.release(north.releases(held))).isInstanceOf(Acknowledged.class);

        assertThat(authority.license(sold.id()).used()).isEqualTo(5);
        authority.passes(END);
        assertRefused(authority.activate(sold.key(), south), NO_SEAT_FREE);
        authority.passes(MARGIN);
        assertThat(pool(authority.activate(sold.key(), south))).isEqualTo(5);
        assertRefused(authority.refresh(sold.id(), north), RELEASED);
    }

    @Test
    void what_is_over_is_freed_also_when_nobody_asks() {
        var sold = floating(5);
        authority.release(north.releases(granted(authority.activate(sold.key(), north)).content()));
        authority.passes(END.plus(MARGIN));

        assertThat(authority.endsLeases()).isEqualTo(1);
        assertThat(authority.endsLeases()).isZero();
        assertThat(authority.license(sold.id()).used()).isZero();
    }

    @Test
    void seats_that_are_added_are_in_the_pool_with_the_next_refresh() {
        var sold = floating(5);
        authority.activate(sold.key(), north);
        authority.patches(sold.id(), "{\"seats\":8}");

        assertThat(pool(authority.refresh(sold.id(), north))).isEqualTo(8);
        assertThat(authority.license(sold.id()).used()).isEqualTo(8);
    }

    @Test
    void a_server_learns_with_its_next_refresh_that_fewer_seats_are_sold_and_the_others_count_until_its_leases_have_ended() {
        var sold = floating(5);
        authority.activate(sold.key(), north);

        assertThat(authority.patches(sold.id(), "{\"seats\":2}").used()).isEqualTo(5);

        assertThat(pool(authority.refresh(sold.id(), north))).isEqualTo(2);
        assertThat(pool(authority.refresh(sold.id(), north))).isEqualTo(2);
        assertThat(authority.license(sold.id()).used()).isEqualTo(5);
        authority.patches(sold.id(), "{\"seats\":5}");
        assertRefused(authority.activate(sold.key(), south), NO_SEAT_FREE);
        authority.passes(END.plus(MARGIN));
        assertThat(pool(authority.activate(sold.key(), south))).isEqualTo(3);
        assertThat(pool(authority.refresh(sold.id(), north))).isEqualTo(2);
    }

    @Test
    void a_server_gets_back_what_it_gave_up_and_nobody_else_has() {
        var sold = floating(5);
        authority.activate(sold.key(), north);
        authority.patches(sold.id(), "{\"seats\":2}");
        authority.refresh(sold.id(), north);

        authority.patches(sold.id(), "{\"seats\":4}");

        assertThat(pool(authority.refresh(sold.id(), north))).isEqualTo(4);
        assertThat(authority.license(sold.id()).used()).isEqualTo(5);
    }

    @Test
    void a_pool_that_got_shorter_leases_counts_as_long_as_the_longer_ones_may_run() {
        var sold = floating(5);
        authority.activate(sold.key(), north);
        authority.patches(sold.id(), "{\"lease\":\"elastic\"}");
        var held = granted(authority.refresh(sold.id(), north)).content();
        assertThat(held.pool().orElseThrow().profile()).isEqualTo(LeaseProfile.ELASTIC);
        authority.release(north.releases(held));

        authority.passes(Duration.ofDays(2));
        assertRefused(authority.activate(sold.key(), south), NO_SEAT_FREE);
    }

    @Test
    void the_same_machine_installed_anew_gets_as_many_seats_at_once_as_the_allowance_has_left_and_the_others_later() {
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":5,\"allowance\":{\"count\":2,\"days\":30}}");
        authority.activate(sold.key(), north);
        var anew = north.reinstalled();

        assertThat(pool(authority.activate(sold.key(), anew))).isEqualTo(2);

        assertThat(authority.license(sold.id()).used()).isEqualTo(5);
        assertRefused(authority.refresh(sold.id(), north), RELEASED);
        assertThat(pool(authority.refresh(sold.id(), anew))).isEqualTo(2);
        assertRefused(authority.activate(sold.key(), anew.reinstalled()), ALLOWANCE_EXHAUSTED);
        authority.passes(END.plus(MARGIN));
        assertThat(pool(authority.refresh(sold.id(), anew))).isEqualTo(5);
        authority.passes(Duration.ofDays(30));
        assertThat(pool(authority.activate(sold.key(), anew.reinstalled()))).isEqualTo(2);
    }

    @Test
    void a_suspended_license_gives_nothing_takes_what_is_given_back_and_keeps_its_count() {
        var sold = floating(5);
        var held = granted(authority.activate(sold.key(), north)).content();
        authority.licenses().change().suspend(TestAuthority.VENDOR, sold.id(), "unpaid");

        assertRefused(authority.refresh(sold.id(), north), RefusalCode.LICENSE_SUSPENDED);
        assertThat(authority.license(sold.id()).used()).isEqualTo(5);
        assertThat(authority.release(north.releases(held))).isInstanceOf(Acknowledged.class);
        authority.passes(END.plus(MARGIN));
        assertThat(authority.endsLeases()).isEqualTo(1);
        assertThat(authority.license(sold.id()).used()).isZero();
    }

    @Test
    void servers_share_the_seats_as_they_want_them_and_as_far_as_they_are_free() {
        var sold = floating(5);

        assertThat(pool(authority.activate(sold.key(), north.wants(3)))).isEqualTo(3);
        assertThat(pool(authority.activate(sold.key(), south.wants(4)))).isEqualTo(2);

        assertThat(pool(authority.refresh(sold.id(), north))).isEqualTo(3);
        assertRefused(authority.activate(sold.key(), TestHost.named("third").wants(1)), NO_SEAT_FREE);
        authority.patches(sold.id(), "{\"seats\":6}");
        assertThat(pool(authority.refresh(sold.id(), north.wants(4)))).isEqualTo(4);
        assertThat(pool(authority.refresh(sold.id(), south))).isEqualTo(2);
    }

    @Test
    void a_server_that_wants_fewer_seats_and_says_by_when_the_others_have_ended_gives_them_to_others_then() {
        var sold = floating(5);
        authority.activate(sold.key(), north);

        assertThat(pool(authority.refresh(sold.id(), north.wantsOnly(2, Duration.ofHours(10))))).isEqualTo(2);

        assertRefused(authority.activate(sold.key(), south), NO_SEAT_FREE);
        authority.passes(Duration.ofHours(10));
        assertRefused(authority.activate(sold.key(), south), NO_SEAT_FREE);
        authority.passes(Duration.ofMinutes(4));
        assertThat(pool(authority.activate(sold.key(), south))).isEqualTo(3);
        assertThat(pool(authority.refresh(sold.id(), north))).isEqualTo(2);
    }

    @Test
    void what_has_no_lease_any_more_is_free_at_once() {
        var sold = floating(5);
        authority.activate(sold.key(), north);
        authority.refresh(sold.id(), north.wantsOnly(2, Duration.ofHours(-1)));

        assertThat(authority.license(sold.id()).used()).isEqualTo(2);
        var held = granted(authority.activate(sold.key(), south)).content();
        assertThat(held.pool().orElseThrow().seats()).isEqualTo(3);
        authority.release(south.releases(held, Duration.ZERO));
        assertThat(authority.license(sold.id()).used()).isEqualTo(2);
    }

    @Test
    void a_release_that_says_by_when_its_leases_have_ended_frees_the_seats_then_and_never_later_than_a_lease_can_run() {
        var sold = floating(5);
        var held = granted(authority.activate(sold.key(), north.wants(2))).content();
        var other = granted(authority.activate(sold.key(), south)).content();
        authority.release(north.releases(held, Duration.ofHours(1)));
        authority.release(south.releases(other, Duration.ofDays(3650)));

        authority.passes(Duration.ofMinutes(61));
        authority.endsLeases();
        assertThat(authority.license(sold.id()).used()).isEqualTo(3);
        authority.passes(END.plus(MARGIN));
        authority.endsLeases();
        assertThat(authority.license(sold.id()).used()).isZero();
    }

    @Test
    void who_wants_fewer_seats_without_saying_that_it_stopped_handing_them_out_keeps_them() {
        var sold = floating(5);
        authority.activate(sold.key(), north);

        assertThat(pool(authority.refresh(sold.id(), north.wants(2)))).isEqualTo(5);
        authority.passes(END.plus(MARGIN));
        assertRefused(authority.activate(sold.key(), south), NO_SEAT_FREE);
    }

    @Test
    void a_feature_with_fewer_seats_is_shared_like_the_seats() {
        var sold = authority.sells("""
                {"type":"floating","seats":10,"entitlements":[{"feature":"mqtt"},{"feature":"sparkplug"}],"featureSeats":{"sparkplug":5}}""");

        assertThat(granted(authority.activate(sold.key(), north.wants(4))).content().pool().orElseThrow().featureSeats()).containsExactly(Map.entry("sparkplug", 2));
        assertThat(granted(authority.activate(sold.key(), south)).content().pool().orElseThrow().featureSeats()).containsExactly(Map.entry("sparkplug", 3));
    }

    @Test
    void a_request_without_a_sign_of_a_floating_server_is_told_where_to_install_the_license() {
        var sold = floating(5);

        var refused = (Refused) authority.activate(sold.key(), TestHost.named("product"));
        assertThat(refused.code()).isEqualTo(TYPE_MISMATCH);
        assertThat(refused.message()).contains("name that server's URL in the product");
        assertThat(((Refused) authority.activate(authority.sells("{}").key(), north)).message()).contains("install a floating license");
        assertThat(((Refused) authority.activate(sold.key(), TestHost.named("old").asOldFloatingServer())).message()).contains("second signature");
        assertThat(authority.license(sold.id()).used()).isZero();
    }

    @Test
    void a_lost_servers_seats_come_back_as_the_allowance_covers_them_and_the_others_later() {
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":5,\"allowance\":{\"count\":3,\"days\":30}}");
        authority.activate(sold.key(), north);
        var lost = authority.activations().holders().of(sold.id(), 1).getFirst().activation();
        var said = new LostActivations.Said("tok-desk", "burnt");
        var now = authority.now();

        authority.transactions().doInOne(sql -> assertThat(authority.activations().lost().lose(sql, sold.id(), lost, said, now)).isTrue());
        assertThat(authority.license(sold.id()).used()).isEqualTo(5);
        assertRefused(authority.refresh(sold.id(), north), RELEASED);
        var license = authority.license(sold.id());
        authority.transactions().doInOne(sql -> assertThat(authority.activations().lost().restore(sql, license, lost, said, Optional.empty(), now)).isEqualTo(LostActivations.Restored.DONE));

        assertThat(authority.license(sold.id()).used()).isEqualTo(2);
        assertThat(pool(authority.activate(sold.key(), south))).isEqualTo(3);
        authority.passes(END.plus(MARGIN));
        assertThat(pool(authority.refresh(sold.id(), south))).isEqualTo(5);
    }

    @Test
    void servers_that_race_for_the_seats_get_exactly_these() throws Exception {
        var sold = floating(7);
        var requests = IntStream.range(0, 60).mapToObj(i -> TestHost.named("server-" + i).wants(1 + i % 3).asksToActivate(sold.key())).toList();

        var answers = RacingTest.atOnce(requests, authority::ask);

        assertThat(answers.stream().filter(Licensed.class::isInstance).mapToInt(PoolTest::pool).sum()).isEqualTo(7);
        assertThat(answers).filteredOn(Refused.class::isInstance).allSatisfy(no -> assertRefused(no, NO_SEAT_FREE));
        assertThat(authority.license(sold.id()).used()).isEqualTo(7);
    }

    @Test
    void the_same_shrinking_and_growing_at_once_has_one_effect() throws Exception {
        var sold = floating(6);
        authority.activate(sold.key(), north);
        var shrink = north.wantsOnly(2, Duration.ofHours(1)).asksToRefresh(sold.id());

        assertThat(RacingTest.atOnce(IntStream.range(0, 16).mapToObj(_ -> shrink).toList(), authority::ask)).allSatisfy(answer -> assertThat(pool(answer)).isEqualTo(2));
        authority.passes(Duration.ofHours(2));
        var growing = IntStream.range(0, 16).mapToObj(i -> TestHost.named("other-" + i).wants(4).asksToActivate(sold.key())).toList();
        assertThat(RacingTest.atOnce(growing, authority::ask)).filteredOn(Licensed.class::isInstance).singleElement().satisfies(answer -> assertThat(pool(answer)).isEqualTo(4));
    }

    /// What one floating server can have out at the worst: all seats of its pool, and leases beyond it that still run.
    private static final class Out {
        int seats;
        final List<Map.Entry<Integer, Instant>> beyond = new ArrayList<>();

        void gets(int newSeats, Instant runUntil) {
            if (newSeats < seats) {
                beyond.add(Map.entry(seats - newSeats, runUntil));
            }
            int absorbed = newSeats - seats; // its own leases are the first in its larger pool
            beyond.sort(Map.Entry.comparingByValue());
            while (absorbed > 0 && !beyond.isEmpty()) {
                var first = beyond.removeFirst();
                if (first.getKey() > absorbed) {
                    beyond.addFirst(Map.entry(first.getKey() - absorbed, first.getValue()));
                }
                absorbed -= first.getKey();
            }
            seats = newSeats;
        }

        /// What it can truly say about how long leases still run.
        Duration atLeast(Duration run, Instant now) {
            return beyond.stream().map(running -> Duration.between(now, running.getValue())).filter(longer -> longer.compareTo(run) > 0).max(Comparator.naturalOrder())
                    .map(longer -> longer.plusSeconds(1)).orElse(run);
        }

        int at(Instant now) {
            return seats + beyond.stream().filter(run -> run.getValue().isAfter(now)).mapToInt(Map.Entry::getKey).sum();
        }
    }

    @Test
    void whatever_happens_in_whatever_order_no_more_leases_can_run_than_seats_were_sold_and_the_allowance_covers() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("random run of pools, again with -Dseed=" + seed);
        var random = new Random(seed);
        int allowance = 3;
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":6,\"lease\":\"elastic\",\"allowance\":{\"count\":" + allowance + ",\"days\":1}}");
        var end = LeaseProfile.ELASTIC.end();
        var servers = new ArrayList<>(IntStream.range(0, 4).mapToObj(i -> TestHost.named("server-" + i).asFloatingServer()).toList());
        var out = new HashMap<String, Out>();
        var held = new HashMap<String, Licensed>();
        int seats = 6;
        int before = 0;
        for (int step = 0; step < 300; step++) {
            int which = random.nextInt(servers.size());
            var server = servers.get(which);
            var its = out.computeIfAbsent(server.keyId(), _ -> new Out());
            var now = authority.now();
            switch (random.nextInt(10)) {
                case 0, 1 -> got(server, its, held, authority.activate(sold.key(), server.wants(1 + random.nextInt(6))), now.plus(end));
                case 2 -> got(server, its, held, authority.activate(sold.key(), server.asFloatingServer()), now.plus(end));
                case 3, 4 -> {
                    int wanted = 1 + random.nextInt(6);
                    var run = its.atLeast(Duration.ofSeconds(random.nextInt(600)), now);
                    var answer = authority.refresh(sold.id(), server.wantsOnly(wanted, run));
                    got(server, its, held, answer, now.plus(answer instanceof Licensed && pool(answer) == wanted ? run : end));
                }
                case 5 -> {
                    if (held.containsKey(server.keyId())) {
                        boolean says = random.nextBoolean();
                        var run = its.atLeast(Duration.ofSeconds(random.nextInt(600)), now);
                        var pool = held.remove(server.keyId()).content();
                        if (authority.release(says ? server.releases(pool, run) : server.releases(pool)) instanceof Acknowledged) {
                            its.gets(0, now.plus(says ? run : end));
                        }
                    }
                }
                case 6 -> {
                    var anew = server.reinstalled();
                    if (authority.activate(sold.key(), anew) instanceof Licensed pool) {
                        its.gets(0, now.plus(end));
                        servers.set(which, anew);
                        got(anew, out.computeIfAbsent(anew.keyId(), _ -> new Out()), held, pool, now);
                        held.remove(server.keyId());
                    }
                }
                case 7 -> {
                    seats = 3 + random.nextInt(6);
                    authority.patches(sold.id(), "{\"seats\":" + seats + "}");
                }
                case 8 -> authority.passes(Duration.ofSeconds(random.nextInt(500)));
                default -> authority.endsLeases();
            }
            var at = authority.now();
            int possible = out.values().stream().mapToInt(one -> one.at(at)).sum();
            int used = authority.license(sold.id()).used();
            assertThat(possible).as("seed " + seed + ", step " + step).isLessThanOrEqualTo(used + allowance);
            assertThat(used).as("seed " + seed + ", step " + step).isLessThanOrEqualTo(Math.max(seats, before));
            before = used;
        }
    }

    private static void got(TestHost server, Out its, Map<String, Licensed> held, Answer answer, Instant runUntil) {
        if (answer instanceof Licensed pool) {
            its.gets(pool(pool), runUntil);
            held.put(server.keyId(), pool);
        }
    }

    static int pool(Answer answer) {
        return granted(answer).content().pool().orElseThrow().seats();
    }

    static Licensed granted(Answer answer) {
        assertThat(answer).isInstanceOf(Licensed.class);
        return (Licensed) answer;
    }

    static void assertRefused(Answer answer, RefusalCode code) {
        assertThat(answer).isInstanceOfSatisfying(Refused.class, no -> assertThat(no.code()).isEqualTo(code));
    }
}
