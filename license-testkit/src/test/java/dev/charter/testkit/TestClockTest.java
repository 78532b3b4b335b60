package dev.charter.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class TestClockTest {
    final TestClock clock = TestClock.on("2026-03-01");

    @Test void a_day_is_its_first_moment_in_utc() {
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        clock.itIsNow("2026-03-01T12:30:00Z");
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T12:30:00Z"));
    }

    @Test void who_waits_is_called_several_times_while_long_times_pass_and_ends_at_the_right_moment() {
        var seen = new ArrayList<Instant>();
        clock.tellWhenItMoves(() -> seen.add(clock.instant()));

        clock.passes(Duration.ofMinutes(10));
        assertThat(seen).containsExactly(Instant.parse("2026-03-01T00:10:00Z"));
        clock.itIsNow("2026-12-01");
        assertThat(seen).hasSizeBetween(30, 40).isSorted().endsWith(Instant.parse("2026-12-01T00:00:00Z"));
        assertThat(clock.nanos()).isEqualTo(Duration.ofDays(275).toNanos());
    }

    @Test void time_does_not_go_back_but_clocks_can_be_set_back() {
        assertThatThrownBy(() -> clock.itIsNow("2026-02-28")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("isSetTo");
        assertThatThrownBy(() -> clock.passes(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        clock.isSetTo("2026-02-28");
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-02-28T00:00:00Z"));
        assertThat(clock.nanos()).isZero();
    }
}
