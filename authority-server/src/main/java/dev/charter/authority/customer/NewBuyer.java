package dev.charter.authority.customer;

import dev.charter.authority.search.Scope;
import dev.charter.authority.search.SearchIndex;
import dev.charter.store.Sql;
import java.time.Instant;

/// Who orders something without being a customer yet. It is personal data.
///
/// @param name one line
/// @param email where the license key goes
public record NewBuyer(String name, String email) {

    /// Throws [IllegalArgumentException] for what no customer can be called.
    public NewBuyer {
        var particulars = new Customer.Particulars(name, email);
        name = particulars.name();
        email = particulars.email();
    }

    /// Makes a customer of the buyer, in the caller's transaction.
    public void become(Sql sql, String id, Instant at) {
        sql.update("INSERT INTO customer (id, name, email, created_at, licensed) VALUES (?, ?, ?, ?, FALSE)", id, name, email, at);
        SearchIndex.add(sql, Scope.CUSTOMERS, id, SqlCustomers.values(id, new Customer.Particulars(name, email)));
    }
}
