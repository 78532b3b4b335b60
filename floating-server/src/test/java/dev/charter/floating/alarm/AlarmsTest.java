package dev.charter.floating.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.RunningConsole;
import dev.charter.floating.alarm.Alarm.Code;
import dev.charter.floating.alarm.Alarm.Severity;
import dev.charter.floating.history.SeatHistory;
import dev.charter.floating.installation.Installation;
import dev.charter.floating.lease.MarkRestored;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.settings.Settings;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private static final Instant END = Instant.parse("2099-06-01T00:00:00Z");
    private RunningConsole server = RunningConsole.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private List<Alarm> at(Instant time, Instant wall) {
        return new LookForAlarms(server.part(Settings.class), server.part(Transactions.class), () -> time, () -> wall, server.part(Pools.class), server.part(Installation.class),
                server.part(SeatHistory.class)).now();
    }

    private List<Alarm> at(Instant time) {
        return at(time, time);
    }

    @Test
    void a_license_that_ends_is_told_of_sixty_days_before_and_the_more_urgently_the_nearer_it_comes() {
        server.licensed(TestPool.of(2).until(END));
        assertThat(at(END.minus(Duration.ofDays(61)))).isEmpty();
        assertThat(at(END.minus(Duration.ofDays(59)))).extracting(Alarm::severity).containsExactly(Severity.INFO);
        assertThat(at(END.minus(Duration.ofDays(29)))).extracting(Alarm::severity).containsExactly(Severity.WARNING);
        assertThat(at(END.minus(Duration.ofDays(6)))).extracting(Alarm::severity).containsExactly(Severity.CRITICAL);
        assertThat(at(END.minus(Duration.ofHours(30)))).extracting(Alarm::message).singleElement().asString().contains("ends on 2099-06-01, in 1 day.");
    }

    @Test
    void a_machines_clock_that_is_minutes_behind_is_told_of_and_one_that_is_ahead_is_not() {
        server.licensed(TestPool.of(2));
        var now = Instant.parse("2027-01-01T00:00:00Z");
        assertThat(at(now, now.minusSeconds(60))).isEmpty();
        assertThat(at(now, now.plusSeconds(7200))).isEmpty();
        assertThat(at(now, now.minusSeconds(180))).extracting(Alarm::code).containsExactly(Code.CLOCK_BEHIND);
    }

    @Test
    void two_hosts_with_one_key_are_told_of_for_a_week() {
        server.licensed(TestPool.of(5));
        var key = TestVendor.signer();
        server.acquire(key, "pump");
        server.acquire(key, "copy of pump"); // another request of the same number
        var now = Instant.now();
        assertThat(at(now)).extracting(Alarm::code).containsExactly(Code.CLONE_SEEN);
        assertThat(at(now.plus(Duration.ofDays(8)))).isEmpty();
    }

    @Test
    void after_a_restore_it_is_told_until_when_no_seat_is_handed_out() {
        server.licensed(TestPool.of(5));
        var now = Instant.now();
        new MarkRestored(server.part(Transactions.class), () -> now, server.part(Pools.class)).handle();
        assertThat(at(now)).extracting(Alarm::code).containsExactly(Code.RESTORED);
        assertThat(at(now.plus(Duration.ofDays(4)))).isEmpty();
    }

    @Test
    void from_which_share_on_a_pool_is_nearly_full_is_a_setting() {
        server.close();
        server = RunningConsole.start(Map.of("NEARLY_FULL", "50"));
        server.licensed(TestPool.of(4));
        server.acquire(TestVendor.signer(), "a");
        assertThat(at(Instant.now())).isEmpty();
        server.acquire(TestVendor.signer(), "b");
        assertThat(at(Instant.now())).extracting(Alarm::message).singleElement().asString().startsWith("2 of 4 seats");
    }

    @Test
    void an_alarm_has_a_beginning_and_goes_when_its_cause_does() {
        var alarms = server.part(Alarms.class);
        var first = alarms.look().getFirst();
        assertThat(first.alarm().code()).isEqualTo(Code.NO_LICENSE);
        assertThat(alarms.look().getFirst().since()).isEqualTo(first.since());
        server.licensed(TestPool.of(2));
        assertThat(alarms.look()).isEmpty();
        assertThat(server.anonymous().get("/metrics").text()).contains("charter_alarms{severity=\"critical\"} 0.0");
    }
}
