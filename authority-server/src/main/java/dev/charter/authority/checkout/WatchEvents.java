package dev.charter.authority.checkout;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/// Keeps an eye on what payment providers told of, so that the vendor hears of an event that cannot be looked at before a buyer does.
public final class WatchEvents {
    private final PaymentEvents events;
    private final InstantSource clock;
    private volatile Seen seen = new Seen(0, 0);

    /// @param late events that wait for a quarter of an hour
    /// @param failed events that were given up: they are tried again each hour, or when somebody says so
    public record Seen(long late, long failed) {
        /// Whether orders follow their payments.
        public boolean isInTime() {
            return late == 0 && failed == 0;
        }
    }

    WatchEvents(PaymentEvents events, InstantSource clock, MeterRegistry meters) {
        this.events = events;
        this.clock = clock;
        meters.gauge("charter.payment.events.late", this, watch -> watch.seen().late());
        meters.gauge("charter.payment.events.failed", this, watch -> watch.seen().failed());
    }

    /// Takes stock.
    public void look() {
        var trouble = events.trouble(clock.instant());
        seen = new Seen(trouble.late(), trouble.failed());
    }

    /// As it was some seconds ago.
    public Seen seen() {
        return seen;
    }
}
