package dev.charter.authority.license;

import java.util.Optional;
import java.util.Set;

/// What a license of a product may grant, as the catalog has it.
public interface Offerings {
    /// What that product has; empty when there is no such product.
    Optional<Offering> of(String product);

    /// The names of a product's features and meters. Support can always be granted.
    record Offering(Set<String> features, Set<String> meters) {}
}
