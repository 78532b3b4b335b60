package dev.charter.authority.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A product as the vendor describes it for the first time.
///
/// @param id as documents name it
record Described(String id, String name, Optional<List<Product.Feature>> features, Optional<List<Product.Meter>> meters, Optional<LetterRule> letters, Optional<LossRule> losses, Optional<OrderRule> orders) {
    Described {
        product(id, name, features, meters, letters, losses, orders, Instant.EPOCH); // refuses what cannot be a product
    }

    Product at(Instant createdAt) {
        return product(id, name, features, meters, letters, losses, orders, createdAt);
    }

    private static Product product(String id, String name, Optional<List<Product.Feature>> features, Optional<List<Product.Meter>> meters, Optional<LetterRule> letters, Optional<LossRule> losses,
            Optional<OrderRule> orders, Instant createdAt) {
        return new Product(id, name, features.orElse(List.of()), meters.orElse(List.of()), letters.orElse(LetterRule.ANSWER), losses.orElse(LossRule.LOOK),
                orders.orElse(OrderRule.FULFIL), createdAt);
    }
}
