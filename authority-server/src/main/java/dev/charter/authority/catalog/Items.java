package dev.charter.authority.catalog;

import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Items in the database.
@Component
public final class Items {
    private static final String SELECT = "SELECT id, product, title, description, kind, features, meters, prices, units, position, offered, created_at FROM item";
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};
    private static final TypeReference<List<Price>> PRICES = new TypeReference<>() {};

    private final Transactions transactions;
    private final JsonMapper json;

    Items(Transactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    /// Everything of a product that can be bought now, in the order of its list.
    public List<Item> offered(String product) {
        return transactions.reading(sql -> sql.query(SELECT + " WHERE product = ? AND offered = TRUE ORDER BY position, id", this::item, product));
    }

    /// Those of a product, or all, offered or not.
    List<Item> all(Optional<String> product) {
        return transactions.reading(sql -> product.isPresent() ? sql.query(SELECT + " WHERE product = ? ORDER BY product, position, id", this::item, product.get())
                : sql.query(SELECT + " ORDER BY product, position, id", this::item));
    }

    /// One, offered or not.
    public Optional<Item> byId(String id) {
        return transactions.reading(sql -> byId(sql, id));
    }

    /// Puts an item, or changes it to this; false when there is one of another product or kind under that ID.
    boolean put(Item item) {
        return transactions.inOne(sql -> sql.update("""
                INSERT INTO item (id, product, title, description, kind, features, meters, prices, units, position, offered, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET title = excluded.title, description = excluded.description, features = excluded.features, meters = excluded.meters, prices = excluded.prices,
                    units = excluded.units, position = excluded.position, offered = excluded.offered
                WHERE item.product = excluded.product AND item.kind = excluded.kind""",
                item.id(), item.product(), item.title(), item.description(), item.kind(), json.writeValueAsString(item.features()), json.writeValueAsString(item.meters()),
                json.writeValueAsString(item.prices()), item.units(), item.position(), item.offered(), item.createdAt())) == 1;
    }

    private Optional<Item> byId(Sql sql, String id) {
        return sql.one(SELECT + " WHERE id = ?", this::item, id);
    }

    private Item item(Row row) {
        return new Item(row.text("id"), row.text("product"), row.text("title"), row.text("description"), row.constant(ItemKind.class, "kind"), json.readValue(row.text("features"), NAMES),
                json.readValue(row.text("meters"), NAMES), json.readValue(row.text("prices"), PRICES), row.number("units"), row.smallNumber("position"), row.flag("offered"), row.instant("created_at"));
    }
}
