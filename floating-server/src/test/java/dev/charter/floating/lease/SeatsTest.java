package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.seal.StateAltered;
import dev.charter.floating.testing.SharedStores;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Bytes;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SeatWish;
import dev.charter.store.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeatsTest extends SeatStories {

    @ParameterizedTest
    @EnumSource
    void of_a_thousand_hosts_that_ask_at_once_exactly_as_many_get_a_seat_as_there_are(Engine engine) throws Exception {
        var store = SharedStores.emptied(engine);
        try (var threads = Executors.newFixedThreadPool(32)) {
            var server = new TestSeats(store, () -> now).with(TestPool.of(20));
            var asking = new ArrayList<Callable<Outcome>>();
            for (int i = 0; i < 1000; i++) {
                var request = asks("host-" + i, Purpose.ACQUIRE, SeatWish.ALL);
                asking.add(() -> {
                    while (true) {
                        try {
                            return server.seats.request(request);
                        } catch (PoolBusy again) {
                            Thread.onSpinWait();
                        }
                    }
                });
            }
            int granted = 0;
            for (var answer : threads.invokeAll(asking)) {
                if (answer.get() instanceof Outcome.Granted) {
                    granted++;
                } else {
                    refused(RefusalCode.NO_SEAT_FREE, answer.get());
                }
            }
            assertThat(granted).isEqualTo(20);
            assertThat(server.pool(LICENSE).taken()).isEqualTo(20);
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_license_that_several_take_over_at_once_makes_one_pool(Engine engine) throws Exception {
        var store = SharedStores.emptied(engine);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var server = new TestSeats(store, () -> now);
            var terms = TestPool.of(5).terms();
            var install = new InstallPool(server.transactions, server.time, server.pools, server.leases);
            for (var each : threads.invokeAll(Collections.<Callable<Boolean>>nCopies(8, () -> {
                install.handle(terms);
                return true;
            }))) {
                each.get();
            }
            assertThat(server.pool(LICENSE).seats()).isEqualTo(5);
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_same_request_sixty_four_times_at_once_is_one_seat_and_one_answer(Engine engine) throws Exception {
        var store = SharedStores.emptied(engine);
        try (var threads = Executors.newFixedThreadPool(32)) {
            var server = new TestSeats(store, () -> now).with(TestPool.of(5));
            var request = asks("plant-a", Purpose.ACQUIRE, SeatWish.ALL);
            var answers = new HashSet<Bytes>();
            for (var answer : threads.invokeAll(Collections.<Callable<Outcome>>nCopies(64, () -> server.seats.request(request)))) {
                answers.add(granted(answer.get()));
            }
            assertThat(answers).hasSize(1);
            assertThat(server.pool(LICENSE).taken()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_seat_comes_back_when_the_lease_and_the_margin_are_over_and_not_before(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            granted(acquire(server, "plant-a"));
            now = now.plus(LeaseProfile.PLANT.end()).plus(Duration.ofMinutes(21));
            refused(RefusalCode.NO_SEAT_FREE, "All 1 seats are taken", acquire(server, "plant-b"));
            now = now.plus(Duration.ofMinutes(1)); // half a percent of three days
            granted(acquire(server, "plant-b"));
            refused(RefusalCode.RELEASED, "not renewed in time", renew(server, "plant-a"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void who_renews_keeps_the_seat_for_as_long_as_it_does(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            granted(acquire(server, "plant-a"));
            for (int day = 0; day < 10; day++) {
                now = now.plus(Duration.ofDays(2));
                granted(renew(server, "plant-a"));
                refused(RefusalCode.NO_SEAT_FREE, acquire(server, "plant-b"));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_same_request_gets_the_same_bytes_while_its_lease_lives_and_nothing_after(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            var request = asks("plant-a", Purpose.ACQUIRE, SeatWish.ALL);
            var lease = granted(server.seats.request(request));
            assertThat(granted(server.seats.request(request))).isEqualTo(lease);
            granted(release(server, "plant-a", server.granted(lease).usageLicense()));
            refused(RefusalCode.RELEASED, server.seats.request(request));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_host_that_crashed_gets_its_own_seat_back_at_once(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            granted(acquire(server, "plant-a"));
            granted(acquire(server, "plant-a"));
            assertThat(server.pool(LICENSE).taken()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void an_older_sequence_is_superseded_and_one_that_was_used_by_another_request_shows_a_clone(Engine engine) {
        on(engine, TestPool.of(2), server -> {
            granted(acquire(server, "plant-a"));
            granted(acquire(server, "plant-a"));
            var keys = TestPool.keys("plant-a");
            refused(RefusalCode.REQUEST_SUPERSEDED, server.seats.request(asked(TestPool.request(LICENSE, Purpose.ACQUIRE, keys, 1, SeatWish.ALL))));
            refused(RefusalCode.REQUEST_SUPERSEDED, server.seats.request(asked(TestPool.request(LICENSE, Purpose.ACQUIRE, keys, 2, SeatWish.ALL))));
            long clones = server.transactions.reading(sql -> sql.one("SELECT COUNT(*) AS clones FROM audit_entry WHERE event LIKE '%clone-seen%'", row -> row.number("clones")).orElseThrow());
            assertThat(clones).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_named_slot_goes_to_who_asks_last_and_the_older_holder_is_fenced(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            granted(acquire(server, "container-1", slot("pump")));
            refused(RefusalCode.NO_SEAT_FREE, acquire(server, "container-2", slot("mixer")));
            granted(acquire(server, "container-2", slot("pump")));
            refused(RefusalCode.RELEASED, "named slot", renew(server, "container-1"));
            assertThat(server.pool(LICENSE).taken()).isEqualTo(1);
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void as_many_older_holders_of_slots_may_be_running_as_the_allowance_says(Engine engine) {
        on(engine, TestPool.of(1).allowing(1), server -> {
            granted(acquire(server, "container-1", slot("pump")));
            granted(acquire(server, "container-2", slot("pump")));
            refused(RefusalCode.ALLOWANCE_EXHAUSTED, "allows 1 such older holders", acquire(server, "container-3", slot("pump")));
            granted(renew(server, "container-2"));
            now = now.plus(LeaseProfile.PLANT.end()).plus(server.pool(LICENSE).margin()).minusSeconds(1);
            granted(renew(server, "container-2"));
            refused(RefusalCode.ALLOWANCE_EXHAUSTED, acquire(server, "container-3", slot("pump")));
            now = now.plusSeconds(1);
            granted(acquire(server, "container-3", slot("pump")));
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void nobody_gives_back_or_renews_another_hosts_seat(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            var lease = server.granted(granted(acquire(server, "plant-a"))).usageLicense();
            refused(RefusalCode.HOST_MISMATCH, release(server, "plant-b", lease));
            refused(RefusalCode.HOST_MISMATCH, renew(server, "plant-b"));
            assertThat(server.pool(LICENSE).taken()).isEqualTo(1);
            granted(renew(server, "plant-a"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_seat_that_is_given_back_is_free_at_once_and_the_acknowledgement_is_the_same_again(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            var lease = server.granted(granted(acquire(server, "plant-a"))).usageLicense();
            granted(renew(server, "plant-a")); // a release may name any document of the lease
            var acknowledged = granted(release(server, "plant-a", lease));
            assertThat(granted(release(server, "plant-a", lease))).isEqualTo(acknowledged);
            granted(acquire(server, "plant-b"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_the_pool_lacks_is_named(Engine engine) {
        on(engine, TestPool.of(5).with("bridge", 1), server -> {
            refused(RefusalCode.NO_SEAT_FREE, "does not hold wings, historian", acquire(server, "plant-a", features("wings", "mqtt", "historian")));
            granted(acquire(server, "plant-a", features("bridge", "mqtt")));
            refused(RefusalCode.NO_SEAT_FREE, "grant bridge are taken", acquire(server, "plant-b", features("bridge")));
            granted(acquire(server, "plant-b", features("mqtt")));
            granted(acquire(server, "plant-a", features("mqtt"))); // gives the feature back
            granted(acquire(server, "plant-b", features("bridge")));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_for_want_of_a_seat_is_not_remembered(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            var lease = server.granted(granted(acquire(server, "plant-a"))).usageLicense();
            var request = asks("plant-b", Purpose.ACQUIRE, SeatWish.ALL);
            refused(RefusalCode.NO_SEAT_FREE, server.seats.request(request));
            granted(release(server, "plant-a", lease));
            granted(server.seats.request(request));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_lease_ends_no_later_than_its_pool_and_after_the_pool_there_is_none(Engine engine) {
        var end = now.plusSeconds(3600);
        on(engine, TestPool.of(2).until(end), server -> {
            granted(acquire(server, "plant-a"));
            var lease = lease(server, "plant-a");
            assertThat(lease.endsAt()).isEqualTo(end);
            assertThat(lease.freeAt()).isAfter(now.plus(LeaseProfile.PLANT.end()));
            now = end;
            refused(RefusalCode.LICENSE_EXPIRED, renew(server, "plant-a"));
            refused(RefusalCode.LICENSE_EXPIRED, acquire(server, "plant-b"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void seats_are_reclaimed_within_the_allowance_and_no_further(Engine engine) {
        on(engine, TestPool.of(2).allowing(1), server -> {
            granted(acquire(server, "plant-a"));
            granted(acquire(server, "plant-b"));
            var reclaim = new ReclaimSeat(server.transactions, server.time, server.pools, server.leases, server);
            assertThat(reclaim.handle(LICENSE, TestPool.keys("plant-a").id().value(), "eva", "it burnt")).isInstanceOfSatisfying(ReclaimSeat.Reclaim.Reclaimed.class, reclaimed -> {
                var stated = Refusal.read(reclaimed.statement().toArray());
                assertThat(stated.code()).isEqualTo(RefusalCode.RELEASED);
                assertThat(stated.message()).contains("eva took the seat of the host " + TestPool.keys("plant-a").id().value()).contains("may run on until 2026-01-04T").contains("Reason: it burnt");
            });
            granted(acquire(server, "plant-c"));
            refused(RefusalCode.RELEASED, "administrator", renew(server, "plant-a"));
            assertThat(reclaim.handle(LICENSE, TestPool.keys("plant-b").id().value(), "eva", "it burnt too")).isInstanceOfSatisfying(ReclaimSeat.Reclaim.NotPossible.class,
                    no -> assertThat(no.message()).contains("allows 1 seats").contains("comes back by itself"));
            now = now.plus(Duration.ofDays(366));
            granted(acquire(server, "plant-d"));
            assertThat(reclaim.handle(LICENSE, TestPool.keys("plant-d").id().value(), "eva", "next year")).isInstanceOf(ReclaimSeat.Reclaim.Reclaimed.class);
            assertThat(reclaim.handle(LICENSE, TestPool.keys("plant-c").id().value(), "eva", " ")).isInstanceOfSatisfying(ReclaimSeat.Reclaim.NotPossible.class, no -> assertThat(no.message()).contains("Say why"));
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void of_a_pool_that_shrinks_the_newest_leases_end_and_the_older_go_on(Engine engine) {
        on(engine, TestPool.of(3), server -> {
            granted(acquire(server, "plant-a"));
            now = now.plusSeconds(1);
            granted(acquire(server, "plant-b"));
            now = now.plusSeconds(1);
            granted(acquire(server, "plant-c"));
            server.with(TestPool.of(2));
            refused(RefusalCode.NO_SEAT_FREE, "not renewed", renew(server, "plant-c"));
            refused(RefusalCode.NO_SEAT_FREE, "fewer seats", acquire(server, "plant-c"));
            granted(renew(server, "plant-a"));
            granted(renew(server, "plant-b"));
            assertThat(server.pool(LICENSE).taken()).as("it counts until its end").isEqualTo(3);
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_restored_server_renews_and_hands_out_no_seat_before_the_longest_end(Engine engine) {
        on(engine, TestPool.of(2), server -> {
            granted(acquire(server, "plant-a"));
            new MarkRestored(server.transactions, server.time, server.pools).handle();
            now = now.plus(Duration.ofDays(2));
            granted(renew(server, "plant-a"));
            refused(RefusalCode.NO_SEAT_FREE, "restored from a backup", acquire(server, "plant-b"));
            now = now.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(22));
            granted(acquire(server, "plant-b"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void an_edited_row_hands_out_nothing(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            granted(acquire(server, "plant-a"));
            server.transactions.doInOne(sql -> sql.update("UPDATE pool SET taken = 0"));
            assertThatThrownBy(() -> acquire(server, "plant-b")).isInstanceOf(StateAltered.class).hasMessageContaining("the pool lic-1");
            server.transactions.doInOne(sql -> sql.update("UPDATE pool SET taken = 1"));
            server.transactions.doInOne(sql -> sql.update("UPDATE lease SET state = 'EXPIRED'"));
            assertThatThrownBy(() -> renew(server, "plant-a")).isInstanceOf(StateAltered.class).hasMessageContaining("the lease of the host");
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_renewal_goes_by_the_pool_as_it_was_sealed_and_no_seat_by_one_that_was_edited(Engine engine) {
        on(engine, TestPool.of(2), server -> {
            granted(acquire(server, "plant-a"));
            granted(renew(server, "plant-a"));
            var longest = lease(server, "plant-a").endsAt();
            server.transactions.doInOne(sql -> sql.update("UPDATE pool SET lease_end = lease_end * 100, seats = 500"));
            granted(renew(server, "plant-a"));
            assertThat(lease(server, "plant-a").endsAt()).isEqualTo(longest);
            assertThatThrownBy(() -> acquire(server, "plant-b")).isInstanceOf(StateAltered.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void an_altered_log_is_noticed_when_it_is_replayed(Engine engine) {
        on(engine, TestPool.of(1), server -> {
            granted(acquire(server, "plant-a"));
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
            server.transactions.doInOne(sql -> sql.update("UPDATE audit_entry SET event = replace(event, 'mqtt', 'mqqt') WHERE number = 2"));
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isNotEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void where_there_is_no_such_pool_nothing_is_known(Engine engine) {
        on(engine, TestPool.of(1).named("lic-2"), server -> {
            assertThat(acquire(server, "plant-a")).isEqualTo(new Outcome.NoPool());
            assertThat(renew(server, "plant-a")).isEqualTo(new Outcome.NoPool());
            assertThat(release(server, "plant-a", "ls-1.1")).isEqualTo(new Outcome.NoPool());
        });
    }

    private static Lease lease(TestSeats server, String host) {
        return server.transactions.reading(sql -> server.leases.find(sql, LICENSE, TestPool.keys(host).id().value())).orElseThrow();
    }
}
