package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.store.testing.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"sqlite:/data/charter.db", "jdbc:sqlite:/data/charter.db", " sqlite:///data/charter.db "})
    void names_a_sqlite_file(String url) {
        assertThat(StoreUrl.parse(url)).isEqualTo(new StoreUrl.SqliteFile(Path.of("/data/charter.db")));
        assertThat(StoreUrl.parse(url).engine()).isEqualTo(Engine.SQLITE);
    }

    @Test
    void names_a_postgresql_database_with_its_user_and_password() {
        var url = (StoreUrl.PostgresDatabase) StoreUrl.parse("jdbc:postgresql://db.plant:5433/charter?user=anna&password=secret");

        assertThat(url.engine()).isEqualTo(Engine.POSTGRESQL);
        assertThat(url.user()).contains("anna");
        assertThat(url.password()).contains("secret");
    }

    @Test
    void user_and_password_given_separately_win() {
        var url = (StoreUrl.PostgresDatabase) StoreUrl.parse(
                "jdbc:postgresql://db/charter?user=anna&password=secret", Optional.of("bert"), Optional.of("other"));

        assertThat(url.user()).contains("bert");
        assertThat(url.password()).contains("other");
    }

    @Test
    void its_text_shows_where_but_never_the_password() {
        assertThat(StoreUrl.parse("jdbc:postgresql://one,two:5433/charter?user=anna&password=secret"))
                .hasToString("jdbc:postgresql://one:5432,two:5433/charter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgresql://db/charter                        | starts with jdbc:
            postgres://anna:secret@db/charter              | starts with jdbc:
            jdbc:postgresql://anna:secret@db/charter       | do not stand before the host
            jdbc:postgresql://db:port/charter              | not a PostgreSQL URL that can be read
            jdbc:postgresql://db/                          | names no database
            mysql://anna:secret@db/charter                 | not a database URL that is known here
            /data/charter.db                               | not a database URL that is known here
            sqlite:                                        | names no file
            sqlite::memory:                                | lost with the process
            sqlite:/data/charter.db?foreign_keys=off       | the store sets these itself
            sqlite:/                                       | names a folder
            """)
    void says_what_is_wrong_without_repeating_a_password(String url, String reason) {
        assertThatThrownBy(() -> StoreUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_sqlite_file_takes_no_user() {
        assertThatThrownBy(() -> StoreUrl.parse("sqlite:/data/charter.db", Optional.of("anna"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no user");
    }

    @Test
    void a_missing_folder_is_named_when_the_store_is_opened(@TempDir Path folder) {
        assertThatThrownBy(() -> Store.open(StoreUrl.parse("sqlite:" + folder.resolve("gone/charter.db"))))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("folder of the SQLite file does not exist")
                .hasMessageContaining("gone");
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_as_it_is(@TempDir Path folder) throws Exception {
        var file = folder.resolve("notes.txt");
        Files.writeString(file, "these are notes, ".repeat(1000));

        assertThatThrownBy(() -> Store.open(StoreUrl.parse("sqlite:" + file)))
                .isInstanceOf(StoreUnavailable.class).hasMessageContaining("not a database");
        assertThat(file).hasContent("these are notes, ".repeat(1000));
    }

    @Test
    void only_its_owner_may_read_a_new_sqlite_file(@TempDir Path folder) throws Exception {
        var file = folder.resolve("charter.db");
        try (var store = Store.open(StoreUrl.parse("sqlite:" + file), Things.MIGRATIONS)) {
            store.transactions().doInOne(sql -> Things.add(sql, "one"));
            for (var name : new String[] {"charter.db", "charter.db-wal", "charter.db-shm"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                        .as(name).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void a_postgresql_that_is_not_there_is_unavailable() {
        assertThatThrownBy(() -> Store.open(StoreUrl.parse("jdbc:postgresql://127.0.0.1:1/charter?user=anna&password=secret")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @EnumSource
    void the_store_says_which_engine_it_runs_on(Engine engine) {
        try (var store = Store.open(Engines.fresh(engine))) {
            assertThat(store.engine()).isEqualTo(engine);
        }
    }
}
