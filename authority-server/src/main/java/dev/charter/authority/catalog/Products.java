package dev.charter.authority.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Where products are kept.
interface Products {
    /// False when its ID is taken.
    boolean add(Product product);

    /// Changes the product as it is at that moment; what the change throws reaches the caller, and nothing is changed. Empty when there is none.
    Optional<Product> change(String id, UnaryOperator<Product> change);

    Optional<Product> byId(String id);

    /// All of them, by ID.
    List<Product> all();
}
