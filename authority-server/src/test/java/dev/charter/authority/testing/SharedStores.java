package dev.charter.authority.testing;

import dev.charter.store.Engine;
import dev.charter.store.Store;
import dev.charter.store.testing.SharedStore;
import java.util.List;
import java.util.stream.Stream;

/// The databases that all tests of a JVM share which need nothing else than an empty one.
final class SharedStores {
    static final String MIGRATIONS = "classpath:db/authority";
    private static final List<String> TABLES = List.of("reminder", "license_end", "mailbox_answer", "mailbox_failure", "outbox", "payment_event", "payment_reconciled", "test_refund", "test_checkout", "order_refund", "order_step", "purchase_order", "item", "portal_link", "loss", "letter", "search_suffix", "search_value", "audit_checkpoint_head", "audit_checkpoint", "audit_personal", "audit_entry", "alarm", "answer", "attachment",
            "activation_mark", "activation", "license", "customer", "product");
    private static final SharedStore SHARED = new SharedStore(MIGRATIONS, Stream.concat(TABLES.stream().map(table -> "DELETE FROM " + table), Stream.of("UPDATE issuer_time SET latest = 0")).toList());

    private SharedStores() {}

    /// As it is after its migrations.
    static Store emptied(Engine engine) {
        return SHARED.emptied(engine);
    }
}
