package dev.charter.authority.catalog;

import dev.charter.store.Sql;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What the vendor has decided for the desk's work on a product.
@Component
public final class Practice {
    private final Products products;

    Practice(Products products) {
        this.products = products;
    }

    /// @param title as people read it
    public record OfProduct(String title, LetterRule letters, LossRule losses, OrderRule orders) {}

    /// Empty when there is no such product.
    public Optional<OfProduct> of(String product) {
        return products.byId(product).map(found -> new OfProduct(found.name(), found.letters(), found.losses(), found.orders()));
    }

    /// What becomes of a paid order for the product, in the caller's transaction.
    public static OrderRule orders(Sql sql, String product) {
        return sql.one("SELECT orders FROM product WHERE id = ?", row -> row.constant(OrderRule.class, "orders"), product).orElse(OrderRule.FULFIL);
    }

    /// The product's name as people read it, in the caller's transaction; the product's ID where there is no such product.
    public static String title(Sql sql, String product) {
        return sql.one("SELECT name FROM product WHERE id = ?", row -> row.text("name"), product).orElse(product);
    }
}
