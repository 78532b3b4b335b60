package dev.charter.authority.activation;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The bytes that went out, in the database. What many answers have in common is kept once, and remembered here: there is one for each issuing key and trust statement.
final class SqlAnswers {
    /// For what a row answers.
    enum Purpose { ACTIVATE, REFRESH, RELEASE }

    private final Map<Bytes, Bytes> attachments = new ConcurrentHashMap<>();

    /// Keeps an answer in the place of the one before it.
    void keep(Sql sql, String activation, Purpose purpose, Digest request, Cut answer) {
        if (!attachments.containsKey(answer.hash())) {
            sql.update("INSERT INTO attachment (hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING", answer.hash().toArray(), answer.rest().toArray());
        }
        sql.update("""
                INSERT INTO answer (activation, purpose, request, content, attachment) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (activation, purpose) DO UPDATE SET request = excluded.request, content = excluded.content, attachment = excluded.attachment""",
                activation, purpose, request.value().toArray(), answer.content().toArray(), answer.hash().toArray());
    }

    /// To be told when a transaction with this answer is durable: not before, or another one might leave out what this one then loses.
    void kept(Cut answer) {
        attachments.putIfAbsent(answer.hash(), answer.rest());
    }

    /// Drops what an activation that is over was answered while it lived: nobody gets that again.
    static void dropUsageLicenses(Sql sql, String activation) {
        sql.update("DELETE FROM answer WHERE activation = ? AND purpose <> ?", activation, Purpose.RELEASE);
    }

    /// The whole bytes of a row with `content` and `attachment`.
    Bytes read(Sql sql, Row row) {
        return Bytes.of(row.bytes("content")).plus(attachment(sql, Bytes.of(row.bytes("attachment"))));
    }

    private Bytes attachment(Sql sql, Bytes hash) {
        var known = attachments.get(hash);
        return known != null ? known : sql.one("SELECT content FROM attachment WHERE hash = ?", row -> Bytes.of(row.bytes("content")), hash.toArray()).orElseThrow();
    }
}
