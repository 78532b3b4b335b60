package dev.charter.authority.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FailPointsTest {

    @Test
    void who_reaches_the_named_point_says_so_and_stands_still() throws Exception {
        var said = new CountDownLatch(1);
        var out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                said.countDown();
            }
        };
        var points = FailPoints.at(Optional.of("ACTIVATE_SIGNED"), new PrintStream(out, false, StandardCharsets.UTF_8));

        var walker = Thread.ofPlatform().daemon().start(() -> points.reach(FailPoint.ACTIVATE_SIGNED));
        said.await();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("fail point ACTIVATE_SIGNED reached" + System.lineSeparator());
        assertThat(walker.isAlive()).isTrue();
    }

    @Test
    void of_several_named_points_each_is_stood_at() throws Exception {
        var said = new CountDownLatch(2);
        var out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                said.countDown();
            }
        };
        var points = FailPoints.at(Optional.of("ISSUE_WRITTEN,ACTIVATE_SIGNED"), new PrintStream(out, false, StandardCharsets.UTF_8));

        Thread.ofPlatform().daemon().start(() -> points.reach(FailPoint.ACTIVATE_SIGNED));
        Thread.ofPlatform().daemon().start(() -> points.reach(FailPoint.ISSUE_WRITTEN));
        said.await();

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactlyInAnyOrder("fail point ACTIVATE_SIGNED reached", "fail point ISSUE_WRITTEN reached");
    }

    @Test
    void all_other_points_are_passed() {
        var out = new ByteArrayOutputStream();
        var points = FailPoints.at(Optional.of("ACTIVATE_SIGNED"), new PrintStream(out, true, StandardCharsets.UTF_8));

        points.reach(FailPoint.ACTIVATE_DECIDED);
        FailPoints.none().reach(FailPoint.ACTIVATE_SIGNED);

        assertThat(out.size()).isZero();
    }

    @Test
    void an_unknown_point_is_refused_with_those_that_there_are() {
        for (var names : new String[] {"ACTIVATE", "ISSUE_WRITTEN,ACTIVATE", "ISSUE_WRITTEN, ISSUE_DECIDED"}) {
            assertThatThrownBy(() -> FailPoints.at(Optional.of(names), System.out)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ACTIVATE_SIGNED");
        }
    }

    @Test
    void all_points_can_be_listed() {
        var out = new ByteArrayOutputStream();

        FailPoint.printAll(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(FailPoint.values().length).contains("RELEASE_WRITTEN");
    }
}
