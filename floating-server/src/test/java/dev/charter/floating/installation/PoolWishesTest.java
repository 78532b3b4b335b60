package dev.charter.floating.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.PoolWish;
import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.lease.Asked;
import dev.charter.floating.lease.ReclaimSeat;
import dev.charter.floating.lease.StartEmergency;
import dev.charter.floating.testing.SharedStores;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Digest;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.SelfHelp;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolWishesTest {
    private static final Optional<PoolWish.Helped> NOTHING = helped(new SelfHelp(0, Optional.empty(), Optional.of(new SelfHelp.Reclaims(0, 0))));

    private Instant now = TestPool.BEGIN.plusSeconds(1000);

    private static Optional<PoolWish.Helped> helped(SelfHelp done) {
        return Optional.of(new PoolWish.Helped("lic-1", done));
    }

    private void acquire(TestSeats server, String host) {
        var request = TestPool.request("lic-1", Purpose.ACQUIRE, TestPool.keys(host), 1, SeatWish.ALL);
        server.seats.request(new Asked(request, "lic-1", Digest.of(request.toBytes())));
        now = now.plusSeconds(1);
    }

    @ParameterizedTest
    @EnumSource
    void the_vendor_is_told_how_many_seats_are_wanted_and_by_when_the_leases_beyond_have_ended(Engine engine) {
        var store = SharedStores.emptied(engine);
        var server = new TestSeats(store, () -> now);
        var wishes = new PoolWishes(server.transactions, server.time, server.pools, server.leases);
        assertThat(wishes.of(TestPool.PRODUCT)).isEqualTo(PoolWish.ALL);
        wishes.want(TestPool.PRODUCT, OptionalInt.of(3), "eva");
        assertThat(wishes.of(TestPool.PRODUCT)).isEqualTo(new PoolWish(OptionalInt.of(3), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));

        server.with(TestPool.of(3));
        acquire(server, "plant-a");
        var last = now.plus(LeaseProfile.PLANT.end()).plus(server.pool("lic-1").margin());
        acquire(server, "plant-b");
        wishes.want(TestPool.PRODUCT, OptionalInt.of(1), "eva");
        assertThat(wishes.wanted(TestPool.PRODUCT)).hasValue(1);
        assertThat(server.pool("lic-1").seats()).isEqualTo(1);
        assertThat(wishes.of(TestPool.PRODUCT)).isEqualTo(new PoolWish(OptionalInt.of(1), Optional.empty(), Optional.of(Duration.between(now, last)), Optional.of(Duration.between(now, last)), NOTHING));

        wishes.want(TestPool.PRODUCT, OptionalInt.empty(), "eva");
        assertThat(server.pool("lic-1").seats()).as("the request for one seat may be with the vendor").isEqualTo(1);
        assertThat(wishes.of(TestPool.PRODUCT)).isEqualTo(new PoolWish(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.between(now, last)), NOTHING));
        server.with(TestPool.of(3));
        assertThat(server.pool("lic-1").seats()).as("the vendor's answer settles it").isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void seats_that_were_held_back_for_a_request_of_which_nothing_came_are_handed_out_again_and_those_of_a_request_before_it_are_not(Engine engine) {
        var store = SharedStores.emptied(engine);
        var server = new TestSeats(store, () -> now).with(TestPool.of(5));
        var wishes = new PoolWishes(server.transactions, server.time, server.pools, server.leases);

        var all = wishes.want(TestPool.PRODUCT, OptionalInt.of(2), "eva");
        wishes.undo(TestPool.PRODUCT, all, "eva");
        assertThat(server.pool("lic-1").seats()).isEqualTo(5);
        assertThat(wishes.wanted(TestPool.PRODUCT)).isEmpty();

        wishes.want(TestPool.PRODUCT, OptionalInt.of(3), "eva"); // its answer is lost
        var three = wishes.want(TestPool.PRODUCT, OptionalInt.of(2), "eva");
        assertThat(server.pool("lic-1").seats()).isEqualTo(2);
        wishes.undo(TestPool.PRODUCT, three, "eva");
        assertThat(server.pool("lic-1").seats()).isEqualTo(3);
        assertThat(wishes.wanted(TestPool.PRODUCT)).hasValue(3);
        assertThat(new ReplayAudit(server.transactions).differences("lic-1")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void the_vendor_is_told_of_emergency_days_and_of_seats_that_were_taken_back(Engine engine) {
        var server = new TestSeats(SharedStores.emptied(engine), () -> now).with(TestPool.of(3).inEmergency(5, 1).allowing(2));
        var wishes = new PoolWishes(server.transactions, server.time, server.pools, server.leases);
        assertThat(wishes.of(TestPool.PRODUCT).helped()).isEqualTo(NOTHING);

        var begun = now;
        startEmergency(server);
        startEmergency(server);
        acquire(server, "plant-a");
        reclaim(server, "plant-a");
        assertThat(wishes.of(TestPool.PRODUCT).helped()).as("the second day follows the first one")
                .isEqualTo(helped(new SelfHelp(2, Optional.of(begun.plus(Duration.ofDays(1))), Optional.of(new SelfHelp.Reclaims(1, 1)))));

        now = now.plus(Duration.ofDays(366));
        acquire(server, "plant-b");
        reclaim(server, "plant-b");
        assertThat(wishes.of(TestPool.PRODUCT).helped()).as("a year later")
                .isEqualTo(helped(new SelfHelp(2, Optional.of(begun.plus(Duration.ofDays(1))), Optional.of(new SelfHelp.Reclaims(1, 2)))));
    }

    private static void startEmergency(TestSeats server) {
        assertThat(new StartEmergency(server.transactions, server.time, server.pools, server.leases, (_, _) -> Optional.empty()).handle("lic-1", "eva"))
                .isInstanceOf(StartEmergency.Emergency.Started.class);
    }

    private static void reclaim(TestSeats server, String host) {
        assertThat(new ReclaimSeat(server.transactions, server.time, server.pools, server.leases, server).handle("lic-1", TestPool.keys(host).id().value(), "eva", "The machine burnt."))
                .isInstanceOf(ReclaimSeat.Reclaim.Reclaimed.class);
    }
}
