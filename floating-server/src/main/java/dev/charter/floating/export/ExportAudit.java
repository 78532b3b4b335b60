package dev.charter.floating.export;

import dev.charter.client.LeaseSigner;
import dev.charter.format.UsageReport;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.server.web.Csv;
import dev.charter.store.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Writes what happened to a pool, or what was done at the console: every entry as it was hashed, with its hash; and the signed statements about seats that were taken back.
final class ExportAudit {
    private final Transactions transactions;
    private final ReadEntries entries;
    private final ReportSequence sequence;

    ExportAudit(Transactions transactions) {
        this.transactions = transactions;
        this.entries = new ReadEntries(transactions);
        this.sequence = new ReportSequence(transactions);
    }

    /// @param pool a license's ID; none: what was done at the console
    /// @param about who made it, and when
    void signed(Optional<String> pool, About about, LeaseSigner signer, Instant now, OutputStream out) throws IOException {
        var lines = new SignedLines(out);
        var count = new long[1];
        var first = new Instant[] {now};
        lines.add(about.line("audit").putText("pool", pool));
        read(pool, entry -> {
            first[0] = count[0] == 0 ? entry.at() : first[0];
            lines.add(new JsonWriter().put("entry", entry.text()).put("hash", entry.hash().toArray()));
            count[0]++;
        });
        for (var statement : pool.map(this::statements).orElse(List.of())) {
            lines.add(statement);
        }
        lines.sign(signer, "audit", sequence.next(signer), first[0].isAfter(now) ? now : first[0], now, List.of(new UsageReport.Reading("entries", count[0], count[0])));
    }

    /// What the server has signed of each seat that was taken back before its end: as many as the license allows.
    private List<JsonWriter> statements(String license) {
        return transactions.reading(sql -> sql.query("SELECT lease, statement FROM reclaim WHERE pool = ? ORDER BY at, lease",
                row -> new JsonWriter().put("lease", row.text("lease")).put("statement", new String(row.bytes("statement"), StandardCharsets.UTF_8)), license));
    }

    void csv(Optional<String> pool, OutputStream out) throws IOException {
        out.write(Csv.line(List.of("number", "at", "what", "all of it")).getBytes(StandardCharsets.UTF_8));
        read(pool, entry -> {
            var json = JsonReader.object(entry.text());
            var what = json.optionalText("event").or(() -> json.optionalText("action")).orElse("");
            out.write(Csv.line(List.of(Long.toString(entry.number()), entry.at().toString(), what, entry.text())).getBytes(StandardCharsets.UTF_8));
        });
    }

    private void read(Optional<String> pool, ReadEntries.Receiver receiver) throws IOException {
        if (pool.isPresent()) {
            entries.ofPool(pool.get(), receiver);
        } else {
            entries.ofConsole(receiver);
        }
    }
}
