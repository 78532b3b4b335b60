package dev.charter.authority.catalog;

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
    public record OfProduct(String title, LetterRule letters, LossRule losses) {}

    /// Empty when there is no such product.
    public Optional<OfProduct> of(String product) {
        return products.byId(product).map(found -> new OfProduct(found.name(), found.letters(), found.losses()));
    }
}
