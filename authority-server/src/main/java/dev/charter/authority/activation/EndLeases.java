package dev.charter.authority.activation;

import dev.charter.authority.audit.AuditEvent;
import dev.charter.authority.audit.Chain;
import dev.charter.store.IssuerTime;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.util.Optional;

/// Ends leases that were not renewed: from a margin after their signed end on, their seats are free. Frees as well what floating servers gave up, once no lease of it can run any more.
final class EndLeases {
    /// So many in one transaction; the others in the next one.
    private static final int AT_ONCE = 64;
    private static final int LICENSES_AT_ONCE = 256;

    private final Transactions transactions;
    private final IssuerTime clock;

    EndLeases(Transactions transactions, IssuerTime clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Ends what is over by now; says how many that were.
    int run() {
        var now = clock.instant();
        var licenses = transactions.reading(sql -> sql.query("SELECT DISTINCT license FROM activation WHERE state IN ('ACTIVE', 'LOST') AND free_at <= ? LIMIT ?",
                row -> row.text("license"), now, LICENSES_AT_ONCE));
        int ended = 0;
        for (var license : licenses) {
            int last;
            do {
                last = transactions.inOne(sql -> end(sql, license, now));
                ended += last;
            } while (last == AT_ONCE);
        }
        var pools = transactions.reading(sql -> sql.query("SELECT DISTINCT license FROM activation WHERE rest_until <= ? LIMIT ?", row -> row.text("license"), now, LICENSES_AT_ONCE));
        for (var license : pools) {
            ended += transactions.inOne(sql -> SqlPools.free(sql, license, now));
        }
        return ended;
    }

    /// How many leases of the license count that are over.
    static int over(Sql sql, String license, Instant now) {
        return sql.one("SELECT count(*) AS ended FROM activation WHERE license = ? AND state IN ('ACTIVE', 'LOST') AND free_at <= ?", row -> row.smallNumber("ended"), license, now).orElseThrow();
    }

    /// Ends leases of the license that are over, at most 64 of them; says how many. The transaction holds the license's row from here on.
    static int end(Sql sql, String license, Instant now) {
        var chain = Chain.hold(sql, license).orElseThrow();
        var over = sql.query("SELECT id FROM activation WHERE license = ? AND state IN ('ACTIVE', 'LOST') AND free_at <= ? ORDER BY free_at, id LIMIT ?", row -> row.text("id"), license, now, AT_ONCE);
        for (var lease : over) {
            SqlActivations.ended(sql, license, lease, ActivationState.RELEASED, now);
            chain = chain.append(sql, now, new AuditEvent.LeaseEnded(lease), Optional.empty());
        }
        if (!over.isEmpty()) {
            sql.update("UPDATE license SET used = used - ?, entries = ?, head = ? WHERE id = ?", over.size(), chain.length(), chain.head().toArray(), license);
        }
        return over.size();
    }
}
