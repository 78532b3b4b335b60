package dev.charter.authority.catalog;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import java.util.List;
import org.springframework.stereotype.Component;

/// Looks at products.
@Component
final class FindProducts {
    private final Products products;

    FindProducts(Products products) {
        this.products = products;
    }

    /// @throws Rejected when there is no such product
    Product byId(Caller caller, String id) {
        caller.require(Scope.CATALOG_READ);
        return products.byId(id).orElseThrow(() -> Rejected.unknown("There is no product \"" + id + "\"."));
    }

    /// All of them, by ID.
    List<Product> all(Caller caller) {
        caller.require(Scope.CATALOG_READ);
        return products.all();
    }
}
