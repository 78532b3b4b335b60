package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowsTest {
    private static final int CALLS = 1_000_000;

    @TempDir Path folder;

    @Test void the_question_asked_all_day_allocates_nothing_and_reads_no_clock() {
        var world = new World(folder.resolve("home"));
        try (var client = world.activated()) {
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            threads.setThreadAllocatedMemoryEnabled(true);
            long least = Long.MAX_VALUE;
            for (int run = 0; run < 5; run++) { // the first ones also load classes and compile
                long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                int yes = ask(client);
                least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
                assertThat(yes).isEqualTo(CALLS * 2);
            }
            assertThat(least).isZero();
        }
    }

    private static int ask(LicenseClient client) {
        int yes = 0;
        for (int i = 0; i < CALLS; i++) {
            yes += client.allows("sparkplug") ? 1 : 0;
            yes += client.allows("snowflake") ? 1 : 0;
            yes += client.limit("messages").isPresent() ? 1 : 0;
            yes += client.configurationLocked() ? 1 : 0;
        }
        return yes;
    }

    @Test void asking_goes_on_while_an_exchange_waits_for_its_answer() {
        var world = new World(folder.resolve("home"));
        try (var client = world.activated()) {
            world.issuer.way = reply -> {
                // The exchange stands still here, and holds whatever it holds.
                assertThat(client.allows("sparkplug")).isTrue();
                world.background.task("clock");
                world.background.task("contact");
                return reply;
            };
            assertThat(client.reactivate()).isInstanceOf(Activation.Activated.class);
        }
    }
}
