package dev.charter.floating.access;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.server.access.Audit;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// What was done at the console, and by whom, in the database. Each entry's hash is the SHA-256 (FIPS 180-4) of the hash before it and the entry's own text, so that what is left
/// out or changed later shows.
public final class ConsoleAudit implements Audit {
    private static final int LONGEST_TEXT = 500;
    private static final Bytes NOTHING = Bytes.of(new byte[Digest.LENGTH]);

    /// @param number from 1, without gaps
    /// @param text the same, as it was hashed
    public record Entry(long number, Instant at, String who, String action, String target, long status, String detail, String address, String text, Bytes hash) {}

    private final Transactions transactions;
    private final InstantSource time;

    /// @param time the issuer's
    public ConsoleAudit(Transactions transactions, InstantSource time) {
        this.transactions = transactions;
        this.time = time;
    }

    private record Head(long entries, Bytes hash) {}

    @Override
    public void record(String who, String action, String target, int status, String detail, String address) {
        var now = time.instant();
        transactions.doInOne(sql -> {
            var head = sql.one("UPDATE console_log SET entries = entries + 1 WHERE id = 1 RETURNING entries, head",
                    row -> new Head(row.number("entries"), row.optionalBytes("head").map(Bytes::of).orElse(NOTHING))).orElseThrow();
            var text = new String(JsonWriter.bytes(new JsonWriter().put("number", head.entries()).put("at", now.toEpochMilli()).putText("who", cut(who)).putText("action", cut(action))
                    .putText("target", cut(target)).put("status", status).putText("detail", cut(detail)).putText("address", cut(address)).object()), StandardCharsets.UTF_8);
            var hash = Digest.of(head.hash().plus(Bytes.of(text.getBytes(StandardCharsets.UTF_8))).toArray()).value().toArray();
            sql.update("INSERT INTO console_entry (number, at, entry, hash) VALUES (?, ?, ?, ?)", head.entries(), now, text, hash);
            sql.update("UPDATE console_log SET head = ? WHERE id = 1", hash);
        });
    }

    private static Optional<String> cut(String text) {
        return Optional.of(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...").filter(one -> !one.isEmpty());
    }

    private static Entry entry(String text, byte[] hash) {
        var json = JsonReader.object(text.getBytes(StandardCharsets.UTF_8));
        return new Entry(json.number("number"), Instant.ofEpochMilli(json.number("at")), json.optionalText("who").orElse(""), json.optionalText("action").orElse(""), json.optionalText("target").orElse(""),
                json.number("status"), json.optionalText("detail").orElse(""), json.optionalText("address").orElse(""), text, Bytes.of(hash));
    }

    /// The newest first.
    ///
    /// @param before the number of the last entry of the page before; empty for the newest
    public List<Entry> page(int limit, OptionalLong before) {
        return transactions.reading(sql -> sql.query("SELECT entry, hash FROM console_entry WHERE number < ? ORDER BY number DESC LIMIT ?", row -> entry(row.text("entry"), row.bytes("hash")),
                before.orElse(Long.MAX_VALUE), limit));
    }

    /// All of them, the oldest first, in the transaction of the caller.
    public static void each(Sql sql, Consumer<Entry> consumer) {
        sql.each("SELECT entry, hash FROM console_entry ORDER BY number", row -> consumer.accept(entry(row.text("entry"), row.bytes("hash"))));
    }
}
