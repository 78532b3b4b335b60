package dev.charter.floating.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.testing.Clocks;
import dev.charter.floating.testing.TestPool;
import dev.charter.store.Engine;
import dev.charter.store.IssuerTime;
import dev.charter.store.Store;
import dev.charter.store.testing.Engines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SteadyTimeTest {
    private final Clocks clocks = new Clocks(TestPool.BEGIN);
    private final ArrayList<Instant> countedAgain = new ArrayList<>();

    private IssuerTime start(Store store) {
        return store.issuerTime(SteadyTime.begin(store.transactions(), clocks.machine(), countedAgain::add));
    }

    @ParameterizedTest
    @EnumSource
    void a_wall_clock_that_is_set_while_the_server_runs_changes_nothing(Engine engine) {
        try (var store = Store.open(Engines.fresh(engine), "classpath:db/floating")) {
            var time = start(store);
            clocks.setWall(Duration.ofHours(2));
            clocks.pass(Duration.ofSeconds(10));
            assertThat(time.instant()).isEqualTo(TestPool.BEGIN.plusSeconds(10));
            clocks.setWall(Duration.ofDays(-400));
            clocks.pass(Duration.ofSeconds(10));
            assertThat(time.instant()).isEqualTo(TestPool.BEGIN.plusSeconds(20));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_server_that_starts_again_on_the_same_boot_knows_how_much_time_has_passed_whatever_the_wall_clock_says(Engine engine) {
        try (var store = Store.open(Engines.fresh(engine), "classpath:db/floating")) {
            start(store);
            countedAgain.clear();
            clocks.setWall(Duration.ofHours(2));
            clocks.pass(Duration.ofMinutes(5));
            assertThat(start(store).instant()).isEqualTo(TestPool.BEGIN.plusSeconds(300));
            assertThat(countedAgain).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void after_a_boot_the_wall_clock_is_read_and_every_lease_counts_again_from_there_and_time_never_goes_back(Engine engine) {
        try (var store = Store.open(Engines.fresh(engine), "classpath:db/floating")) {
            start(store);
            countedAgain.clear();
            clocks.reboot();
            clocks.setWall(Duration.ofHours(2));
            var ahead = start(store).instant();
            assertThat(ahead).isEqualTo(TestPool.BEGIN.plus(Duration.ofHours(2)));
            assertThat(countedAgain).containsExactly(ahead);

            clocks.reboot();
            clocks.setWall(Duration.ofHours(-2));
            clocks.pass(Duration.ofSeconds(1));
            assertThat(start(store).instant()).isAfter(ahead).isBefore(ahead.plusSeconds(5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_node_that_joins_others_goes_by_their_time_however_wrong_its_own_clock_is(Engine engine) {
        try (var store = Store.open(Engines.fresh(engine), "classpath:db/floating")) {
            var others = start(store);
            clocks.pass(Duration.ofSeconds(10));
            var before = others.instant();
            countedAgain.clear();
            clocks.reboot(); // another machine, for this node
            clocks.setWall(Duration.ofHours(2));
            var joined = store.issuerTime(SteadyTime.begin(store.transactions(), clocks.machine(), () -> true, countedAgain::add));
            assertThat(joined.instant()).isBetween(before, before.plus(IssuerTime.REACH.multipliedBy(3)));
            assertThat(countedAgain).isEmpty();
        }
    }
}
