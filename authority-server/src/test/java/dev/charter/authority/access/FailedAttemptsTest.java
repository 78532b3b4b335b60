package dev.charter.authority.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.charter.authority.access.FailedAttempts.Guess;
import dev.charter.authority.settings.Settings.Attempts;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.RemoteAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {
    private static final RemoteAddress GUESSER = new RemoteAddress("203.0.113.1");
    private static final RemoteAddress HONEST = new RemoteAddress("203.0.113.2");

    private final AtomicLong nanos = new AtomicLong(1);
    private final FailedAttempts attempts = new FailedAttempts(new Attempts(5, 2), new Attempts(1, 1), nanos::get);

    @Test
    void an_address_that_failed_too_often_is_refused_and_told_how_long_to_wait() {
        fail(GUESSER, 4);
        assertThatNoException().isThrownBy(() -> attempts.refuseIfTooMany(Guess.LICENSE_KEY, GUESSER));
        fail(GUESSER, 1);

        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> attempts.refuseIfTooMany(Guess.LICENSE_KEY, GUESSER)).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(HttpProblem.TOO_MANY_ATTEMPTS);
            assertThat(refused.retryAfter()).hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMillis(1), Duration.ofMillis(500)));
        });
    }

    @Test
    void it_may_fail_again_as_time_goes_by() {
        fail(GUESSER, 5);
        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThatNoException().isThrownBy(() -> attempts.refuseIfTooMany(Guess.LICENSE_KEY, GUESSER));

        fail(GUESSER, 1);
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> attempts.refuseIfTooMany(Guess.LICENSE_KEY, GUESSER));
    }

    @Test
    void others_and_other_kinds_of_guesses_are_not_affected() {
        fail(GUESSER, 100);

        assertThatNoException().isThrownBy(() -> attempts.refuseIfTooMany(Guess.LICENSE_KEY, HONEST));
        assertThatNoException().isThrownBy(() -> attempts.refuseIfTooMany(Guess.API_TOKEN, GUESSER));
    }

    @Test
    void what_succeeds_costs_nothing() {
        for (int i = 0; i < 1000; i++) {
            attempts.refuseIfTooMany(Guess.LICENSE_KEY, HONEST);
        }
        fail(HONEST, 4);
        assertThatNoException().isThrownBy(() -> attempts.refuseIfTooMany(Guess.LICENSE_KEY, HONEST));
    }

    @Test
    void only_so_many_addresses_are_remembered_and_those_who_fail_again_and_again_are() {
        fail(GUESSER, 5);
        for (int i = 0; i < 3 * FailedAttempts.MOST_ADDRESSES; i++) {
            attempts.failed(Guess.LICENSE_KEY, new RemoteAddress("address " + i));
            if (i % 1000 == 0) {
                attempts.failed(Guess.LICENSE_KEY, GUESSER);
            }
        }
        assertThat(attempts.remembered(Guess.LICENSE_KEY)).isEqualTo(FailedAttempts.MOST_ADDRESSES);
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> attempts.refuseIfTooMany(Guess.LICENSE_KEY, GUESSER));
    }

    private void fail(RemoteAddress address, int times) {
        for (int i = 0; i < times; i++) {
            attempts.failed(Guess.LICENSE_KEY, address);
        }
    }
}
