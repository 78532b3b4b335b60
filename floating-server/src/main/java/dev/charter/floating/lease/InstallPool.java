package dev.charter.floating.lease;

import dev.charter.floating.pool.PoolTerms;
import dev.charter.floating.pool.Pools;
import dev.charter.store.Transactions;
import java.time.InstantSource;
import java.util.Optional;

/// Takes over what a usage license says about its pool. Where there are fewer seats than before, the newest leases are not renewed any more: they count until they end.
public final class InstallPool {
    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Leases leases;

    public InstallPool(Transactions transactions, InstantSource time, Pools pools, Leases leases) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.leases = leases;
    }

    /// The same usage license again changes nothing.
    public void handle(PoolTerms terms) {
        var now = time.instant();
        Attempts.untilKept(() -> {
            transactions.doInOne(sql -> {
                if (pools.find(sql, terms.license()).filter(there -> there.document().equals(terms.document())).isPresent()) {
                    return;
                }
                var pool = pools.install(sql, terms, now);
                var ending = leases.ending(sql, terms.license()).leases();
                if (pool.taken() - ending > pool.seats()) {
                    pool = leases.endNewest(sql, pool, Optional.empty(), pool.taken() - pool.seats(), now);
                } else if (ending > 0) {
                    pool = leases.goOn(sql, pool, pool.seats() - (pool.taken() - ending), now);
                }
                for (var feature : pool.features().counted().entrySet()) {
                    long excess = feature.getValue().taken() - feature.getValue().seats();
                    if (excess > 0) {
                        pool = leases.endNewest(sql, pool, Optional.of(feature.getKey()), excess, now);
                    }
                }
                pools.write(sql, pool);
            });
            return true;
        });
    }
}
