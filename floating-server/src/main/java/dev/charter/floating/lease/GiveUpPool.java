package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pools;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Hands out and renews nothing of a pool any more, since its license is about to be given back to the vendor. Leases that are out go on until their ends, which the release tells. A usage license
/// that is installed later opens the pool again.
public final class GiveUpPool {
    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Leases leases;
    private final Queue queue;

    public GiveUpPool(Transactions transactions, InstantSource time, Pools pools, Leases leases, Queue queue) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.leases = leases;
        this.queue = queue;
    }

    /// Goes on with the pool, since its license could not be given back after all. A pool that was not given up stays as it is.
    ///
    /// @param pool ID of the pool's license
    /// @param by who wanted to
    public void undo(String pool, String by) {
        var now = time.instant();
        transactions.doInOne(sql -> pools.hold(sql, pool).filter(held -> held.standing().givenUp()).ifPresent(held -> pools.write(sql, held.with(held.standing().givenUp(false)).noting(sql, now, new AuditEvent.KeptAfterAll(Optional.of(by))))));
    }

    /// Returns by when the last lease of the pool has ended; empty where none is out, or there is no such pool. The same again changes nothing.
    ///
    /// @param pool ID of the pool's license
    /// @param by who does it
    public Optional<Instant> handle(String pool, String by) {
        var now = time.instant();
        return transactions.inOne(sql -> {
            var held = pools.hold(sql, pool);
            if (held.isEmpty()) {
                return Optional.empty();
            }
            var until = leases.allEndedBy(sql, pool, now);
            if (!held.get().standing().givenUp()) {
                queue.close(sql, pool);
                pools.write(sql, held.get().with(held.get().standing().givenUp(true)).noting(sql, now, new AuditEvent.GivenUp(by, until.map(Instant::toEpochMilli).orElse(0L))));
            }
            return until;
        });
    }
}
