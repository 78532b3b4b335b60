package dev.charter.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {

    @Test void a_slow_moment_that_both_shared_changes_nothing() {
        var calm = Pairs.of(List.of(12.0, 12.0, 12.0), List.of(10.0, 10.0, 10.0));
        var disturbed = Pairs.of(List.of(12.0, 120.0, 12.0), List.of(10.0, 100.0, 10.0));

        assertThat(disturbed.ratio()).isEqualTo(calm.ratio()).isEqualTo(1.2);
    }

    @Test void a_slow_moment_of_one_alone_does_not_decide() {
        assertThat(Pairs.of(List.of(12.0, 900.0, 12.0), List.of(10.0, 10.0, 10.0)).ratio()).isEqualTo(1.2);
    }

    @Test void the_spread_is_that_of_the_middle_half() {
        assertThat(Pairs.of(List.of(1.0, 2.0, 3.0, 4.0, 50.0), List.of(1.0, 1.0, 1.0, 1.0, 1.0)).spread()).isEqualTo("2.00-4.00");
    }

    @Test void the_interval_leaves_out_what_lies_outside_by_chance_once_in_twenty_times() {
        var ten = Pairs.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0), Collections.nCopies(10, 1.0));

        assertThat(ten.interval()).isEqualTo(new Pairs.Interval(2, 9)); // which covers the middle in 97.9 % of all cases, and 3 to 8 in 89.1 %
        assertThat(Pairs.of(List.of(1.0, 2.0, 3.0), Collections.nCopies(3, 1.0)).interval()).isEqualTo(new Pairs.Interval(1, 3));
    }

    @Test void a_target_is_missed_only_where_the_whole_interval_lies_beyond() {
        var slower = Pairs.of(List.of(1.06, 1.07, 1.08, 1.09, 1.06, 1.07), Collections.nCopies(6, 1.0));
        var doubtful = Pairs.of(List.of(1.04, 1.07, 1.08, 1.09, 1.06, 1.07), Collections.nCopies(6, 1.0));

        assertThat(Line.notAbove(1.05, "", Unit.NANOSECONDS, slower, "").met()).contains(false);
        assertThat(Line.notAbove(1.05, "", Unit.NANOSECONDS, doubtful, "").met()).contains(true);
        assertThat(Line.notBelow(1.1, "", Unit.NANOSECONDS, slower, "").met()).contains(false);
    }

    @Test void a_quantile_between_two_figures_lies_in_proportion() {
        assertThat(Pairs.quantile(0.5, 4, 1, 3, 2)).isEqualTo(2.5);
        assertThat(Pairs.quantile(0, 4, 1)).isEqualTo(1);
        assertThat(Pairs.quantile(1, 4, 1)).isEqualTo(4);
    }

    @Test void what_cannot_be_paired_is_refused() {
        assertThatThrownBy(() -> Pairs.of(List.of(1.0), List.of(1.0, 2.0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pairs.of(List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pairs.Pair(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pairs.Pair(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
