package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.pool.WhenFull;
import dev.charter.floating.testing.SharedStores;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.RefusalCode;
import dev.charter.format.SeatWish;
import dev.charter.store.Engine;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueueTest extends SeatStories {

    private void queueing(Engine engine, TestPool pool, Consumer<TestSeats> story) {
        on(engine, pool, server -> {
            queue(server, WhenFull.QUEUE);
            story.accept(server);
        });
    }

    private void queue(TestSeats server, WhenFull rule) {
        assertThat(new ChooseWhenFull(server.transactions, server.time, server.pools, server.queue).handle(LICENSE, rule, "eva")).isTrue();
    }

    private List<String> waiting(TestSeats server) {
        return server.transactions.reading(sql -> server.queue.waiting(sql, LICENSE, now)).stream().map(Waiting::host).toList();
    }

    private static String id(String host) {
        return TestPool.keys(host).id().value();
    }

    private void waits(long place, Outcome outcome) {
        refused(RefusalCode.NO_SEAT_FREE, "This host is number " + place + " in the queue.", outcome);
        assertThat(((Outcome.Refused) outcome).queued()).hasValueSatisfying(queued -> {
            assertThat(queued.number()).isEqualTo(place);
            assertThat(queued.askAgain()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(60));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_seat_that_comes_free_is_kept_for_who_asked_first(Engine engine) {
        queueing(engine, TestPool.of(1), server -> {
            var lease = server.granted(granted(acquire(server, "plant-a"))).usageLicense();
            waits(1, acquire(server, "plant-b"));
            waits(2, acquire(server, "plant-c"));
            waits(1, acquire(server, "plant-b"));
            assertThat(waiting(server)).containsExactly(id("plant-b"), id("plant-c"));
            granted(release(server, "plant-a", lease));
            refused(RefusalCode.NO_SEAT_FREE, "kept for products that have waited longer", acquire(server, "plant-c"));
            waits(3, acquire(server, "plant-a"));
            granted(acquire(server, "plant-b"));
            assertThat(waiting(server)).containsExactly(id("plant-c"), id("plant-a"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void who_does_not_ask_again_in_time_loses_its_place_and_the_seat_goes_to_the_next(Engine engine) {
        queueing(engine, TestPool.of(1), server -> {
            var lease = server.granted(granted(acquire(server, "plant-a"))).usageLicense();
            waits(1, acquire(server, "plant-b"));
            waits(2, acquire(server, "plant-c"));
            granted(release(server, "plant-a", lease));
            now = now.plusSeconds(29);
            waits(2, acquire(server, "plant-c"));
            now = now.plusSeconds(1); // half a minute after plant-b has asked
            granted(acquire(server, "plant-c"));
            waits(1, acquire(server, "plant-b"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void who_waits_for_a_feature_holds_up_nobody_who_does_not_want_it(Engine engine) {
        queueing(engine, TestPool.of(3).with("bridge", 1), server -> {
            var lease = server.granted(granted(acquire(server, "plant-a", features("bridge")))).usageLicense();
            waits(1, acquire(server, "plant-b", features("bridge", "mqtt")));
            granted(acquire(server, "plant-c", features("mqtt")));
            granted(release(server, "plant-a", lease));
            refused(RefusalCode.NO_SEAT_FREE, "grant bridge are taken", acquire(server, "plant-d", features("bridge")));
            granted(acquire(server, "plant-e", features("mqtt")));
            refused(RefusalCode.NO_SEAT_FREE, "grant bridge are taken", acquire(server, "plant-c", features("mqtt", "bridge")));
            granted(acquire(server, "plant-b", features("bridge", "mqtt")));
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_last_free_seat_is_not_taken_from_under_who_waits(Engine engine) {
        queueing(engine, TestPool.of(2), server -> {
            var lease = server.granted(granted(acquire(server, "plant-a"))).usageLicense();
            granted(acquire(server, "plant-b"));
            waits(1, acquire(server, "plant-c"));
            granted(release(server, "plant-a", lease));
            granted(acquire(server, "plant-b")); // its own seat again
            waits(2, acquire(server, "plant-d"));
            granted(acquire(server, "plant-c"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_queue_is_the_same_after_a_restart(Engine engine) {
        var store = SharedStores.emptied(engine);
        var first = new TestSeats(store, () -> now).with(TestPool.of(1));
        queue(first, WhenFull.QUEUE);
        var lease = first.granted(granted(acquire(first, "plant-a"))).usageLicense();
        waits(1, acquire(first, "plant-b"));
        waits(2, acquire(first, "plant-c"));
        granted(release(first, "plant-a", lease));
        var second = new TestSeats(store, () -> now);
        waits(2, acquire(second, "plant-c"));
        granted(acquire(second, "plant-b"));
    }

    @ParameterizedTest
    @EnumSource
    void without_a_queue_whoever_asks_gets_what_is_free(Engine engine) {
        queueing(engine, TestPool.of(1), server -> {
            var lease = server.granted(granted(acquire(server, "plant-a"))).usageLicense();
            waits(1, acquire(server, "plant-b"));
            queue(server, WhenFull.REFUSE);
            assertThat(waiting(server)).isEmpty();
            var refused = acquire(server, "plant-b", SeatWish.ALL);
            refused(RefusalCode.NO_SEAT_FREE, "All 1 seats are taken. Try again", refused);
            assertThat(((Outcome.Refused) refused).queued()).isEmpty();
            granted(release(server, "plant-a", lease));
            granted(acquire(server, "plant-c"));
        });
    }
}
