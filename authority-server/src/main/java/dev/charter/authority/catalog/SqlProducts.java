package dev.charter.authority.catalog;

import dev.charter.store.Row;
import dev.charter.store.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Products in the database.
@Component
final class SqlProducts implements Products {
    private static final String SELECT = "SELECT id, name, features, meters, letters, losses, orders, created_at FROM product";
    private static final TypeReference<List<Product.Feature>> FEATURES = new TypeReference<>() {};
    private static final TypeReference<List<Product.Meter>> METERS = new TypeReference<>() {};

    private final Transactions transactions;
    private final JsonMapper json;

    SqlProducts(Transactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    @Override
    public boolean add(Product product) {
        return transactions.inOne(sql -> sql.update("INSERT INTO product (id, name, features, meters, letters, losses, orders, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                product.id(), product.name(), text(product.features()), text(product.meters()), product.letters(), product.losses(), product.orders(), product.createdAt())) == 1;
    }

    @Override
    public Optional<Product> change(String id, UnaryOperator<Product> change) {
        return transactions.inOne(sql -> {
            sql.update("UPDATE product SET name = name WHERE id = ?", id); // holds the row until the end
            var after = sql.one(SELECT + " WHERE id = ?", this::product, id).map(change);
            after.ifPresent(product -> sql.update("UPDATE product SET name = ?, features = ?, meters = ?, letters = ?, losses = ?, orders = ? WHERE id = ?",
                    product.name(), text(product.features()), text(product.meters()), product.letters(), product.losses(), product.orders(), id));
            return after;
        });
    }

    @Override
    public Optional<Product> byId(String id) {
        return transactions.reading(sql -> sql.one(SELECT + " WHERE id = ?", this::product, id));
    }

    @Override
    public List<Product> all() {
        return transactions.reading(sql -> sql.query(SELECT + " ORDER BY id", this::product));
    }

    private Product product(Row row) {
        return new Product(row.text("id"), row.text("name"), json.readValue(row.text("features"), FEATURES), json.readValue(row.text("meters"), METERS),
                row.constant(LetterRule.class, "letters"), row.constant(LossRule.class, "losses"), row.constant(OrderRule.class, "orders"), row.instant("created_at"));
    }

    private String text(List<?> list) {
        return json.writeValueAsString(list);
    }
}
