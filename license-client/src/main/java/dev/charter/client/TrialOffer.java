package dev.charter.client;

import java.time.Duration;
import java.util.Set;

/// What a product grants to whoever tries it without a license.
record TrialOffer(Duration duration, Set<String> features) {
    TrialOffer {
        features = Set.copyOf(features);
    }
}
