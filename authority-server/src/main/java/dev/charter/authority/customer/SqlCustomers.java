package dev.charter.authority.customer;

import dev.charter.authority.search.Hit;
import dev.charter.authority.search.Scope;
import dev.charter.authority.search.SearchIndex;
import dev.charter.authority.search.Term;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Customers in the database.
@Component
final class SqlCustomers implements Customers {
    private static final String SELECT = "SELECT id, name, email, created_at FROM customer";
    private static final int AT_ONCE = 50;
    /// A customer may be hit by many parts of one name; after so many hits a page ends early.
    private static final int MOST_EXAMINED = 500;

    private final Transactions transactions;

    SqlCustomers(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public boolean add(Customer customer) {
        return transactions.inOne(sql -> {
            boolean added = sql.update("INSERT INTO customer (id, name, email, created_at, licensed) VALUES (?, ?, ?, ?, FALSE) ON CONFLICT DO NOTHING",
                    customer.id(), customer.name(), customer.email(), customer.createdAt()) == 1;
            if (added) {
                SearchIndex.add(sql, Scope.CUSTOMERS, customer.id(), values(customer.id(), customer.particulars()));
            }
            return added;
        });
    }

    /// Licenses are found by their customer's name too, so both indexes follow. Who issues a customer's first license updates the same row, so that one of the two
    /// sees what the other did.
    @Override
    public Optional<Customer> change(String id, Customer.Particulars after) {
        return transactions.inOne(sql -> {
            var licensed = sql.one("UPDATE customer SET name = name WHERE id = ? RETURNING licensed", row -> row.flag("licensed"), id); // holds the row until the end
            if (licensed.isEmpty()) {
                return Optional.empty();
            }
            var before = sql.one(SELECT + " WHERE id = ?", SqlCustomers::customer, id).orElseThrow();
            sql.update("UPDATE customer SET name = ?, email = ? WHERE id = ?", after.name(), after.email(), id);
            SearchIndex.replace(sql, Scope.CUSTOMERS, id, values(id, before.particulars()), values(id, after));
            if (licensed.get()) {
                SearchIndex.replace(sql, Scope.LICENSES, id, List.of(before.name(), before.email()), List.of(after.name(), after.email()));
            }
            return Optional.of(new Customer(id, after.name(), after.email(), before.createdAt()));
        });
    }

    @Override
    public Optional<Customer> byId(String id) {
        return transactions.reading(sql -> sql.one(SELECT + " WHERE id = ?", SqlCustomers::customer, id));
    }

    @Override
    public Page page(Optional<Term> term, Optional<Place> after, int most) {
        return transactions.reading(sql -> term.map(wanted -> found(sql, wanted, after, most)).orElseGet(() -> newest(sql, after, most)));
    }

    private static Page newest(Sql sql, Optional<Place> after, int most) {
        var arguments = new ArrayList<Object>();
        var where = "";
        if (after.isPresent() && after.get() instanceof Place.AtCustomer(var createdAt, var id)) {
            where = " WHERE (created_at, id) < (?, ?)";
            arguments.addAll(List.of(createdAt, id));
        }
        arguments.add(most + 1);
        var customers = sql.query(SELECT + where + " ORDER BY created_at DESC, id DESC LIMIT ?", SqlCustomers::customer, arguments.toArray());
        if (customers.size() <= most) {
            return new Page(customers, Optional.empty());
        }
        var last = customers.get(most - 1);
        return new Page(customers.subList(0, most), Optional.of(new Place.AtCustomer(last.createdAt(), last.id())));
    }

    /// A customer may be hit several times, and is listed at the first of them only, which can be told from the customer alone.
    private static Page found(Sql sql, Term term, Optional<Place> after, int most) {
        var found = new ArrayList<Customer>();
        var last = after.flatMap(place -> place instanceof Place.AtHit(var hit) ? Optional.of(hit) : Optional.empty());
        for (int examined = 0; examined < MOST_EXAMINED; examined += AT_ONCE) {
            var hits = SearchIndex.find(sql, Scope.CUSTOMERS, term, last, AT_ONCE);
            var customers = byIds(sql, hits.stream().map(Hit::subject).distinct().toList());
            for (var hit : hits) {
                if (found.size() == most) {
                    return new Page(found, last.map(Place.AtHit::new));
                }
                last = Optional.of(hit);
                Optional.ofNullable(customers.get(hit.subject()))
                        .filter(customer -> term.firstIn(values(customer.id(), customer.particulars())).filter(hit.part()::equals).isPresent()).ifPresent(found::add);
            }
            if (hits.size() < AT_ONCE) {
                return new Page(found, Optional.empty());
            }
        }
        return new Page(found, last.map(Place.AtHit::new));
    }

    private static Map<String, Customer> byIds(Sql sql, List<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        // Always the same text, so that it is prepared once: what is missing is filled up with the first.
        var arguments = new ArrayList<Object>(ids);
        arguments.addAll(Collections.nCopies(AT_ONCE - ids.size(), ids.getFirst()));
        return sql.query(SELECT + " WHERE id IN (?" + ", ?".repeat(AT_ONCE - 1) + ")", SqlCustomers::customer, arguments.toArray())
                .stream().collect(Collectors.toMap(Customer::id, Function.identity()));
    }

    static List<String> values(String id, Customer.Particulars particulars) {
        return List.of(id, particulars.name(), particulars.email());
    }

    private static Customer customer(Row row) {
        return new Customer(row.text("id"), row.text("name"), row.text("email"), row.instant("created_at"));
    }
}
