package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.store.testing.Engines;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class IssuerTimeTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final class SetClock implements InstantSource {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        void move(Duration by) {
            now = now.plus(by);
        }
    }

    @Parameter
    Engine engine;

    StoreUrl url;
    Store store;
    final SetClock clock = new SetClock();

    @BeforeEach
    void open() {
        url = Engines.fresh(engine);
        store = Store.open(url);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void goes_with_the_clock() {
        var time = store.issuerTime(clock);
        assertThat(time.instant()).isEqualTo(START);

        for (var step : new Duration[] {Duration.ofMillis(1), Duration.ofMillis(300), Duration.ofMillis(499), SECOND, Duration.ofDays(31)}) {
            clock.move(step);
            assertThat(time.instant()).isEqualTo(clock.instant());
        }
    }

    @Test
    void stands_still_while_the_clock_is_behind_and_goes_on_when_it_has_caught_up() {
        var time = store.issuerTime(clock);
        clock.move(Duration.ofHours(1));
        var highest = time.instant();

        clock.move(Duration.ofMinutes(-90));
        assertThat(time.instant()).isEqualTo(highest);
        clock.move(Duration.ofMinutes(60));
        assertThat(time.instant()).isEqualTo(highest);
        clock.move(Duration.ofMinutes(31));
        assertThat(time.instant()).isEqualTo(highest.plus(Duration.ofMinutes(1)));
    }

    @Test
    void never_goes_back_over_a_crash_although_the_clock_does() {
        var time = store.issuerTime(clock);
        clock.move(Duration.ofDays(1));
        time.instant();
        clock.move(IssuerTime.REACH.dividedBy(2).minusMillis(1)); // handed out without a write
        var last = time.instant();

        // Nothing is said on closing, so for the row this is a crash.
        store.close();
        store = Store.open(url);
        clock.move(Duration.ofDays(-3));

        assertThat(store.issuerTime(clock).instant())
                .isAfterOrEqualTo(last)
                .isBeforeOrEqualTo(last.plus(IssuerTime.REACH));
    }

    @Test
    void a_good_clock_shows_nothing_of_a_restart() {
        store.issuerTime(clock).instant();
        store.close();
        store = Store.open(url);
        clock.move(IssuerTime.REACH);

        assertThat(store.issuerTime(clock).instant()).isEqualTo(clock.instant());
    }

    @Test
    void never_goes_back_whatever_the_clock_does_and_however_often_it_restarts() {
        long seed = new SplittableRandom().nextLong();
        var random = new SplittableRandom(seed);
        var latest = Instant.EPOCH;
        var time = store.issuerTime(clock);
        for (int step = 0; step < 500; step++) {
            clock.move(Duration.ofMillis(random.nextLong(-700, 800)));
            if (random.nextInt(20) == 0) {
                time = store.issuerTime(clock); // another process on the same database, the former one gone
            }
            var now = time.instant();
            assertThat(now).as("seed %d, step %d", seed, step).isAfterOrEqualTo(latest);
            latest = now;
        }
    }

    @Test
    void two_nodes_are_never_apart_by_more_than_a_second_however_wrong_one_clock_is() {
        var ahead = store.issuerTime(() -> clock.instant().plus(Duration.ofHours(1)));
        var behind = store.issuerTime(clock);
        for (int step = 0; step < 200; step++) {
            clock.move(Duration.ofMillis(50));
            assertThat(Duration.between(behind.instant(), ahead.instant())).as("step %d", step)
                    .isBetween(SECOND.negated(), step < 20 ? Duration.ofHours(1) : SECOND);
        }
    }

    @Test
    void writes_its_row_a_few_times_a_second_however_often_it_is_asked() {
        var time = store.issuerTime(clock);
        var seen = new TreeSet<Long>();
        for (int i = 0; i < 1000; i++) {
            clock.move(Duration.ofMillis(1));
            time.instant();
            seen.add(row());
        }

        assertThat(seen).as("values of the row within one second").hasSizeBetween(2, 6);
    }

    private long row() {
        return store.transactions().reading(sql -> sql.one("SELECT latest FROM issuer_time", row -> row.number("latest")).orElseThrow());
    }

    @Test
    void many_threads_see_it_go_forward_only() throws Exception {
        var time = store.issuerTime(InstantSource.system());
        var wrong = new AtomicReference<String>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().uncaughtExceptionHandler((_, e) -> wrong.set(e.toString())).start(() -> {
                var before = Instant.EPOCH;
                var end = InstantSource.system().instant().plus(SECOND);
                while (before.isBefore(end)) {
                    var now = time.instant();
                    if (now.isBefore(before)) {
                        wrong.set(now + " after " + before);
                    }
                    before = now;
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(wrong.get()).isNull();
    }

    @Test
    void is_refused_within_a_transaction_always() {
        var time = store.issuerTime(clock);

        assertThatThrownBy(() -> store.transactions().inOne(_ -> time.instant())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.transactions().reading(_ -> time.instant())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void no_time_is_handed_out_that_the_database_does_not_know_of() {
        var time = store.issuerTime(clock);
        store.close();

        clock.move(IssuerTime.REACH.dividedBy(4));
        assertThat(time.instant()).isEqualTo(clock.instant());
        clock.move(IssuerTime.REACH);
        assertThatThrownBy(time::instant).isInstanceOf(StoreUnavailable.class);
    }
}
