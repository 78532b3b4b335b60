package dev.charter.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final User user = new User("anna", Role.OPERATOR, "hash", Instant.EPOCH);
    private final KnownUsers users = new UsersInMemory();
    private final Sessions sessions = new Sessions(users, new SecureRandom(), nanos::get);

    SessionsTest() {
        users.add(new User("root", Role.ADMINISTRATOR, "hash", Instant.EPOCH));
        users.add(user);
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void a_session_ends_half_an_hour_after_its_last_use() {
        var token = sessions.begin(user);
        passes(Duration.ofMinutes(29));
        assertThat(sessions.of(token)).isPresent();
        passes(Duration.ofMinutes(29));
        assertThat(sessions.of(token)).isPresent();
        passes(Duration.ofMinutes(31));
        assertThat(sessions.of(token)).isEmpty();
    }

    @Test
    void a_session_ends_after_twelve_hours_however_much_it_is_used() {
        var token = sessions.begin(user);
        for (int i = 0; i < 12 * 4; i++) {
            assertThat(sessions.of(token)).isPresent();
            passes(Duration.ofMinutes(15));
        }
        passes(Duration.ofSeconds(1));
        assertThat(sessions.of(token)).isEmpty();
    }

    @Test
    void asking_whether_somebody_is_still_logged_in_keeps_nobody_logged_in() {
        var token = sessions.begin(user);
        passes(Duration.ofMinutes(20));
        assertThat(sessions.stillOf(token)).isPresent();
        passes(Duration.ofMinutes(11));
        assertThat(sessions.of(token)).isEmpty();
    }

    @Test
    void the_role_is_the_one_that_the_user_has_now() {
        var token = sessions.begin(user);
        users.change(new User("anna", Role.VIEWER, "hash", Instant.EPOCH));
        assertThat(sessions.of(token).orElseThrow().role()).isEqualTo(Role.VIEWER);
        users.remove("anna");
        assertThat(sessions.of(token)).isEmpty();
    }

    @Test
    void too_many_sessions_end_the_one_that_was_used_least_lately() {
        var first = sessions.begin(user);
        passes(Duration.ofSeconds(1));
        var second = sessions.begin(user);
        for (int i = 0; i < Sessions.MOST - 1; i++) {
            passes(Duration.ofMillis(1));
            sessions.begin(user);
        }
        assertThat(sessions.of(first)).isEmpty();
        assertThat(sessions.of(second)).isPresent();
    }
}
