package dev.charter.authority.catalog;

import dev.charter.store.Transactions;
import tools.jackson.databind.json.JsonMapper;

/// This package as the program puts it together, for the tests of others.
public final class TestCatalog {
    private TestCatalog() {}

    public static Practice practice(Transactions transactions) {
        return new Practice(new SqlProducts(transactions, JsonMapper.shared()));
    }
}
