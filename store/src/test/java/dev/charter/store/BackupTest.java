package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.store.testing.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    Path folder;

    @Test
    void opens_as_a_store_with_everything_that_was_answered_before() throws Exception {
        var copy = folder.resolve("copy.db");
        var stop = new AtomicBoolean();
        try (var store = Things.fresh(Engine.SQLITE)) {
            store.transactions().doInOne(sql -> Things.add(sql, "before"));
            var busy = Thread.ofVirtual().start(() -> {
                for (int i = 0; !stop.get(); i++) {
                    var id = "during-" + i;
                    store.transactions().doInOne(sql -> Things.add(sql, id));
                }
            });
            store.backupTo(copy);
            stop.set(true);
            busy.join();
            store.transactions().doInOne(sql -> Things.add(sql, "after"));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy))).isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(copy);
        }
        try (var store = Store.open(StoreUrl.parse("sqlite:" + copy), Things.MIGRATIONS)) {
            assertThat(Things.ids(store.transactions())).contains("before").doesNotContain("after");
            store.transactions().doInOne(sql -> Things.add(sql, "restored"));
        }
    }

    @Test
    void never_overwrites() throws Exception {
        var there = folder.resolve("there.db");
        Files.writeString(there, "precious");

        try (var store = Things.fresh(Engine.SQLITE)) {
            assertThatThrownBy(() -> store.backupTo(there)).isInstanceOf(StoreUnavailable.class).hasMessageContaining("exists already");
        }
        assertThat(there).hasContent("precious");
    }

    @Test
    void a_missing_folder_is_named() {
        try (var store = Things.fresh(Engine.SQLITE)) {
            assertThatThrownBy(() -> store.backupTo(folder.resolve("gone/copy.db")))
                    .isInstanceOf(StoreUnavailable.class).hasMessageContaining("gone");
        }
    }

    @Test
    void what_a_cut_off_backup_left_is_no_obstacle() throws Exception {
        var copy = folder.resolve("copy.db");
        Files.writeString(folder.resolve("copy.db.unfinished"), "half");

        try (var store = Things.fresh(Engine.SQLITE)) {
            store.backupTo(copy);
        }
        assertThat(copy).exists();
        assertThat(folder.resolve("copy.db.unfinished")).doesNotExist();
    }

    @Test
    void a_database_that_is_not_there_is_not_made_by_copying_it() {
        var missing = folder.resolve("missing.db");
        assertThatThrownBy(() -> Store.copy(new StoreUrl.SqliteFile(missing), folder.resolve("copy.db"))).isInstanceOf(StoreUnavailable.class).hasMessageContaining("missing.db");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void postgresql_has_tools_of_its_own() {
        try (var store = Store.open(Engines.fresh(Engine.POSTGRESQL))) {
            assertThatThrownBy(() -> store.backupTo(folder.resolve("copy.db")))
                    .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("pg_dump");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
