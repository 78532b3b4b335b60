package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.pool.WhenFull;
import dev.charter.store.Transactions;
import java.time.InstantSource;

/// Sets what becomes of hosts that ask while a pool is full. Without a queue, those who wait lose their places.
public final class ChooseWhenFull {
    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Queue queue;

    public ChooseWhenFull(Transactions transactions, InstantSource time, Pools pools, Queue queue) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.queue = queue;
    }

    /// Returns false where there is no such pool. The same again changes nothing.
    ///
    /// @param pool ID of the pool's license
    /// @param by who does it
    public boolean handle(String pool, WhenFull rule, String by) {
        var now = time.instant();
        return transactions.inOne(sql -> {
            var held = pools.hold(sql, pool);
            held.filter(there -> there.standing().whenFull() != rule).ifPresent(there -> {
                if (rule == WhenFull.REFUSE) {
                    queue.close(sql, pool);
                }
                pools.write(sql, there.with(there.standing().when(rule)).noting(sql, now, new AuditEvent.WhenFullChosen(by, rule.name())));
            });
            return held.isPresent();
        });
    }
}
