package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.PoolTerms;
import dev.charter.floating.pool.Pools;
import dev.charter.store.ConstraintViolated;
import dev.charter.store.Transactions;
import java.time.InstantSource;
import java.util.Optional;

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

    /// As [#handle]. A pool that was about to be given up when the server ended, and whose license is still here, goes on.
    public void atStart(PoolTerms terms) {
        handle(terms);
        var now = time.instant();
        transactions.doInOne(sql -> pools.hold(sql, terms.license()).filter(held -> held.standing().givenUp())
                .ifPresent(held -> pools.write(sql, held.with(held.standing().givenUp(false)).noting(sql, now, new AuditEvent.KeptAfterAll(Optional.empty())))));
    }

    /// The same usage license again changes nothing.
    public void handle(PoolTerms terms) {
        var now = time.instant();
        Attempts.untilKept(() -> {
            try {
                transactions.doInOne(sql -> {
                    if (pools.find(sql, terms.license()).filter(there -> there.document().equals(terms.document())).isPresent()) {
                        return;
                    }
                    pools.write(sql, fit.handle(sql, pools.install(sql, terms, now), now));
                });
            } catch (ConstraintViolated another) { // a pool that was not there has no row to hold: another node, or another thread of this one, wrote it meanwhile
                throw new Overtaken();
            }
            return true;
        });
    }
}
