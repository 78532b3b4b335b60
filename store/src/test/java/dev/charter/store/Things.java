package dev.charter.store;

import dev.charter.store.testing.Engines;
import java.util.List;

/// The small schema that the store's own tests work on.
final class Things {
    static final String MIGRATIONS = "classpath:migrations/things";

    private Things() {}

    static Store fresh(Engine engine) {
        return Store.open(Engines.fresh(engine), MIGRATIONS);
    }

    static int add(Sql sql, String id) {
        return sql.update("INSERT INTO thing (id, amount) VALUES (?, 0)", id);
    }

    static List<String> ids(Transactions transactions) {
        return transactions.reading(sql -> sql.query("SELECT id FROM thing ORDER BY id", row -> row.text("id")));
    }
}
