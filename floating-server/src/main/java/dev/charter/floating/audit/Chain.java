package dev.charter.floating.audit;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.json.JsonWriter;
import dev.charter.store.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// One pool's chain of audit entries, as long as it is at one moment. Each entry's hash is the SHA-256 (FIPS 180-4) of the hash before it and the entry's own text.
///
/// The pool's row keeps the length and the head, and whoever adds an entry holds that row's lock, so that there is never a fork.
///
/// @param pool the ID of its license
/// @param length how many entries there are
/// @param head the hash of the last one; 32 zeros where there is none
public record Chain(String pool, long length, Bytes head) {
    private static final Bytes NOTHING = Bytes.of(new byte[Digest.LENGTH]);

    /// The chain of a pool that is about to come into being.
    public static Chain of(String pool) {
        return new Chain(pool, 0, NOTHING);
    }

    /// Adds an entry, in the transaction that does what it tells and holds the pool's row, to which the caller writes the returned chain.
    public Chain append(Sql sql, Instant at, AuditEvent event) {
        var text = new String(JsonWriter.bytes(event.write(new JsonWriter().put("pool", pool).put("number", length + 1).put("at", at.toEpochMilli())).object()), StandardCharsets.UTF_8);
        var next = with(text);
        sql.update("INSERT INTO audit_entry (pool, number, at, event, hash) VALUES (?, ?, ?, ?, ?)", pool, next.length, at, text, next.head.toArray());
        return next;
    }

    /// The chain with an entry of that text at its end.
    Chain with(String text) {
        return new Chain(pool, length + 1, Digest.of(head.plus(Bytes.of(text.getBytes(StandardCharsets.UTF_8))).toArray()).value());
    }
}
