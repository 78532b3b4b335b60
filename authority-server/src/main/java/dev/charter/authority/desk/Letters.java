package dev.charter.authority.desk;

import dev.charter.authority.audit.AuditEvent;
import dev.charter.authority.audit.Chain;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.json.JsonWriter;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The desk's letters in the database. Whatever is decided about one holds the license's row first, so that of those who decide at once, or a newer letter that comes, one is first.
final class Letters {
    private static final String SELECT = """
            SELECT id, kind, channel, state, license, host, sequence, content, origin, sender, problem, received_at, decided_at, decided_by, reason, answer FROM letter""";
    /// Of those that could not be read no more wait than these: whoever sends rubbish does not fill the database.
    static final int MOST_UNREADABLE = 1_000;

    private final Transactions transactions;

    Letters(Transactions transactions) {
        this.transactions = transactions;
    }

    /// What became of a letter that was to wait.
    sealed interface Put {
        /// This one waits, or waited already.
        record Waiting(String letter) implements Put {}

        /// A newer one of the same host is here.
        record Late() implements Put {}
    }

    Optional<WaitingLetter> byId(String id) {
        return transactions.reading(sql -> sql.one(SELECT + " WHERE id = ?", Letters::read, id));
    }

    Optional<WaitingLetter> of(Digest document) {
        return transactions.reading(sql -> sql.one(SELECT + " WHERE digest = ?", Letters::read, document.value().toArray()));
    }

    List<WaitingLetter> page(Optional<WaitingLetter.State> state, Optional<Place> after, int most) {
        var conditions = new ArrayList<String>();
        var arguments = new ArrayList<Object>();
        state.ifPresent(wanted -> {
            conditions.add("state = ?");
            arguments.add(wanted);
        });
        after.ifPresent(place -> {
            conditions.add("(received_at, id) < (?, ?)");
            arguments.addAll(List.of(place.at(), place.id()));
        });
        arguments.add(most);
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return transactions.reading(sql -> sql.query(SELECT + where + " ORDER BY received_at DESC, id DESC LIMIT ?", Letters::read, arguments.toArray()));
    }

    /// Lets a request wait, and supersedes the older ones of its host that do.
    Put put(String id, Letter letter, String license, Brought brought, Instant now) {
        return transactions.inOne(sql -> {
            sql.update("UPDATE license SET used = used WHERE id = ?", license); // holds the row
            var digest = letter.document().digest();
            if (sql.one("SELECT 1 AS newer FROM letter WHERE license = ? AND host = ? AND sequence > ? LIMIT 1", row -> row.number("newer"), license, letter.host().value(), letter.sequence())
                    .isPresent()) {
                return new Put.Late();
            }
            sql.update("UPDATE letter SET state = 'SUPERSEDED', decided_at = ? WHERE license = ? AND host = ? AND sequence < ? AND state = 'WAITING'",
                    now, license, letter.host().value(), letter.sequence());
            sql.update("""
                    INSERT INTO letter (id, digest, kind, channel, state, license, host, sequence, content, origin, received_at)
                    VALUES (?, ?, 'USAGE_REQUEST', ?, 'WAITING', ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                    id, digest.value().toArray(), brought.channel(), license, letter.host().value(), letter.sequence(), letter.document().toBytes(), brought.origin(), now);
            return new Put.Waiting(sql.one("SELECT id FROM letter WHERE digest = ?", row -> row.text("id"), digest.value().toArray()).orElseThrow());
        });
    }

    /// The ID under which what could not be read lies there; empty when too many do.
    static Optional<String> putUnreadable(Sql sql, String id, Brought brought, String sender, String problem, Instant now) {
        var text = Bytes.of(brought.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var digest = Digest.of(text.toArray()).value().toArray();
        sql.update("""
                INSERT INTO letter (id, digest, kind, channel, state, sequence, content, origin, sender, problem, received_at)
                SELECT ?, ?, 'UNREADABLE', ?, 'WAITING', 0, ?, ?, ?, ?, ? WHERE (SELECT count(*) FROM letter WHERE kind = 'UNREADABLE' AND state = 'WAITING') < ? ON CONFLICT DO NOTHING""",
                id, digest, brought.channel(), text.toArray(), brought.origin(), sender, problem, now, MOST_UNREADABLE);
        return sql.one("SELECT id FROM letter WHERE digest = ?", row -> row.text("id"), digest);
    }

    /// Notes in the caller's transaction that a letter was approved; false when it does not wait any more.
    boolean approve(Sql sql, WaitingLetter letter, String by, Instant now) {
        var chain = Chain.hold(sql, letter.license().orElseThrow()).orElseThrow();
        if (sql.update("UPDATE letter SET state = 'APPROVED', decided_at = ?, decided_by = ? WHERE id = ? AND state = 'WAITING'", now, by, letter.id()) == 0) {
            return false;
        }
        chain.note(sql, now, new AuditEvent.LetterApproved(by, letter.id()), Optional.empty());
        return true;
    }

    /// Notes in the caller's transaction that a letter was refused; false when it does not wait any more.
    boolean refuse(Sql sql, WaitingLetter letter, WaitingLetter.Decided decided) {
        var chain = letter.license().map(license -> Chain.hold(sql, license).orElseThrow());
        var state = letter.kind() == WaitingLetter.Kind.UNREADABLE ? WaitingLetter.State.CLOSED : WaitingLetter.State.REFUSED;
        if (sql.update("UPDATE letter SET state = ?, decided_at = ?, decided_by = ?, reason = ?, answer = ? WHERE id = ? AND state = 'WAITING'",
                state, decided.at(), decided.by(), decided.reason(), decided.answer().map(Bytes::toArray), letter.id()) == 0) {
            return false;
        }
        chain.ifPresent(held -> held.note(sql, decided.at(), new AuditEvent.LetterRefused(decided.by(), letter.id()),
                decided.reason().map(reason -> new JsonWriter().put("reason", reason).object())));
        return true;
    }

    /// Notes that a newer request of the same host was answered.
    void supersede(WaitingLetter letter, Instant now) {
        transactions.doInOne(sql -> sql.update("UPDATE letter SET state = 'SUPERSEDED', decided_at = ? WHERE id = ? AND state = 'WAITING'", now, letter.id()));
    }

    <T> T inOne(Transactions.Work<T> work) {
        return transactions.inOne(work);
    }

    private static WaitingLetter read(Row row) {
        return new WaitingLetter(row.text("id"), row.constant(WaitingLetter.Kind.class, "kind"), row.constant(Channel.class, "channel"), row.constant(WaitingLetter.State.class, "state"),
                row.optionalText("license"), row.optionalText("host"), row.number("sequence"), Bytes.of(row.bytes("content")), row.optionalText("origin"), row.optionalText("sender"),
                row.optionalText("problem"), row.instant("received_at"),
                row.optionalInstant("decided_at").map(at -> new WaitingLetter.Decided(at, row.optionalText("decided_by").orElse(""), row.optionalText("reason"),
                        row.optionalBytes("answer").map(Bytes::of))));
    }
}
