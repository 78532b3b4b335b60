package dev.charter.authority.audit;

import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;

/// This package as the program puts it together, for the tests of others.
public record TestAudit(ReplayAudit replay, MakeCheckpoint makeCheckpoint) {
    public static TestAudit on(Transactions transactions, IssuerTime clock) {
        var parts = new AuditParts();
        return new TestAudit(parts.replayAudit(transactions), parts.makeCheckpoint(transactions, clock));
    }
}
