package dev.charter.authority.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.RemoteAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VisitsTest {
    final AtomicLong nanos = new AtomicLong();
    final Visits visits = new Visits(nanos::get);
    final RemoteAddress plant = new RemoteAddress("192.0.2.1");

    @Test
    void an_address_that_orders_without_end_has_to_wait_and_no_other_does() {
        for (int i = 0; i < 30; i++) {
            visits.order(plant);
        }

        assertThatThrownBy(() -> visits.order(plant)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.code()).isEqualTo(HttpProblem.TOO_MANY_ATTEMPTS);
            assertThat(rejected.retryAfter()).hasValueSatisfying(wait -> assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1)));
        });
        assertThatNoException().isThrownBy(() -> visits.order(new RemoteAddress("192.0.2.2")));
        assertThatNoException().as("whoever waits for an order may look").isThrownBy(() -> visits.look(plant));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThatNoException().isThrownBy(() -> visits.order(plant));
    }

    @Test
    void a_page_that_looks_every_second_never_has_to_wait() {
        for (int second = 0; second < 3_600; second++) {
            visits.look(plant);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
    }
}
