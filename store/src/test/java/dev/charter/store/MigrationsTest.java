package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.store.testing.Engines;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {
    @ParameterizedTest
    @EnumSource
    void are_applied_once_and_keep_the_data(Engine engine) {
        var url = Engines.fresh(engine);
        for (var id : new String[] {"one", "two", "three"}) {
            try (var store = Store.open(url, Things.MIGRATIONS)) {
                store.transactions().doInOne(sql -> Things.add(sql, id));
            }
        }

        try (var store = Store.open(url, Things.MIGRATIONS)) {
            assertThat(Things.ids(store.transactions())).containsExactly("one", "three", "two");
        }
    }

    @Test
    void nodes_that_open_a_new_database_at_the_same_time_wait_for_one_another() throws Exception {
        var url = Engines.fresh(Engine.POSTGRESQL);
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var opened = IntStream.range(0, 4).mapToObj(_ -> nodes.submit(() -> Store.open(url, Things.MIGRATIONS))).toList();
            for (var each : opened) {
                each.get().close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_without_the_servers_tables_gets_them_later(Engine engine) {
        var url = Engines.fresh(engine);
        Store.open(url).close();

        try (var store = Store.open(url, Things.MIGRATIONS)) {
            assertThat(Things.ids(store.transactions())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_that_was_changed_after_it_was_applied_is_refused(Engine engine) {
        var url = Engines.fresh(engine);
        Store.open(url, Things.MIGRATIONS).close();

        assertThatThrownBy(() -> Store.open(url, "classpath:migrations/things-changed"))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("checksum mismatch");
    }

    @ParameterizedTest
    @EnumSource
    void a_folder_that_is_not_there_is_refused(Engine engine) {
        assertThatThrownBy(() -> Store.open(Engines.fresh(engine), "classpath:migrations/nowhere"))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("nowhere");
    }

    @ParameterizedTest
    @EnumSource
    void a_database_with_someone_elses_tables_is_left_alone(Engine engine) throws Exception {
        var url = Engines.fresh(engine);
        var jdbc = switch (url) {
            case StoreUrl.SqliteFile(Path file) -> "jdbc:sqlite:" + file;
            case StoreUrl.PostgresDatabase database -> database.jdbcUrl();
        };
        try (var connection = DriverManager.getConnection(jdbc); var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE someone_elses (id BIGINT)");
        }

        assertThatThrownBy(() -> Store.open(url, Things.MIGRATIONS))
                .isInstanceOf(StoreFault.class)
                .hasMessageContaining("non-empty schema");
    }
}
