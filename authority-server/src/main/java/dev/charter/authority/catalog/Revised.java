package dev.charter.authority.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a product becomes, except for its ID.
///
/// @param letters without it, it stays as it is
/// @param losses without it, it stays as it is
/// @param orders without it, it stays as it is
record Revised(String name, List<Product.Feature> features, List<Product.Meter> meters, Optional<LetterRule> letters, Optional<LossRule> losses, Optional<OrderRule> orders) {
    Revised {
        new Product("any", name, features, meters, LetterRule.ANSWER, LossRule.LOOK, OrderRule.FULFIL, Instant.EPOCH); // refuses what cannot be a product
    }

    Product of(Product before) {
        return new Product(before.id(), name, features, meters, letters.orElse(before.letters()), losses.orElse(before.losses()), orders.orElse(before.orders()), before.createdAt());
    }
}
