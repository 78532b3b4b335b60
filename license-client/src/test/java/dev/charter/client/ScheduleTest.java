package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    final Clocks clocks = new Clocks("2026-03-01T08:00:00Z");

    final Random random = new Random(17);

    Schedule schedule(Optional<Duration> sinceContact) {
        return new Schedule(Duration.ofHours(12), sinceContact, clocks, random);
    }

    Duration untilDue(Schedule schedule) {
        var waited = Duration.ZERO;
        while (!schedule.isDue()) {
            clocks.pass(Duration.ofSeconds(1));
            waited = waited.plusSeconds(1);
        }
        return waited;
    }

    @Test void many_that_start_together_do_not_ask_together() {
        var waits = new ArrayList<Duration>();
        for (int product = 0; product < 200; product++) {
            waits.add(untilDue(schedule(Optional.empty())));
        }
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(61)) < 0);
        assertThat(waits.stream().distinct().count()).isGreaterThan(40);
    }

    @Test void a_restart_shortly_after_contact_does_not_ask_again() {
        assertThat(untilDue(schedule(Optional.of(Duration.ofHours(1))))).isBetween(Duration.ofHours(9), Duration.ofHours(13));
    }

    @Test void after_each_failure_it_waits_longer_up_to_a_limit_and_after_an_answer_the_interval_again() {
        var schedule = schedule(Optional.empty());
        var waits = new ArrayList<Duration>();
        for (int i = 0; i < 20; i++) {
            schedule.failed("no answer", Optional.empty());
            waits.add(untilDue(schedule));
        }
        assertThat(waits.get(0)).isBetween(Duration.ofSeconds(26), Duration.ofSeconds(34));
        assertThat(waits.get(5)).isGreaterThan(waits.get(2));
        assertThat(waits.get(19)).isBetween(Duration.ofMinutes(50), Duration.ofMinutes(70));
        schedule.answered();
        assertThat(untilDue(schedule)).isBetween(Duration.ofHours(10), Duration.ofHours(14));
    }

    @Test void it_never_comes_back_before_the_authority_asked_for_and_not_all_in_one_second() {
        var waits = new ArrayList<Duration>();
        for (int product = 0; product < 50; product++) {
            var schedule = schedule(Optional.empty());
            schedule.failed("no answer", Optional.of(Duration.ofMinutes(20)));
            schedule.soon();
            waits.add(untilDue(schedule));
        }
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMinutes(20)) >= 0 && wait.compareTo(Duration.ofMinutes(23)) < 0);
        assertThat(waits.stream().distinct().count()).isGreaterThan(20);
    }

    @Test void a_wait_without_measure_is_bounded() {
        var schedule = schedule(Optional.empty());
        schedule.failed("no answer", Optional.of(Duration.ofDays(100_000)));
        assertThat(untilDue(schedule)).isLessThan(Duration.ofDays(2));
    }
}
