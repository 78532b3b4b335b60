package dev.charter.floating.export;

import dev.charter.client.LeaseSigner;
import dev.charter.format.UsageLicense;
import dev.charter.store.Transactions;

/// Numbers the reports that are signed in the name of a pool, so that a missing one is seen.
final class ReportSequence {
    private final Transactions transactions;

    ReportSequence(Transactions transactions) {
        this.transactions = transactions;
    }

    long next(String pool) {
        return transactions.inOne(sql -> sql.one("INSERT INTO report_count (pool, reports) VALUES (?, 1) ON CONFLICT (pool) DO UPDATE SET reports = report_count.reports + 1 RETURNING reports",
                row -> row.number("reports"), pool).orElseThrow());
    }

    long next(LeaseSigner signer) {
        return next(UsageLicense.read(signer.pool().payload()).license().id());
    }
}
