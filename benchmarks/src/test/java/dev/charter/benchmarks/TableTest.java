package dev.charter.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    static final Pairs TWICE = Pairs.of(List.of(2_000.0), List.of(1_000.0));

    @Test void a_ratio_on_its_bound_is_met_and_above_it_is_missed() {
        assertThat(Line.atMost(2, "a", Unit.NANOSECONDS, TWICE, "b").met()).contains(true);
        assertThat(Line.atMost(1.9, "a", Unit.NANOSECONDS, TWICE, "b").met()).contains(false);
        assertThat(Line.atLeast(2, "a", Unit.PER_SECOND, TWICE, "b").met()).contains(true);
        assertThat(Line.atLeast(2.1, "a", Unit.PER_SECOND, TWICE, "b").met()).contains(false);
        assertThat(Line.below(50e6, "a", Unit.NANOSECONDS, 50e6).met()).contains(false);
    }

    @Test void one_missed_target_is_enough_to_miss() {
        var met = Line.atMost(2, "a", Unit.NANOSECONDS, TWICE, "b");
        var missed = Line.atMost(1, "a", Unit.NANOSECONDS, TWICE, "b");

        assertThat(new Table(List.of(met, missed)).everyTargetIsMet()).isFalse();
        assertThat(new Table(List.of(met, Line.beside("a", Unit.NANOSECONDS, TWICE, "b"))).everyTargetIsMet()).isTrue();
    }

    @Test void columns_stand_below_one_another() {
        var table = new Table(List.of(Line.atMost(1.5, "verify", Unit.NANOSECONDS, TWICE, "bare"), Line.note("x", "y", "z"))).plain().lines().toList();

        assertThat(table.get(1)).startsWith("verify  2.00 us   1.00 us bare").contains("2.00x (2.00-2.00)").contains("<= 1.5x").endsWith("MISSED");
        assertThat(table.get(2)).startsWith("x       y         z");
    }

    @Test void a_figure_has_three_digits_that_count() {
        assertThat(Unit.NANOSECONDS.written(3.14159)).isEqualTo("3.14 ns");
        assertThat(Unit.NANOSECONDS.written(31_415.9)).isEqualTo("31.4 us");
        assertThat(Unit.NANOSECONDS.written(2.5e9)).isEqualTo("2.50 s");
        assertThat(Unit.PER_SECOND.written(12_345.6)).isEqualTo("12,346/s");
        assertThat(Unit.MEGABYTES.written(189.4)).isEqualTo("189 MB");
    }
}
