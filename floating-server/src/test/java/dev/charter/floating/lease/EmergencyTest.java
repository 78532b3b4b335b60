package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.LeaseProfile;
import dev.charter.format.RefusalCode;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmergencyTest extends SeatStories {

    private static StartEmergency.Emergency start(TestSeats server) {
        return new StartEmergency(server.transactions, server.time, server.pools, server.leases, (_, _) -> Optional.empty()).handle(LICENSE, "eva");
    }

    private void refused(String because, StartEmergency.Emergency outcome) {
        assertThat(outcome).isInstanceOfSatisfying(StartEmergency.Emergency.NotPossible.class, no -> assertThat(no.message()).contains(because));
    }

    private static Optional<Instant> surplusUntil(TestSeats server) {
        return server.transactions.reading(sql -> server.leases.endingAllEndedBy(sql, LICENSE));
    }

    private static void replays(TestSeats server) {
        assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void for_a_day_there_are_the_overdrafts_seats_and_afterwards_the_newest_leases_are_not_renewed(Engine engine) {
        on(engine, TestPool.of(1).inEmergency(2, 1), server -> {
            granted(acquire(server, "plant-a"));
            refused(RefusalCode.NO_SEAT_FREE, acquire(server, "plant-b"));
            assertThat(start(server)).isEqualTo(new StartEmergency.Emergency.Started(now.plus(Duration.ofDays(1)), 1));
            now = now.plusSeconds(1);
            granted(acquire(server, "plant-b"));
            refused(RefusalCode.NO_SEAT_FREE, "All 2 seats are taken", acquire(server, "plant-c"));
            now = now.plus(Duration.ofHours(23));
            granted(renew(server, "plant-a"));
            granted(renew(server, "plant-b"));
            now = now.plus(Duration.ofHours(1));
            refused(RefusalCode.NO_SEAT_FREE, "not renewed", renew(server, "plant-b"));
            granted(renew(server, "plant-a"));
            refused(RefusalCode.NO_SEAT_FREE, "All 1 seats are taken", acquire(server, "plant-c"));
            replays(server);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_day_that_is_started_while_one_runs_follows_it_and_there_are_no_more_than_the_license_signs(Engine engine) {
        on(engine, TestPool.of(1).inEmergency(2, 1), server -> {
            start(server);
            assertThat(start(server)).isEqualTo(new StartEmergency.Emergency.Started(now.plus(Duration.ofDays(2)), 0));
            refused("All 2 emergency days of this license are used", start(server));
            replays(server);
        });
        on(engine, TestPool.of(1), server -> refused("has no emergency days", start(server)));
    }

    @ParameterizedTest
    @EnumSource
    void where_the_servers_own_license_cannot_go_on_no_day_is_used(Engine engine) {
        on(engine, TestPool.of(1).inEmergency(1, 1), server -> {
            var start = new StartEmergency(server.transactions, server.time, server.pools, server.leases, (product, by) -> Optional.of("All days of " + product + " are used, " + by + "."));
            refused("All days of mqtt-server are used, eva.", start.handle(LICENSE, "eva"));
            assertThat(server.pool(LICENSE).standing().emergencyDaysUsed()).isZero();
            assertThat(start(server)).isInstanceOf(StartEmergency.Emergency.Started.class);
        });
    }

    @ParameterizedTest
    @EnumSource
    void leases_that_were_to_end_go_on_where_another_day_is_started(Engine engine) {
        on(engine, TestPool.of(1).inEmergency(2, 1), server -> {
            granted(acquire(server, "plant-a"));
            start(server);
            now = now.plusSeconds(1);
            granted(acquire(server, "plant-b"));
            now = now.plus(Duration.ofHours(25));
            refused(RefusalCode.NO_SEAT_FREE, "not renewed", renew(server, "plant-b"));
            start(server);
            granted(renew(server, "plant-b"));
            replays(server);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_pool_past_its_end_goes_on_for_the_day(Engine engine) {
        var end = now.plus(Duration.ofDays(1));
        on(engine, TestPool.of(1).until(end).inEmergency(1, 0), server -> {
            granted(acquire(server, "plant-a"));
            now = end;
            refused(RefusalCode.LICENSE_EXPIRED, renew(server, "plant-a"));
            start(server);
            granted(renew(server, "plant-a"));
            var lease = server.transactions.reading(sql -> server.leases.find(sql, LICENSE, TestPool.keys("plant-a").id().value())).orElseThrow();
            assertThat(lease.endsAt()).isEqualTo(end.plus(Duration.ofDays(1)));
            now = end.plus(Duration.ofDays(1));
            refused(RefusalCode.LICENSE_EXPIRED, renew(server, "plant-a"));
            replays(server);
        });
    }

    @ParameterizedTest
    @EnumSource
    void who_asks_the_vendor_for_fewer_seats_hands_out_no_more_and_knows_when_the_last_lease_beyond_has_ended(Engine engine) {
        on(engine, TestPool.of(3), server -> {
            var shrink = new ShrinkPool(server.transactions, server.time, server.pools, server.leases);
            granted(acquire(server, "plant-a"));
            now = now.plusSeconds(1);
            granted(acquire(server, "plant-b"));
            assertThat(shrink.handle(LICENSE, 1, "eva")).isTrue();
            var last = now.plus(LeaseProfile.PLANT.end()).plus(server.pool(LICENSE).margin());
            assertThat(surplusUntil(server)).contains(last);
            refused(RefusalCode.NO_SEAT_FREE, "All 1 seats are taken", acquire(server, "plant-c"));
            refused(RefusalCode.NO_SEAT_FREE, "not renewed", renew(server, "plant-b"));
            granted(renew(server, "plant-a"));
            shrink.handle(LICENSE, 2, "eva");
            granted(renew(server, "plant-b"));
            assertThat(surplusUntil(server)).isEmpty();
            server.with(TestPool.of(3)); // whatever the vendor answers settles it
            granted(acquire(server, "plant-c"));
            replays(server);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_pool_that_is_given_up_hands_out_and_renews_nothing_and_says_when_its_last_lease_has_ended(Engine engine) {
        on(engine, TestPool.of(3), server -> {
            var giveUp = new GiveUpPool(server.transactions, server.time, server.pools, server.leases, server.queue);
            granted(acquire(server, "plant-a"));
            now = now.plusSeconds(10);
            granted(acquire(server, "plant-b"));
            new ReclaimSeat(server.transactions, server.time, server.pools, server.leases, server).handle(LICENSE, TestPool.keys("plant-b").id().value(), "eva", "it burnt");
            var last = now.plus(LeaseProfile.PLANT.end()).plus(server.pool(LICENSE).margin());
            assertThat(giveUp.handle(LICENSE, "eva")).as("what was taken back may still run").contains(last);
            assertThat(giveUp.handle(LICENSE, "eva")).contains(last);
            refused(RefusalCode.NO_SEAT_FREE, "given the license of this pool up", renew(server, "plant-a"));
            refused(RefusalCode.NO_SEAT_FREE, "given the license of this pool up", acquire(server, "plant-c"));
            giveUp.undo(LICENSE, "eva"); // it could not be given back
            granted(acquire(server, "plant-a"));
            giveUp.handle(LICENSE, "eva");
            now = last;
            assertThat(giveUp.handle(LICENSE, "eva")).isEmpty();
            server.with(TestPool.of(3));
            granted(acquire(server, "plant-c"));
            replays(server);
        });
    }
}
