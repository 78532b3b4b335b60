package dev.charter.floating.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.PoolWish;
import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.lease.Asked;
import dev.charter.floating.testing.SharedStores;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Digest;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolWishesTest {
    private Instant now = TestPool.BEGIN.plusSeconds(1000);

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
        assertThat(wishes.of(TestPool.PRODUCT)).isEqualTo(new PoolWish(OptionalInt.of(3), Optional.empty(), Optional.empty(), Optional.empty()));

        server.with(TestPool.of(3));
        acquire(server, "plant-a");
        var last = now.plus(LeaseProfile.PLANT.end()).plus(server.pool("lic-1").margin());
        acquire(server, "plant-b");
        wishes.want(TestPool.PRODUCT, OptionalInt.of(1), "eva");
        assertThat(wishes.wanted(TestPool.PRODUCT)).hasValue(1);
        assertThat(server.pool("lic-1").seats()).isEqualTo(1);
        assertThat(wishes.of(TestPool.PRODUCT)).isEqualTo(new PoolWish(OptionalInt.of(1), Optional.empty(), Optional.of(Duration.between(now, last)), Optional.of(Duration.between(now, last))));

        wishes.want(TestPool.PRODUCT, OptionalInt.empty(), "eva");
        assertThat(server.pool("lic-1").seats()).as("the request for one seat may be with the vendor").isEqualTo(1);
        assertThat(wishes.of(TestPool.PRODUCT)).isEqualTo(new PoolWish(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.between(now, last))));
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
}
