package dev.charter.authority.portal;

import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.util.Optional;

/// Links to the customers' page in the database.
final class Links {
    /// So many open one license at once: whoever asks for more mails nobody anything.
    static final int MOST_OF_A_LICENSE = 3;

    private final Transactions transactions;

    Links(Transactions transactions) {
        this.transactions = transactions;
    }

    /// The ID of the license that a link opens at a moment.
    Optional<String> license(LinkSecret secret, Instant now) {
        return transactions.reading(sql -> sql.one("SELECT license FROM portal_link WHERE hash = ? AND expires_at > ?", row -> row.text("license"), secret.hash().toArray(), now));
    }

    /// In the caller's transaction; false when there is no such license, or enough links of it. Forgets those that open nothing any more.
    static boolean put(Sql sql, LinkSecret secret, String license, Instant now, Instant until) {
        sql.update("DELETE FROM portal_link WHERE expires_at <= ?", now);
        sql.update("UPDATE license SET used = used WHERE id = ?", license); // holds the row, so that the links are counted one after another
        return sql.update("""
                INSERT INTO portal_link (hash, license, expires_at)
                SELECT ?, license.id, ? FROM license WHERE license.id = ? AND (SELECT count(*) FROM portal_link other WHERE other.license = license.id AND other.expires_at > ?) < ?""",
                secret.hash().toArray(), until, license, now, MOST_OF_A_LICENSE) == 1;
    }

    <T> T inOne(Transactions.Work<T> work) {
        return transactions.inOne(work);
    }
}
