package dev.charter.floating.audit;

import dev.charter.format.Bytes;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.MalformedJson;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes again from the audit log who holds which seat, and compares that with the database.
public final class ReplayAudit {
    private final Transactions transactions;

    public ReplayAudit(Transactions transactions) {
        this.transactions = transactions;
    }

    private record Seat(String lease, String slot, String features, String reservation) {
        Seat in(Optional<String> reserved) {
            return new Seat(lease, slot, features, reserved.orElse(""));
        }
    }

    /// What a pool comes to by its log.
    private static final class Told {
        private Chain chain;
        private long seats;
        private final Map<String, Seat> held = new HashMap<>();

        Told(String pool) {
            chain = Chain.of(pool);
        }

        void take(AuditEvent event) {
            switch (event) {
                case AuditEvent.Installed e -> seats = e.seats();
                case AuditEvent.Acquired e -> held.put(e.host(), new Seat(e.lease(), e.slot().orElse(""), String.join(" ", e.features()), e.reservation().orElse("")));
                case AuditEvent.Released e -> held.remove(e.host());
                case AuditEvent.Expired e -> held.remove(e.host());
                case AuditEvent.Fenced e -> held.remove(e.host());
                case AuditEvent.Reclaimed e -> held.remove(e.host());
                case AuditEvent.Placed e -> held.computeIfPresent(e.host(), (_, seat) -> seat.in(e.reservation()));
                case AuditEvent.Ending _, AuditEvent.GoingOn _, AuditEvent.CloneSeen _, AuditEvent.Restored _, AuditEvent.WhenFullChosen _, AuditEvent.Reserved _, AuditEvent.EmergencyStarted _,
                        AuditEvent.EmergencyOver _, AuditEvent.Shrunk _, AuditEvent.GivenUp _, AuditEvent.KeptAfterAll _ -> { }
            }
        }
    }

    /// What differs, each a sentence; empty where the log and the database agree.
    ///
    /// @param pool the ID of its license
    public List<String> differences(String pool) {
        return transactions.reading(sql -> {
            var found = new ArrayList<String>();
            var told = replay(sql, pool, found);
            var row = sql.one("SELECT seats, taken, entries, head FROM pool WHERE license = ?",
                    pooled -> List.of(pooled.number("seats"), pooled.number("taken"), pooled.number("entries"), Bytes.of(pooled.bytes("head"))), pool);
            if (!row.equals(Optional.of(List.of(told.seats, (long) told.held.size(), told.chain.length(), told.chain.head())))) {
                found.add("The log comes to " + told.seats + " seats, " + told.held.size() + " of them taken, in " + told.chain.length() + " entries; the pool's row says otherwise.");
            }
            var present = new HashMap<String, Seat>();
            sql.each("SELECT host, lease, slot, features, reservation FROM lease WHERE pool = ? AND state = 'HELD'",
                    lease -> present.put(lease.text("host"), new Seat(lease.text("lease"), lease.optionalText("slot").orElse(""), lease.text("features"), lease.optionalText("reservation").orElse(""))), pool);
            told.held.forEach((host, seat) -> {
                if (!seat.equals(present.remove(host))) {
                    found.add("By the log the host " + host + " holds " + seat + ", by the database it does not.");
                }
            });
            present.forEach((host, seat) -> found.add("By the database the host " + host + " holds " + seat + ", by the log it does not."));
            return List.copyOf(found);
        });
    }

    private static Told replay(Sql sql, String pool, List<String> found) {
        var told = new Told(pool);
        sql.each("SELECT number, event, hash FROM audit_entry WHERE pool = ? ORDER BY number", row -> {
            var text = row.text("event");
            told.chain = told.chain.with(text);
            if (row.number("number") != told.chain.length() || !Bytes.of(row.bytes("hash")).equals(told.chain.head())) {
                found.add("The entry " + row.number("number") + " does not follow from the one before it.");
            }
            try {
                told.take(AuditEvent.read(JsonReader.object(text.getBytes(StandardCharsets.UTF_8))));
            } catch (MalformedJson unreadable) {
                found.add("The entry " + row.number("number") + " cannot be read: " + unreadable.getMessage() + ".");
            }
        }, pool);
        return told;
    }
}
