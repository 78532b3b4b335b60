package dev.charter.signing;

import dev.charter.format.Algorithm;
import java.util.EnumSet;
import java.util.Set;

/// Which signatures a vendor's documents carry. It is chosen once, for the vendor's whole life: products are built with it.
public enum Strength {
    /// Ed25519.
    CLASSICAL(EnumSet.of(Algorithm.ED25519)),
    /// Ed25519 and ML-DSA-65, both required: it outlives either.
    HYBRID(EnumSet.allOf(Algorithm.class));

    private final Set<Algorithm> algorithms;

    Strength(Set<Algorithm> algorithms) {
        this.algorithms = Set.copyOf(algorithms);
    }

    public Set<Algorithm> algorithms() {
        return algorithms;
    }
}
