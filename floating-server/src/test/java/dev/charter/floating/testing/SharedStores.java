package dev.charter.floating.testing;

import dev.charter.store.Engine;
import dev.charter.store.Store;
import dev.charter.store.testing.SharedStore;
import java.util.List;
import java.util.stream.Stream;

/// The databases that all tests of a JVM share which need nothing else than an empty one.
public final class SharedStores {
    public static final String MIGRATIONS = "classpath:db/floating";
    private static final List<String> TABLES = List.of("answer", "reclaim", "emergency_day", "audit_entry", "waiting", "lease", "pool", "wanted_seats", "clock_mark", "host_file", "console_user", "console_entry", "pool_sample", "pool_day",
            "report_count");
    private static final SharedStore SHARED = new SharedStore(MIGRATIONS, Stream.concat(TABLES.stream().map(table -> "DELETE FROM " + table),
            Stream.of("UPDATE issuer_time SET latest = 0", "UPDATE console_log SET entries = 0, head = NULL", "UPDATE keeper SET node = '', beat = 0, files = 0")).toList());

    private SharedStores() {}

    /// As it is after its migrations.
    public static Store emptied(Engine engine) {
        return SHARED.emptied(engine);
    }
}
