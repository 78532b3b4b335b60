package dev.charter.floating.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.testing.SharedStores;
import dev.charter.store.Engine;
import dev.charter.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeatHistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private final Denials denials = new Denials();
    private final SeatHistory history = new SeatHistory(denials);

    private void on(Engine engine, BiConsumer<Store, SeatHistory> story) {
        var store = SharedStores.emptied(engine);
        story.accept(store, history);
    }

    private void add(Store store, Instant at, long taken, long denied) {
        store.transactions().doInOne(sql -> history.add(sql, "lic-1", 10, taken, 0, denied, at));
    }

    private SeatHistory.Course course(Store store, Duration last, Instant now) {
        return store.transactions().reading(sql -> history.course(sql, "lic-1", last, now));
    }

    @ParameterizedTest
    @EnumSource
    void a_step_keeps_the_most_that_was_taken_and_all_that_was_denied_in_it(Engine engine) {
        on(engine, (store, _) -> {
            add(store, NOON.plusSeconds(5), 3, 1);
            add(store, NOON.plusSeconds(25), 7, 2);
            add(store, NOON.plusSeconds(45), 4, 0);
            add(store, NOON.plusSeconds(65), 2, 0);

            var minutes = course(store, Duration.ofHours(24), NOON.plusSeconds(70));
            assertThat(minutes.step()).isEqualTo(Duration.ofMinutes(1));
            assertThat(minutes.points()).containsExactly(new SeatHistory.Point(NOON, 7, 0, 3, 10), new SeatHistory.Point(NOON.plusSeconds(60), 2, 0, 0, 10));
            assertThat(course(store, Duration.ofDays(30), NOON.plusSeconds(70)).points()).containsExactly(new SeatHistory.Point(NOON, 7, 0, 3, 10));
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_finer_the_steps_the_shorter_they_are_kept(Engine engine) {
        on(engine, (store, _) -> {
            add(store, NOON, 3, 1);
            var later = NOON.plus(Duration.ofDays(3));
            store.transactions().doInOne(sql -> history.thinOut(sql, later));
            assertThat(course(store, Duration.ofDays(2), later).points()).isEmpty();
            assertThat(course(store, Duration.ofDays(14), later).points()).hasSize(1);
            var muchLater = NOON.plus(Duration.ofDays(91));
            store.transactions().doInOne(sql -> history.thinOut(sql, muchLater));
            assertThat(course(store, Duration.ofDays(500), muchLater).points()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_day_tells_its_peak_and_its_denials_with_those_that_are_not_taken_down_yet(Engine engine) {
        on(engine, (store, _) -> {
            add(store, NOON, 3, 1);
            add(store, NOON.plusSeconds(3600), 9, 4);
            denials.denied("lic-1");
            var today = store.transactions().reading(sql -> history.today(sql, "lic-1", NOON.plusSeconds(7200)));
            assertThat(today).contains(new SeatHistory.Day("lic-1", LocalDate.of(2026, 11, 28), 10, 9, 6));
            var days = new ArrayList<SeatHistory.Day>();
            store.transactions().reading(sql -> {
                history.days(sql, "lic-1", LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30), days::add);
                return true;
            });
            assertThat(days).extracting(SeatHistory.Day::denied).containsExactly(5L);
        });
    }
}
