package dev.charter.floating.export;

import dev.charter.client.LeaseSigner;
import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.history.SeatHistory;
import dev.charter.floating.history.SeatHistory.Day;
import dev.charter.floating.pool.Pool;
import dev.charter.format.UsageReport;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.server.web.Csv;
import dev.charter.store.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes how a pool was used: of each day the most seats that were taken and the refusals, and of each lease from when to when it held its seat.
final class ExportUsage {
    private static final String DAYS = "day";
    private final Transactions transactions;
    private final SeatHistory history;
    private final ReadEntries entries;
    private final ReportSequence sequence;

    ExportUsage(Transactions transactions, SeatHistory history) {
        this.transactions = transactions;
        this.history = history;
        this.entries = new ReadEntries(transactions);
        this.sequence = new ReportSequence(transactions);
    }

    /// From one day to another, both included, in UTC.
    record Period(LocalDate from, LocalDate until) {
        Instant begin() {
            return from.atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        /// Exclusive.
        Instant end() {
            return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /// @param about who made it, and when
    void signed(Pool pool, Period period, About about, LeaseSigner signer, OutputStream out) throws IOException {
        var lines = new SignedLines(out);
        lines.add(about.line("usage").put("pool", pool.license()).put("product", pool.product()).put("seats", pool.seats()).put("from", period.from().toString()).put("until", period.until().toString()));
        long denied = 0;
        for (var day : days(pool, period)) {
            lines.add(new JsonWriter().put(DAYS, day.day().toString()).put("seats", day.seats()).put("peak", day.peak()).put("denied", day.denied()));
            denied += day.denied();
        }
        long leases = uses(pool, period, use -> lines.add(new JsonWriter().put("lease", use.lease()).put("host", use.host()).putText("hostName", name(pool, use)).putText("slot", use.slot())
                .putText("features", Optional.of(use.features()).filter(text -> !text.isEmpty())).put("from", use.from()).putInstant("until", use.until()).putText("ended", use.ended())));
        lines.sign(signer, "usage", sequence.next(pool.license()), period.begin(), period.end(),
                List.of(new UsageReport.Reading("leases", leases, leases), new UsageReport.Reading("denied", denied, denied)));
    }

    void csv(Pool pool, Period period, OutputStream out) throws IOException {
        write(out, List.of("kind", "day or begin", "end", "seats", "peak", "denied", "lease", "host", "host name", "slot", "features", "ended"));
        for (var day : days(pool, period)) {
            write(out, List.of("day", day.day().toString(), "", Long.toString(day.seats()), Long.toString(day.peak()), Long.toString(day.denied()), "", "", "", "", "", ""));
        }
        uses(pool, period, use -> write(out, List.of("lease", use.from().toString(), use.until().map(Instant::toString).orElse(""), "", "", "", use.lease(), use.host(), name(pool, use).orElse(""),
                use.slot().orElse(""), use.features(), use.ended().orElse("held"))));
    }

    private static void write(OutputStream out, List<String> cells) throws IOException {
        out.write(Csv.line(cells).getBytes(StandardCharsets.UTF_8));
    }

    private List<Day> days(Pool pool, Period period) {
        return transactions.reading(sql -> {
            var days = new ArrayList<Day>(); // two years at most
            history.days(sql, pool.license(), period.from(), period.until(), days::add);
            return days;
        });
    }

    private interface Receiver {
        void take(LeaseUse.Use use) throws IOException;
    }

    /// How many there are.
    private long uses(Pool pool, Period period, Receiver receiver) throws IOException {
        var uses = new LeaseUse();
        var count = new long[1];
        Receiver counting = use -> {
            if (use.reaches(period.begin(), period.end())) {
                receiver.take(use);
                count[0]++;
            }
        };
        entries.ofPool(pool.license(), entry -> {
            var ended = uses.take(entry.at(), AuditEvent.read(JsonReader.object(entry.text())));
            if (ended.isPresent()) {
                counting.take(ended.get());
            }
        });
        for (var use : uses.stillHeld()) {
            counting.take(use);
        }
        return count[0];
    }

    /// As its host called itself last.
    private Optional<String> name(Pool pool, LeaseUse.Use use) {
        return transactions.reading(sql -> sql.query("SELECT host_name FROM lease WHERE pool = ? AND host = ?", row -> row.optionalText("host_name"), pool.license(), use.host())).stream().findFirst()
                .flatMap(name -> name);
    }
}
