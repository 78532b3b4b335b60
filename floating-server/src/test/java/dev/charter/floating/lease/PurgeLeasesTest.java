package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Bytes;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.format.SeatWish;
import dev.charter.store.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PurgeLeasesTest extends SeatStories {

    private static long count(TestSeats server, String table) {
        return server.transactions.reading(sql -> sql.one("SELECT COUNT(*) AS many FROM " + table, row -> row.number("many")).orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void of_a_lease_that_is_over_no_answer_is_kept_and_of_a_release_its_acknowledgement_for_a_week(Engine engine) {
        on(engine, TestPool.of(2), server -> {
            var purge = new PurgeLeases(server.transactions, server.time);
            var lease = server.granted(granted(acquire(server, "plant-a"))).usageLicense();
            granted(renew(server, "plant-a"));
            assertThat(count(server, "answer")).isEqualTo(2);
            var acknowledged = granted(release(server, "plant-a", lease));
            assertThat(count(server, "answer")).isEqualTo(1);
            now = now.plus(Duration.ofDays(7));
            purge.handle();
            assertThat(granted(release(server, "plant-a", lease))).isEqualTo(acknowledged);
            now = now.plusSeconds(1);
            assertThat(purge.handle()).isEqualTo(1);
            refused(RefusalCode.RELEASED, release(server, "plant-a", lease));
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_host_is_forgotten_three_months_after_its_lease_ended_and_its_epoch_raises_no_alarm_then(Engine engine) {
        on(engine, TestPool.of(2), server -> {
            var purge = new PurgeLeases(server.transactions, server.time);
            var grant = server.granted(granted(acquire(server, "plant-a")));
            granted(acquire(server, "plant-b"));
            granted(release(server, "plant-a", grant.usageLicense()));
            now = now.plus(Duration.ofDays(90));
            granted(acquire(server, "plant-b"));
            assertThat(count(server, "lease")).isEqualTo(2);
            now = now.plusSeconds(1);
            purge.handle();
            assertThat(count(server, "lease")).isEqualTo(1);
            var again = TestPool.request(LICENSE, Purpose.ACQUIRE, TestPool.keys("plant-a"), 2, new SeatWish(List.of(), Optional.empty(), Optional.of(grant.epoch())));
            granted(server.seats.request(asked(again)));
            assertThat(server.pool(LICENSE).renewsOnly(now)).isFalse();
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void an_epoch_that_nobody_gave_raises_no_alarm(Engine engine) {
        on(engine, TestPool.of(2), server -> {
            var made = new SeatWish(List.of(), Optional.empty(), Optional.of(Bytes.of(new byte[32])));
            granted(acquire(server, "plant-a", made));
            assertThat(server.pool(LICENSE).renewsOnly(now)).isFalse();
        });
    }
}
