package dev.charter.floating.lease;

import dev.charter.floating.pool.PoolTerms;
import dev.charter.floating.pool.Pools;
import dev.charter.store.Transactions;
import java.time.InstantSource;

/// Takes over what a usage license says about its pool. Where there are fewer seats than before, the newest leases are not renewed any more: they count until they end. Seats stay reserved as far as there are so many. Where there are more than
/// before, leases that were not to be renewed are again.
public final class InstallPool {
    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final FitLeases fit;

    public InstallPool(Transactions transactions, InstantSource time, Pools pools, Leases leases) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.fit = new FitLeases(leases, new PlaceLeases(leases));
    }

    /// The same usage license again changes nothing.
    public void handle(PoolTerms terms) {
        var now = time.instant();
        Attempts.untilKept(() -> {
            transactions.doInOne(sql -> {
                if (pools.find(sql, terms.license()).filter(there -> there.document().equals(terms.document())).isPresent()) {
                    return;
                }
                pools.write(sql, fit.handle(sql, pools.install(sql, terms, now), now));
            });
            return true;
        });
    }
}
