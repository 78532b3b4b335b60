package dev.charter.authority.access;

import dev.charter.authority.settings.Settings.Attempts;
import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.RemoteAddress;
import java.util.function.LongSupplier;

/// Slows down who asks too much of what anybody may ask without a token. Each address may ask a number of times at once and then so often a second.
public final class Visits {
    private static final Attempts LOOKS = new Attempts(240, 10);
    private static final Attempts ORDERS = new Attempts(30, 1);

    private final FailedAttempts.Remembered looks;
    private final FailedAttempts.Remembered orders;

    /// @param nanoTime a clock that never goes back, such as `System::nanoTime`
    public Visits(LongSupplier nanoTime) {
        looks = new FailedAttempts.Remembered(LOOKS, nanoTime);
        orders = new FailedAttempts.Remembered(ORDERS, nanoTime);
    }

    /// Counts a look at what is sold, or at an order.
    ///
    /// @throws Rejected as TOO_MANY_ATTEMPTS, with the time to wait
    public void look(RemoteAddress address) {
        count(looks, address);
    }

    /// Counts an order.
    ///
    /// @throws Rejected as TOO_MANY_ATTEMPTS, with the time to wait
    public void order(RemoteAddress address) {
        count(orders, address);
    }

    private static void count(FailedAttempts.Remembered visits, RemoteAddress address) {
        visits.waitOf(address).ifPresent(wait -> {
            throw Rejected.until(HttpProblem.TOO_MANY_ATTEMPTS, wait, "This address asks too often. Wait as long as Retry-After says.");
        });
        visits.failed(address);
    }
}
