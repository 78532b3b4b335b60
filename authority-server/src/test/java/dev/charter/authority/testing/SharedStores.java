package dev.charter.authority.testing;

import dev.charter.store.Engine;
import dev.charter.store.Store;
import dev.charter.store.testing.Engines;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One database of each engine for all tests of a JVM that need nothing else than an empty one: making one takes longer than most tests.
final class SharedStores {
    static final String MIGRATIONS = "classpath:db/authority";
    private static final List<String> TABLES = List.of("reminder", "license_end", "mailbox_answer", "mailbox_failure", "outbox", "payment_event", "payment_reconciled", "test_refund", "test_checkout", "order_refund", "order_step", "purchase_order", "item", "portal_link", "loss", "letter", "search_suffix", "search_value", "audit_checkpoint_head", "audit_checkpoint", "audit_personal", "audit_entry", "alarm", "answer", "attachment",
            "activation_mark", "activation", "license", "customer", "product");
    private static final Map<Engine, Store> STORES = new EnumMap<>(Engine.class);

    private SharedStores() {}

    /// As it is after its migrations.
    static synchronized Store emptied(Engine engine) {
        var store = STORES.computeIfAbsent(engine, SharedStores::open);
        store.transactions().doInOne(sql -> {
            TABLES.forEach(table -> sql.update("DELETE FROM " + table));
            sql.update("UPDATE issuer_time SET latest = 0");
        });
        return store;
    }

    private static Store open(Engine engine) {
        var store = Store.open(Engines.fresh(engine), MIGRATIONS);
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
        return store;
    }
}
