package dev.charter.authority.catalog;

import java.time.Instant;
import java.util.List;

/// What a product becomes, except for its ID.
record Revised(String name, List<Product.Feature> features, List<Product.Meter> meters) {
    Revised {
        new Product("any", name, features, meters, Instant.EPOCH); // refuses what cannot be a product
    }

    Product of(Product before) {
        return new Product(before.id(), name, features, meters, before.createdAt());
    }
}
