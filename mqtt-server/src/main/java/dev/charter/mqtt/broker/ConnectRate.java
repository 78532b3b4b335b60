package dev.charter.mqtt.broker;

import java.util.function.LongSupplier;

/// How many clients may come in a second, all together. What is more is turned away before anything is computed for it.
final class ConnectRate {
    private final int perSecond;
    private final LongSupplier clock;
    private double allowance;
    private long lastNanos;

    ConnectRate(int perSecond, LongSupplier clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.allowance = perSecond * 2.0;
        this.lastNanos = clock.getAsLong();
    }

    synchronized boolean takes() {
        var now = clock.getAsLong();
        allowance = Math.min(perSecond * 2.0, allowance + (now - lastNanos) * (perSecond / 1e9));
        lastNanos = now;
        if (allowance < 1) {
            return false;
        }
        allowance--;
        return true;
    }
}
