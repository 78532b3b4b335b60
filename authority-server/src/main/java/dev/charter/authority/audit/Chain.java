package dev.charter.authority.audit;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.store.Sql;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// One license's chain of audit entries, as long as it is at one moment. Each entry's hash is the SHA-256 (FIPS 180-4) of the hash before it and the entry's own text.
///
/// The license's row keeps the length and the head, and whoever adds an entry holds that row's lock, so that there is never a fork.
///
/// @param license the license's ID
/// @param length how many entries there are
/// @param head the hash of the last one; 32 zeros where there is none
public record Chain(String license, long length, Bytes head) {
    private static final Bytes NOTHING = Bytes.of(new byte[Digest.LENGTH]);

    /// The chain of a license that is about to come into being.
    public static Chain of(String license) {
        return new Chain(license, 0, NOTHING);
    }

    /// The chain of a license that is there, whose row is held from here to the end of the transaction.
    public static Optional<Chain> hold(Sql sql, String license) {
        return sql.one("UPDATE license SET used = used WHERE id = ? RETURNING entries, head", row -> new Chain(license, row.number("entries"), Bytes.of(row.bytes("head"))), license);
    }

    /// Adds an entry and writes the new head to the license's row, which the transaction holds.
    public void note(Sql sql, Instant at, AuditEvent event, Optional<JsonObject> personal) {
        var next = append(sql, at, event, personal);
        sql.update("UPDATE license SET entries = ?, head = ? WHERE id = ?", next.length, next.head.toArray(), license);
    }

    /// Adds an entry, in the transaction that does what it tells. The caller writes the length and head of the returned chain to the license's row.
    ///
    /// @param personal what lies beside the chain
    public Chain append(Sql sql, Instant at, AuditEvent event, Optional<JsonObject> personal) {
        var entry = next(at, event);
        entry.write(sql, personal);
        return entry.chain();
    }

    /// The entry that comes next; it is written nowhere yet.
    public Entry next(Instant at, AuditEvent event) {
        var text = new String(JsonWriter.bytes(event.write(new JsonWriter().put("license", license).put("number", length + 1).put("at", at.toEpochMilli())).object()), StandardCharsets.UTF_8);
        return new Entry(with(text), at, event, text);
    }

    /// An entry.
    ///
    /// @param chain with the entry at its end
    public record Entry(Chain chain, Instant at, AuditEvent event, String text) {

        /// Writes it, in the transaction that does what it tells and writes the chain's length and head to the license's row.
        ///
        /// @param personal what lies beside the chain
        public void write(Sql sql, Optional<JsonObject> personal) {
            Optional<byte[]> request = event instanceof AuditEvent.ByHost caused ? Optional.of(caused.request().value().toArray()) : Optional.empty();
            sql.update("INSERT INTO audit_entry (license, number, at, event, request, hash) VALUES (?, ?, ?, ?, ?, ?)", chain.license, chain.length, at, text, request, chain.head.toArray());
            personal.ifPresent(content -> sql.update("INSERT INTO audit_personal (license, number, content) VALUES (?, ?, ?)",
                    chain.license, chain.length, new String(JsonWriter.bytes(content), StandardCharsets.UTF_8)));
        }
    }

    /// The chain with an entry of that text at its end.
    Chain with(String text) {
        var hashed = new ByteArrayOutputStream();
        hashed.writeBytes(head.toArray());
        hashed.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return new Chain(license, length + 1, Digest.of(hashed.toByteArray()).value());
    }
}
