package dev.charter.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What is kept in memory of what clients do has an end.
class BoundsTest {
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z"));

    @Test
    void of_each_client_the_latest_events_are_kept_newest_first() {
        var book = new EventBook(clock);
        for (int i = 0; i < EventBook.MOST_EVENTS + 5; i++) {
            book.note("c", "kind", "event " + i);
        }

        assertThat(book.of("c")).hasSize(EventBook.MOST_EVENTS);
        assertThat(book.of("c").getFirst().text()).isEqualTo("event " + (EventBook.MOST_EVENTS + 4));
        assertThat(book.of("another")).isEmpty();
    }

    @Test
    void who_knocks_under_ever_new_names_drives_out_only_what_is_oldest() {
        var book = new EventBook(clock);
        book.note("old", "kind", "x");
        for (int i = 0; i < EventBook.MOST; i++) {
            book.note("knocker " + i, "refused", "x");
            if (i % 1_000 == 0) {
                book.note("watched", "kind", "x");
            }
        }

        assertThat(book.of("old")).isEmpty();
        assertThat(book.of("watched")).isNotEmpty();
    }

    @Test
    void topics_beyond_the_most_are_not_remembered_and_those_that_are_go_on_being_counted() {
        var topics = new SeenTopics(clock, Set::of);
        for (int i = 0; i < SeenTopics.MOST + 10; i++) {
            topics.note("t/" + i);
        }
        topics.note("t/0");

        assertThat(topics.below("t")).hasSize(SeenTopics.MOST);
        assertThat(topics.below("t").getFirst().messages()).isEqualTo(2);
        var wordy = new SeenTopics(clock, Set::of);
        for (int i = 0; i < 2_000; i++) {
            wordy.note("x".repeat(4_000) + i);
        }
        assertThat(wordy.below("").size()).isLessThan(1_100);
    }

    @Test
    void a_client_that_is_too_fast_is_paused_until_it_is_no_more() {
        var now = new AtomicLong();
        var throttle = new Throttle(10, now::get);
        for (int i = 0; i < 10; i++) {
            assertThat(throttle.pauseNanos()).as("rested: %d", i).isZero();
        }
        assertThat(throttle.pauseNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(throttle.pauseNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(throttle.pauseNanos()).isZero();
    }

    @Test
    void so_many_clients_come_in_a_second_as_are_let() {
        var now = new AtomicLong();
        var rate = new ConnectRate(5, now::get);
        for (int i = 0; i < 10; i++) {
            assertThat(rate.takes()).isTrue();
        }
        assertThat(rate.takes()).isFalse();
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_100));
        for (int i = 0; i < 5; i++) {
            assertThat(rate.takes()).isTrue();
        }
        assertThat(rate.takes()).isFalse();
    }

    @Test
    void a_plan_that_cannot_be_is_refused_with_the_reason() {
        var loopback = InetAddress.getLoopbackAddress();
        assertThatThrownBy(() -> new ListenerPlan("tls", ListenerPlan.Kind.TLS, loopback, 0, Optional.empty())).hasMessageContaining("needs a certificate");
        assertThatThrownBy(() -> new ListenerPlan("tcp", ListenerPlan.Kind.TCP, loopback, 70_000, Optional.empty())).hasMessageContaining("70000");
        assertThatThrownBy(() -> new BrokerPlan(java.nio.file.Path.of("x"), List.of(BrokerUnderTest.tcp(), BrokerUnderTest.tcp()), Limits.safe())).hasMessageContaining("Two listeners");
        assertThatThrownBy(() -> new Limits(0, 65_536, 1, Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(1), 1, 1, 1)).hasMessageContaining("connections");
    }

    @Test
    void what_an_arrival_says_of_itself_holds_no_password() {
        var arrival = new Arrival("c", Optional.of("u"), Optional.of("very secret".getBytes()), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(arrival.toString()).contains("***").doesNotContain("secret");
    }
}
