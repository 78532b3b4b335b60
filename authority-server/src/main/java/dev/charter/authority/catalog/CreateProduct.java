package dev.charter.authority.catalog;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import dev.charter.store.IssuerTime;
import org.springframework.stereotype.Component;

/// Puts a product into the catalog.
@Component
final class CreateProduct {
    private final Products products;
    private final IssuerTime time;

    CreateProduct(Products products, IssuerTime time) {
        this.products = products;
        this.time = time;
    }

    /// @throws Rejected when there is another product of that ID; the same one again is no mistake
    Product handle(Caller caller, Described described) {
        caller.require(Scope.CATALOG_WRITE);
        var product = described.at(time.instant());
        if (products.add(product)) {
            return product;
        }
        return products.byId(product.id()).filter(there -> described.at(there.createdAt()).equals(there))
                .orElseThrow(() -> Rejected.conflict("There is a product \"" + product.id() + "\" already. Change it with PUT, or choose another ID."));
    }
}
