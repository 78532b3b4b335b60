package dev.charter.authority.checkout;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// This package as the program puts it together, for the tests of others.
public final class TestCheckout {
    private TestCheckout() {}

    public static WatchEvents watch(PaymentEvents events, InstantSource clock) {
        return new WatchEvents(events, clock, new SimpleMeterRegistry());
    }

    /// How many events of a provider are in a state.
    public static int count(PaymentEvents events, PaymentEvents.State state) {
        return events.page(state, Optional.empty(), 1_000).size();
    }

    public static boolean again(PaymentEvents events, String id, Instant now) {
        return events.again(id, now);
    }
}
