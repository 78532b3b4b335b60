package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pools;
import dev.charter.store.Transactions;
import java.time.InstantSource;
import java.util.Optional;

/// Makes do with fewer seats than the license says, before the vendor is asked to take the others back: from here on no more are out. The newest leases beyond are not renewed any more, and the
/// request tells the vendor by when the last of them has ended. The next usage license settles it, whatever it says.
public final class ShrinkPool {
    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final FitLeases fit;

    public ShrinkPool(Transactions transactions, InstantSource time, Pools pools, Leases leases) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.fit = new FitLeases(leases, new PlaceLeases(leases));
    }

    /// Returns false where there is no such pool. As many seats as the license says, or more, undo it.
    ///
    /// @param pool ID of the pool's license
    /// @param seats at least 1
    /// @param by who does it
    public boolean handle(String pool, long seats, String by) {
        return Attempts.untilKept(() -> {
            var now = time.instant();
            return transactions.inOne(sql -> {
                var held = pools.hold(sql, pool);
                if (held.isEmpty()) {
                    return false;
                }
                long most = Math.min(Math.max(1, seats), held.get().limits().seats());
                if (most == held.get().seats()) {
                    return true;
                }
                var shrunk = held.get().standing().shrunkTo(most == held.get().limits().seats() ? Optional.empty() : Optional.of(most));
                var left = held.get().with(shrunk).noting(sql, now, new AuditEvent.Shrunk(by, most));
                pools.write(sql, fit.handle(sql, left, now));
                return true;
            });
        });
    }
}
