package dev.charter.benchmarks.orders;

import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.load.Load;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Events that are posted at a fixed rate, whether the earlier ones were answered or not: each has its moment, from which its time counts.
final class Webhooks {
    private static final long BETWEEN_NANOSECONDS = 10_000_000; // 100 in a second
    private static final int CLIENTS = 64;
    private static final int ACCEPTED = 204;

    private Webhooks() {}

    /// What became of them.
    ///
    /// @param planned when each was to be posted, as `System.nanoTime` counts
    /// @param nanoseconds from there to its answer
    record Told(long[] planned, double[] nanoseconds) {}

    /// Lets so many buyers pay, one after another, and tells of each.
    static Told tell(URI authority, StripeStandIn stripe, int first, int count) throws Exception {
        var planned = new long[count];
        var took = new double[count];
        var begin = new AtomicLong();
        Load.run(CLIENTS, count, () -> new Load.Client() {
            private final Connection connection = new Connection(authority);

            @Override
            public void operate(int number) throws Exception {
                begin.compareAndSet(0, System.nanoTime() + CLIENTS * BETWEEN_NANOSECONDS);
                planned[number] = begin.get() + number * BETWEEN_NANOSECONDS;
                for (long left = planned[number] - System.nanoTime(); left > 0; left = planned[number] - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                var event = stripe.pays(first + number);
                var answer = connection.exchange(Connection.post("/v1/payment-events/stripe", "application/json; charset=utf-8", "Stripe-Signature: " + StripeStandIn.signature(event) + "\r\n",
                        event.getBytes(StandardCharsets.UTF_8)));
                took[number] = System.nanoTime() - planned[number];
                if (answer.status() != ACCEPTED) {
                    throw new IllegalStateException("the answer to event " + number + " was " + answer.status() + ": " + answer.text());
                }
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        });
        return new Told(planned, took);
    }
}
