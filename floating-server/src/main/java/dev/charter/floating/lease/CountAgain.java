package dev.charter.floating.lease;

import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.floating.seal.Seal;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.util.Optional;

/// After a start at which nobody knows how much time has passed, every lease that is held, or was taken from a host that may run on,
/// counts its whole duration again: no seat comes back too early.
public final class CountAgain {
    private final Transactions transactions;
    private final Seal seal;
    private final Pools pools;
    private final Leases leases;

    public CountAgain(Transactions transactions, Seal seal, Pools pools, Leases leases) {
        this.transactions = transactions;
        this.seal = seal;
        this.pools = pools;
        this.leases = leases;
    }

    /// @param now the time to count from
    public void from(Instant now) {
        // What was over when time was last known for certain stays over.
        var known = transactions.reading(sql -> sql.one("SELECT latest FROM issuer_time WHERE id = 1", row -> row.instant("latest")).orElse(Instant.EPOCH));
        for (var pool : transactions.reading(pools::all)) {
            Attempts.untilKept(() -> {
                transactions.doInOne(sql -> pools.hold(sql, pool.license()).ifPresent(held -> {
                    for (var lease : sql.query("SELECT " + Lease.ALL + " FROM lease WHERE pool = ? AND (state = 'HELD' OR state IN ('FENCED', 'RECLAIMED') AND free_at > ?)", row -> Lease.read(row, seal), held.license(), known)) {
                        lengthen(held, lease, now).filter(longer -> !leases.replace(sql, lease, longer)).ifPresent(_ -> {
                            throw new Overtaken();
                        });
                    }
                }));
                return true;
            });
        }
    }

    private static Optional<Lease> lengthen(Pool pool, Lease lease, Instant now) {
        var free = pool.freeAt(now);
        return lease.freeAt().isBefore(free) ? Optional.of(lease.freeAt(free)) : Optional.empty();
    }
}
