package dev.charter.floating.export;

import dev.charter.format.Bytes;
import dev.charter.store.Transactions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Reads an audit log from its first entry to what was its last one at the beginning, a bounded number at once, so that whoever receives it slowly holds up nobody.
final class ReadEntries {
    private static final int AT_ONCE = 1_000;

    /// @param text JSON as it was hashed
    record Entry(long number, Instant at, String text, Bytes hash) {}

    @FunctionalInterface
    interface Receiver {
        void take(Entry entry) throws IOException;
    }

    private final Transactions transactions;

    ReadEntries(Transactions transactions) {
        this.transactions = transactions;
    }

    void ofPool(String license, Receiver receiver) throws IOException {
        long last = transactions.reading(sql -> sql.one("SELECT entries FROM pool WHERE license = ?", row -> row.number("entries"), license)).orElse(0L);
        read(last, after -> transactions.reading(sql -> sql.query("SELECT number, at, event AS text, hash FROM audit_entry WHERE pool = ? AND number > ? AND number <= ? ORDER BY number LIMIT ?",
                row -> new Entry(row.number("number"), row.instant("at"), row.text("text"), Bytes.of(row.bytes("hash"))), license, after, last, AT_ONCE)), receiver);
    }

    void ofConsole(Receiver receiver) throws IOException {
        long last = transactions.reading(sql -> sql.one("SELECT entries FROM console_log WHERE id = 1", row -> row.number("entries"))).orElse(0L);
        read(last, after -> transactions.reading(sql -> sql.query("SELECT number, at, entry AS text, hash FROM console_entry WHERE number > ? AND number <= ? ORDER BY number LIMIT ?",
                row -> new Entry(row.number("number"), row.instant("at"), row.text("text"), Bytes.of(row.bytes("hash"))), after, last, AT_ONCE)), receiver);
    }

    private interface Page {
        List<Entry> after(long number);
    }

    private static void read(long last, Page page, Receiver receiver) throws IOException {
        long number = 0;
        while (number < last) {
            var entries = page.after(number);
            if (entries.isEmpty()) {
                return;
            }
            for (var entry : entries) {
                receiver.take(entry);
            }
            number = entries.getLast().number();
        }
    }
}
