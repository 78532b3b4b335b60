package dev.charter.floating.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.PoolWish;
import dev.charter.floating.lease.Asked;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Digest;
import dev.charter.format.LeaseProfile;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.store.Engine;
import dev.charter.store.Store;
import dev.charter.store.testing.Engines;
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
        try (var store = Store.open(Engines.fresh(engine), "classpath:db/floating")) {
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
            assertThat(server.pool("lic-1").seats()).isEqualTo(3);
            assertThat(wishes.of(TestPool.PRODUCT)).isEqualTo(new PoolWish(OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.between(now, last))));
        }
    }
}
