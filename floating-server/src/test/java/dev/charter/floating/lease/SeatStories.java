package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.testing.SharedStores;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.UsageRequest;
import dev.charter.store.Engine;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What tests of pools and leases tell their stories with: hosts that ask, and what they are answered.
abstract class SeatStories {
    static final String LICENSE = "lic-1";
    final Map<String, Long> sequences = new HashMap<>();
    Instant now = TestPool.BEGIN.plusSeconds(1000);

    void on(Engine engine, TestPool pool, Consumer<TestSeats> story) {
        var store = SharedStores.emptied(engine);
        var server = new TestSeats(store, () -> now).with(pool);
        story.accept(server);
    }

    Asked asks(String host, Purpose purpose, SeatWish wish) {
        return asked(TestPool.request(LICENSE, purpose, TestPool.keys(host), sequences.merge(host + purpose, 1L, Long::sum), wish));
    }

    static Asked asked(UsageRequest request) {
        return new Asked(request, LICENSE, Digest.of(request.toBytes()));
    }

    Outcome acquire(TestSeats server, String host) {
        return server.seats.request(asks(host, Purpose.ACQUIRE, SeatWish.ALL));
    }

    Outcome acquire(TestSeats server, String host, SeatWish wish) {
        return server.seats.request(asks(host, Purpose.ACQUIRE, wish));
    }

    Outcome renew(TestSeats server, String host) {
        return server.seats.request(asks(host, Purpose.RENEW, SeatWish.ALL));
    }

    static SeatWish features(String... names) {
        return new SeatWish(List.of(names), Optional.empty(), Optional.empty());
    }

    static SeatWish slot(String name) {
        return new SeatWish(List.of(), Optional.of(name), Optional.empty());
    }

    static Outcome release(TestSeats server, String host, String usageLicense) {
        var content = new Release(TestPool.PRODUCT, LICENSE, usageLicense, TestPool.keys(host), TestPool.BEGIN, Bytes.of(new byte[16]));
        return server.seats.release(content, TestPool.unsigned(content, TestPool.keys(host)));
    }

    static Bytes granted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Granted.class);
        return ((Outcome.Granted) outcome).document();
    }

    static void refused(RefusalCode code, String because, Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.message()).contains(because);
        });
    }

    static void refused(RefusalCode code, Outcome outcome) {
        refused(code, "", outcome);
    }
}
