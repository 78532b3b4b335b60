package dev.charter.floating.lease;

import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.InstantSource;

/// Forgets what nobody asks for any more: hosts whose leases ended long ago, acknowledgements of releases, places in a queue that were lost. The audit log and what was stated of reclaimed seats stay.
public final class PurgeLeases {
    /// How long a host is known after its lease has ended. Until then an epoch of it shows that the database is an old one.
    static final Duration KEPT_AT_LEAST = Duration.ofDays(30);
    private static final Duration HOSTS_KEPT = Duration.ofDays(90);
    private static final Duration ACKNOWLEDGEMENTS_KEPT = Duration.ofDays(7);
    private static final int MOST_AT_ONCE = 500;

    private final Transactions transactions;
    private final InstantSource time;

    public PurgeLeases(Transactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    /// Returns how many rows went: so many of each kind at most, so that nobody waits for it. Called again and again it forgets all.
    public int handle() {
        var now = time.instant();
        return transactions.inOne(sql -> {
            var hosts = sql.query("SELECT pool, host FROM lease WHERE ended_at < ? AND free_at < ? AND state <> 'HELD' LIMIT ?", row -> new Host(row.text("pool"), row.text("host")), now.minus(HOSTS_KEPT), now, MOST_AT_ONCE);
            for (var host : hosts) {
                sql.update("DELETE FROM answer WHERE pool = ? AND host = ?", host.pool, host.id);
                sql.update("DELETE FROM lease WHERE pool = ? AND host = ? AND state <> 'HELD'", host.pool, host.id);
            }
            int places = sql.update("DELETE FROM waiting WHERE ask_by < ?", now);
            var acknowledged = sql.query("SELECT pool, host FROM answer WHERE purpose = 'RELEASE' AND at < ? LIMIT ?", row -> new Host(row.text("pool"), row.text("host")), now.minus(ACKNOWLEDGEMENTS_KEPT), MOST_AT_ONCE);
            acknowledged.forEach(host -> sql.update("DELETE FROM answer WHERE pool = ? AND host = ? AND purpose = 'RELEASE'", host.pool, host.id));
            return hosts.size() + places + acknowledged.size();
        });
    }

    private record Host(String pool, String id) {}
}
