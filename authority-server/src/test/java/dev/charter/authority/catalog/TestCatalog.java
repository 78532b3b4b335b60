package dev.charter.authority.catalog;

import dev.charter.store.Transactions;
import tools.jackson.databind.json.JsonMapper;

/// This package as the program puts it together, for the tests of others.
public final class TestCatalog {
    private TestCatalog() {}

    public static Practice practice(Transactions transactions) {
        return new Practice(new SqlProducts(transactions, JsonMapper.shared()));
    }

    public static Items items(Transactions transactions) {
        return new Items(transactions, JsonMapper.shared());
    }

    /// Offers an item, or changes it.
    public static void puts(Items items, Item item) {
        if (!items.put(item)) {
            throw new AssertionError("there is another item " + item.id());
        }
    }
}
