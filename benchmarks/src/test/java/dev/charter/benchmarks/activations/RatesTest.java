package dev.charter.benchmarks.activations;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RatesTest {

    @Test void what_the_parts_allow_together_is_less_than_the_slowest_of_them() {
        assertThat(Rates.limit(10_000, 10_000)).isCloseTo(5_000, Offset.offset(1e-6));
        assertThat(Rates.limit(12_000, 6_000, 4_000)).isCloseTo(2_000, Offset.offset(1e-6));
    }
}
