package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/// Fills the small disk that a folder lies on with leases, makes room again, and says that everything held; a program of its own, started by [FaultsTest].
final class FullDisk extends SeatStories {
    static final String HELD = "all of it held";

    public static void main(String[] arguments) throws IOException {
        new FullDisk().fill(Path.of(arguments[0]));
        System.out.println(HELD);
    }

    private void fill(Path folder) throws IOException {
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
}
