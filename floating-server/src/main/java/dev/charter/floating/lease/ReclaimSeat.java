package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pools;
import dev.charter.store.Transactions;
import java.time.InstantSource;

/// Takes the seat of a dead host back before its lease ends, as often as the license's allowance says: the product may go on until that end, so it counts against the allowance.
public final class ReclaimSeat {

    /// What came of it.
    public sealed interface Reclaim {
        record Reclaimed() implements Reclaim {}

        /// @param message why not, and what to do, for people
        record NotPossible(String message) implements Reclaim {}
    }

    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Leases leases;

    public ReclaimSeat(Transactions transactions, InstantSource time, Pools pools, Leases leases) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.leases = leases;
    }

    /// @param pool ID of the pool's license
    /// @param host ID of the host's key
    /// @param by who does it
    /// @param reason why, for the audit
    public Reclaim handle(String pool, String host, String by, String reason) {
        return Attempts.untilKept(() -> {
            var now = time.instant();
            return transactions.inOne(sql -> {
                var held = pools.hold(sql, pool);
                var lease = leases.find(sql, pool, host).filter(there -> there.isHeld(now));
                if (held.isEmpty() || lease.isEmpty()) {
                    return new Reclaim.NotPossible("This host holds no seat of this pool.");
                }
                long used = sql.one("SELECT COUNT(*) AS used FROM reclaim WHERE pool = ? AND at > ?", row -> row.number("used"), pool, now.minus(held.get().limits().allowancePeriod())).orElse(0L);
                if (used >= held.get().limits().allowance()) {
                    return new Reclaim.NotPossible("The license allows " + held.get().limits().allowance() + " seats to be reclaimed in " + held.get().limits().allowancePeriod().toDays() + " days, and " + used
                            + " were. This seat comes back by itself at " + lease.get().freeAt() + ".");
                }
                sql.update("INSERT INTO reclaim (pool, lease, at) VALUES (?, ?, ?)", pool, lease.get().id(), now);
                pools.write(sql, leases.end(sql, held.get(), lease.get(), LeaseState.RECLAIMED, now, new AuditEvent.Reclaimed(host, lease.get().id(), by, reason)));
                return new Reclaim.Reclaimed();
            });
        });
    }
}
