package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.audit.ReplayAudit;
import dev.charter.floating.testing.SharedStores;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.store.Engine;
import dev.charter.store.Store;
import dev.charter.store.testing.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
        try (var store = Store.open(url, "filesystem:" + migrations)) {
            store.transactions().doInOne(FirstRows::writeInto);
        }
        now = Instant.parse(FirstRows.AT).plusSeconds(60);
        for (var purpose : List.of("host-a" + Purpose.ACQUIRE, "host-a" + Purpose.RENEW, "host-b" + Purpose.ACQUIRE, "host-c" + Purpose.ACQUIRE)) {
            sequences.put(purpose, 1L);
        }

        try (var store = Store.open(url, SharedStores.MIGRATIONS)) {
            var server = new TestSeats(store, () -> now);
            assertThat(server.transactions.reading(server.pools::all)).singleElement().satisfies(pool -> assertThat(List.of(pool.license(), pool.seats(), pool.taken())).isEqualTo(List.of(LICENSE, 2L, 2L)));
            assertThat(server.granted(granted(renew(server, "host-a"))).features()).containsExactly("bridge", "mqtt", "sparkplug");
            refused(RefusalCode.NO_SEAT_FREE, acquire(server, "host-c"));
            granted(release(server, "host-b", FirstRows.LEASE_OF_HOST_B));
            granted(acquire(server, "host-c"));
            assertThat(server.pool(LICENSE).taken()).isEqualTo(2);
            assertThat(new ReplayAudit(server.transactions).differences(LICENSE)).isEmpty();
        }
    }
}
