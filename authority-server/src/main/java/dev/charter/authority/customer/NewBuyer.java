package dev.charter.authority.customer;

import dev.charter.authority.search.Hit;
import dev.charter.authority.search.Match;
import dev.charter.authority.search.Scope;
import dev.charter.authority.search.SearchIndex;
import dev.charter.authority.search.Term;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who orders something without being a customer yet. It is personal data.
///
/// @param name one line
/// @param email where the license key goes
public record NewBuyer(String name, String email) {
    private static final int MOST_LOOKED_AT = 100;

    /// Throws [IllegalArgumentException] for what no customer can be called.
    public NewBuyer {
        var particulars = new Customer.Particulars(name, email);
        name = particulars.name();
        email = particulars.email();
    }

    /// The ID of the customer who has this name and address already, whatever the case of the letters; in the caller's transaction. Of several, any one.
    public Optional<String> known(Sql sql) {
        var hits = SearchIndex.find(sql, Scope.CUSTOMERS, Term.of(Match.EXACT, email), Optional.empty(), MOST_LOOKED_AT).stream().map(Hit::subject).toList();
        return hits.stream().filter(id -> sql.one("SELECT name, email FROM customer WHERE id = ?", row -> row.text("name").equalsIgnoreCase(name) && row.text("email").equalsIgnoreCase(email), id)
                .orElse(false)).findFirst();
    }

    /// Makes a customer of the buyer, whose first license is kept in the same transaction, the caller's. So it is found among licenses from the beginning.
    public void become(Sql sql, String id, Instant at) {
        sql.update("INSERT INTO customer (id, name, email, created_at, licensed) VALUES (?, ?, ?, ?, TRUE)", id, name, email, at);
        SearchIndex.add(sql, List.of(new SearchIndex.Entry(Scope.CUSTOMERS, id, SqlCustomers.values(id, new Customer.Particulars(name, email))), new SearchIndex.Entry(Scope.LICENSES, id, List.of(name, email))));
    }
}
