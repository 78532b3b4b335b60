package dev.charter.floating.history;

import dev.charter.floating.lease.Queue;
import dev.charter.floating.pool.Pools;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Takes down how every pool stands.
public final class TakeSamples {
    private static final Duration THINNED_OUT_EVERY = Duration.ofHours(1);

    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Queue queue;
    private final SeatHistory history;
    private final Denials denials;
    private Instant thinnedOut = Instant.EPOCH;

    /// @param time the issuer's
    public TakeSamples(Transactions transactions, InstantSource time, Pools pools, Queue queue, SeatHistory history, Denials denials) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.queue = queue;
        this.history = history;
        this.denials = denials;
    }

    public synchronized void handle() {
        var now = time.instant();
        boolean thinOut = !now.isBefore(thinnedOut.plus(THINNED_OUT_EVERY));
        var denied = denials.take();
        try {
            transactions.doInOne(sql -> {
                for (var pool : pools.all(sql)) {
                    history.add(sql, pool.license(), pool.seats(), pools.held(sql, pool.license(), now), queue.length(sql, pool.license(), now), denied.getOrDefault(pool.license(), 0L), now);
                }
                if (thinOut) {
                    history.thinOut(sql, now);
                }
            });
        } catch (RuntimeException notKept) {
            denials.giveBack(denied);
            throw notKept;
        }
        if (thinOut) {
            thinnedOut = now;
        }
    }
}
