package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.store.Store;
import dev.charter.store.StoreUnavailable;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of seats while the database cannot be written. The [StoreUnavailable] is answered with 503 over HTTP.
class FaultsTest extends SeatStories {

    @Test
    void on_a_full_disk_a_seat_is_taken_whole_or_not_at_all_and_when_there_is_room_again_it_goes_on(@TempDir Path folder) throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2m", "none", folder.toString()), "a small file system takes the right to mount one");
        try {
            filled(folder);
        } finally {
            run("umount", folder.toString());
        }
    }

    private void filled(Path folder) throws IOException {
        try (var store = Store.open(StoreUrl.parse("sqlite:" + folder.resolve("leases.db")), "classpath:db/floating")) {
            var server = new TestSeats(store, () -> now).with(TestPool.of(100_000));
            var ballast = folder.resolve("ballast");
            Files.write(ballast, new byte[1 << 20]);
            var asked = new ArrayList<Asked>();
            var granted = new ArrayList<Outcome>();
            assertThatThrownBy(() -> {
                while (true) {
                    var next = asks("plant-" + asked.size(), Purpose.ACQUIRE, SeatWish.ALL);
                    granted.add(server.seats.request(next));
                    asked.add(next);
                }
            }).isInstanceOf(StoreUnavailable.class);

            assertThat(asked).as("until the disk was full").isNotEmpty();
            assertThat(server.pool(LICENSE).taken()).isEqualTo(asked.size());
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
            assertThat(asked.stream().map(server.seats::request).toList()).as("answers that were given are given again").isEqualTo(granted);
            assertThatThrownBy(() -> acquire(server, "plant-b")).isInstanceOf(StoreUnavailable.class);

            Files.delete(ballast);
            granted(acquire(server, "plant-after"));
            assertThat(server.pool(LICENSE).taken()).isEqualTo(asked.size() + 1);
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
