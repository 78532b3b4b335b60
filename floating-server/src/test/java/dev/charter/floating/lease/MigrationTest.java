package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.testing.SharedStores;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.RefusalCode;
import dev.charter.store.Engine;
import dev.charter.store.Store;
import dev.charter.store.testing.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A database as it was before the server had a console and nodes.
class MigrationTest extends SeatStories {
    private static final String FIRST = "V1__pools_and_leases.sql";

    @TempDir
    Path migrations;

    @ParameterizedTest
    @EnumSource
    void seats_that_were_leased_under_the_first_schema_are_renewed_and_change_hands_under_the_newest(Engine engine) throws IOException {
        try (var first = Objects.requireNonNull(MigrationTest.class.getResourceAsStream("/db/floating/" + FIRST))) {
            Files.copy(first, migrations.resolve(FIRST));
        }
        var url = Engines.fresh(engine);
        TestSeats before;
        String second;
        try (var store = Store.open(url, "filesystem:" + migrations)) {
            before = new TestSeats(store, () -> now).with(TestPool.of(2));
            granted(acquire(before, "host-a"));
            second = before.granted(granted(acquire(before, "host-b"))).usageLicense();
            refused(RefusalCode.NO_SEAT_FREE, acquire(before, "host-c"));
        }

        try (var store = Store.open(url, SharedStores.MIGRATIONS)) {
            var server = new TestSeats(store, () -> now);
            server.remember(before);
            assertThat(server.pool(LICENSE).taken()).isEqualTo(2);
            granted(renew(server, "host-a"));
            refused(RefusalCode.NO_SEAT_FREE, acquire(server, "host-c"));
            granted(release(server, "host-b", second));
            granted(acquire(server, "host-c"));
            assertThat(server.pool(LICENSE).taken()).isEqualTo(2);
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        }
    }
}
