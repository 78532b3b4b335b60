package dev.charter.authority.audit;

import dev.charter.format.Bytes;
import dev.charter.store.Row;
import dev.charter.store.Transactions;
import java.util.List;
import java.util.Optional;

/// The audit log in the database.
final class SqlAuditLog implements AuditLog {
    private final Transactions transactions;

    SqlAuditLog(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<List<Entry>> of(String license, long after, int most) {
        return transactions.reading(sql -> {
            if (sql.one("SELECT 1 AS found FROM license WHERE id = ?", row -> row.number("found"), license).isEmpty()) {
                return Optional.<List<Entry>>empty();
            }
            return Optional.of(sql.query("""
                    SELECT audit_entry.number, audit_entry.at, audit_entry.event, audit_entry.hash, audit_personal.content FROM audit_entry
                    LEFT JOIN audit_personal ON audit_personal.license = audit_entry.license AND audit_personal.number = audit_entry.number
                    WHERE audit_entry.license = ? AND audit_entry.number > ? ORDER BY audit_entry.number LIMIT ?""", SqlAuditLog::read, license, after, most));
        });
    }

    private static Entry read(Row row) {
        return new Entry(row.number("number"), row.instant("at"), row.text("event"), row.optionalText("content"), Bytes.of(row.bytes("hash")).toBase64Url());
    }
}
