package dev.charter.authority.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A product as the vendor describes it for the first time.
///
/// @param id as documents name it
record Described(String id, String name, Optional<List<Product.Feature>> features, Optional<List<Product.Meter>> meters) {
    Described {
        new Product(id, name, features.orElse(List.of()), meters.orElse(List.of()), Instant.EPOCH); // refuses what cannot be a product
    }

    Product at(Instant createdAt) {
        return new Product(id, name, features.orElse(List.of()), meters.orElse(List.of()), createdAt);
    }
}
