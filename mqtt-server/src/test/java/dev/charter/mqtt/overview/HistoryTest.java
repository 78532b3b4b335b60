package dev.charter.mqtt.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final Counters counters = new Counters();
    private final History history = new History(counters, () -> Instant.parse("2026-11-22T08:00:00Z"));

    /// Counters that the test moves.
    private static final class Counters implements Traffic {
        private long in;
        private int connected;

        @Override
        public long publishesIn() {
            return in;
        }

        @Override
        public long publishesOut() {
            return 0;
        }

        @Override
        public long bytesIn() {
            return 0;
        }

        @Override
        public long bytesOut() {
            return 0;
        }

        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public int connected() {
            return connected;
        }

        @Override
        public long retained() {
            return 0;
        }

        @Override
        public long subscriptions() {
            return 0;
        }

        @Override
        public long queued() {
            return 0;
        }
    }

    @Test
    void rates_are_per_second_over_the_last_step_the_oldest_first() {
        counters.in = 100;
        counters.connected = 1;
        history.step();
        counters.in = 150;
        counters.connected = 2;
        history.step();

        assertThat(history.rates().publishesIn()).isEqualTo(5);
        var recorded = history.last(Duration.ofMinutes(60));
        assertThat(recorded.series().get("publishesIn")).containsExactly(10, 5);
        assertThat(recorded.series().get("connected")).containsExactly(1, 2);
        assertThat(recorded.from()).isEqualTo(Instant.parse("2026-11-22T07:59:40Z"));
    }

    @Test
    void a_day_is_kept_and_what_is_older_is_gone() {
        for (int i = 0; i < 24 * 360 + 5; i++) {
            counters.in += 10L * i;
            history.step();
        }
        var recorded = history.last(Duration.ofDays(2));

        assertThat(recorded.series().get("publishesIn")).hasSize(24 * 360).startsWith(5).endsWith(24 * 360 + 4);
        assertThat(history.last(Duration.ofMinutes(1)).series().get("publishesIn")).hasSize(6);
    }

    @Test
    void before_the_first_step_there_is_nothing() {
        assertThat(history.last(Duration.ofMinutes(60)).series().get("publishesIn")).isEmpty();
    }
}
