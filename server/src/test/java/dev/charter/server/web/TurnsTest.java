package dev.charter.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private long now = 1;

    @AfterEach
    void letAllEnd() {
        end.countDown();
        threads.close();
    }

    private Turns turns(int atOnce, int mostWaiting, Duration longestWait) {
        return new Turns(atOnce, mostWaiting, longestWait, () -> now);
    }

    /// Takes a place, and keeps it until the end.
    private Future<?> keepsAPlace(Turns turns) throws InterruptedException {
        var has = new CountDownLatch(1);
        var work = threads.submit(() -> turns.inTurn(() -> false, () -> {
            has.countDown();
            awaitEnd();
            return true;
        }));
        has.await();
        return work;
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private Future<?> waits(Turns turns, String name, BooleanSupplier goesFirst) {
        int before = turns.waiting();
        var work = threads.submit(() -> turns.inTurn(goesFirst, () -> done.add(name)));
        until(() -> turns.waiting() == before + 1);
        return work;
    }

    private static void until(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static Duration toldToComeAgain(Turns turns) {
        try {
            turns.inTurn(() -> false, () -> true);
            throw new AssertionError("there was a place");
        } catch (Rejected rejected) {
            return rejected.retryAfter().orElseThrow();
        }
    }

    @Test
    void who_came_earlier_works_earlier_and_those_who_go_first_before_all_others() throws Exception {
        var turns = turns(1, 100, LONG);
        keepsAPlace(turns);
        var all = List.of(waits(turns, "claim 1", () -> false), waits(turns, "claim 2", () -> false), waits(turns, "renewal 1", () -> true), waits(turns, "renewal 2", () -> true));
        end.countDown();
        for (var one : all) {
            one.get();
        }
        assertThat(done).containsExactly("renewal 1", "renewal 2", "claim 1", "claim 2");
    }

    @Test
    void half_of_the_line_is_kept_for_those_who_go_first() throws Exception {
        var turns = turns(1, 4, LONG);
        keepsAPlace(turns);
        waits(turns, "claim 1", () -> false);
        waits(turns, "claim 2", () -> false);
        assertThat(toldToComeAgain(turns)).isPositive();
        waits(turns, "renewal 1", () -> true);
        waits(turns, "renewal 2", () -> true);
        assertThatThrownBy(() -> turns.inTurn(() -> true, () -> true)).isInstanceOf(Rejected.class);
    }

    @Test
    void the_line_is_full_before_a_server_handles_no_more_requests() throws Exception {
        var turns = new Turns(1, LONG, () -> now);
        keepsAPlace(turns);
        for (int i = 0; i < AtOnce.MOST / 2; i++) {
            waits(turns, "claim " + i, () -> false);
        }
        assertThat(toldToComeAgain(turns)).isPositive();
        waits(turns, "renewal", () -> true);
    }

    @Test
    void a_herd_that_is_turned_away_comes_again_at_many_times() throws Exception {
        var turns = turns(1, 0, LONG);
        keepsAPlace(turns);
        var told = new ArrayList<Duration>();
        for (int i = 0; i < 1_000; i++) {
            told.add(toldToComeAgain(turns));
        }
        assertThat(told).isSorted();
        assertThat(told.stream().distinct()).as("125 in each second").containsExactly(seconds(1), seconds(2), seconds(3), seconds(4), seconds(5), seconds(6), seconds(7), seconds(8), seconds(9));
        now += TimeUnit.SECONDS.toNanos(60);
        assertThat(toldToComeAgain(turns)).as("when all of them are through").isEqualTo(seconds(1));
    }

    private static Duration seconds(int number) {
        return Duration.ofSeconds(number);
    }

    @Test
    void who_has_waited_for_too_long_is_told_to_come_again_and_leaves_no_gap() throws Exception {
        var turns = turns(1, 10, Duration.ofMillis(1));
        keepsAPlace(turns);
        assertThatThrownBy(() -> turns.inTurn(() -> false, () -> true)).asInstanceOf(InstanceOfAssertFactories.type(Rejected.class))
                .satisfies(rejected -> assertThat(rejected.retryAfter()).isPresent());
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void work_that_fails_gives_its_place_back() {
        var turns = turns(1, 10, LONG);
        assertThatThrownBy(() -> turns.inTurn(() -> false, () -> {
            throw new IllegalStateException("it broke");
        })).hasMessage("it broke");
        assertThat(turns.inTurn(() -> false, () -> "next")).isEqualTo("next");
    }

    @Test
    void who_is_interrupted_while_waiting_takes_no_place_along() throws Exception {
        var turns = turns(1, 10, LONG);
        var holder = keepsAPlace(turns);
        var interrupted = new CompletableFuture<Boolean>();
        var waiter = Thread.ofVirtual().start(() -> {
            try {
                turns.inTurn(() -> false, () -> done.add("never"));
            } catch (Rejected stopped) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            }
        });
        until(() -> turns.waiting() == 1);
        waiter.interrupt();
        assertThat(interrupted.get()).isTrue();
        end.countDown();
        holder.get();
        assertThat(turns.inTurn(() -> false, () -> "next")).isEqualTo("next");
        assertThat(done).isEmpty();
    }
}
