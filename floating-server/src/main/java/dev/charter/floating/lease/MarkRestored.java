package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pools;
import dev.charter.store.Transactions;
import java.time.InstantSource;
import java.util.Optional;

/// Says that the database was restored from a backup: leases that it knows nothing of may be out, so none is handed out until the longest of them has ended. Renewals go on.
public final class MarkRestored {
    /// A file of this name in the data folder tells the next start of it, which takes the file away.
    public static final String FILE = "restored";

    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;

    public MarkRestored(Transactions transactions, InstantSource time, Pools pools) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
    }

    public void handle() {
        var now = time.instant();
        for (var pool : transactions.reading(pools::all)) {
            transactions.doInOne(sql -> pools.hold(sql, pool.license()).ifPresent(held -> {
                var until = held.freeAt(now);
                pools.write(sql, held.with(held.standing().renewingOnlyUntil(until)).noting(sql, now, new AuditEvent.Restored(Optional.empty(), until.toEpochMilli())));
            }));
        }
    }
}
