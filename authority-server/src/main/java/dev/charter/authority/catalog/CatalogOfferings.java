package dev.charter.authority.catalog;

import dev.charter.authority.license.Offerings;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Tells those who sell licenses what a product has.
@Component
final class CatalogOfferings implements Offerings {
    private final Products products;

    CatalogOfferings(Products products) {
        this.products = products;
    }

    @Override
    public Optional<Offering> of(String product) {
        return products.byId(product).map(found -> new Offering(
                found.features().stream().map(Product.Feature::name).collect(Collectors.toSet()),
                found.meters().stream().map(Product.Meter::name).collect(Collectors.toSet())));
    }
}
