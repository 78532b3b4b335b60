package dev.charter.server.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.server.web.Rejected;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final FailedLogins failed = new FailedLogins(nanos::get);

    @Test
    void an_address_may_fail_ten_times_and_then_once_in_half_a_minute() {
        for (int i = 0; i < FailedLogins.OF_ADDRESS; i++) {
            failed.refuseIfTooMany("10.0.0.1", "name" + i);
            failed.failed("10.0.0.1", "name" + i);
        }
        assertThatThrownBy(() -> failed.refuseIfTooMany("10.0.0.1", "anna")).isInstanceOfSatisfying(Rejected.class,
                refused -> assertThat(refused.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30)));
        assertThatCode(() -> failed.refuseIfTooMany("10.0.0.2", "anna")).doesNotThrowAnyException();

        nanos.addAndGet(Duration.ofSeconds(31).toNanos());
        assertThatCode(() -> failed.refuseIfTooMany("10.0.0.1", "anna")).doesNotThrowAnyException();
    }

    @Test
    void many_addresses_together_may_fail_twenty_times_for_one_name() {
        for (int i = 0; i < FailedLogins.OF_NAME; i++) {
            failed.refuseIfTooMany("10.0.0." + i, "Anna");
            failed.failed("10.0.0." + i, "Anna");
        }
        assertThatThrownBy(() -> failed.refuseIfTooMany("10.0.1.1", "anna")).isInstanceOf(Rejected.class);
        assertThatCode(() -> failed.refuseIfTooMany("10.0.1.1", "berta")).doesNotThrowAnyException();
    }
}
