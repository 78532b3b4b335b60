package dev.charter.authority.mail;

import dev.charter.format.Bytes;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Mails that go out, in the database. Several nodes may send from it: whoever claims a mail holds it for a while, and what a node held that died is sent by another after that.
final class Mails {
    /// After so long nobody tries any more.
    static final Duration GIVE_UP_AFTER = Duration.ofDays(3);
    /// Longer than any attempt takes.
    static final Duration HELD_FOR = Duration.ofMinutes(10);
    /// So long it can be seen that a mail was sent, and that it failed.
    private static final Duration SENT_SHOWN_FOR = Duration.ofDays(30);
    private static final Duration FAILED_SHOWN_FOR = Duration.ofDays(90);
    private static final int LONGEST_PROBLEM = 500;
    private static final String SHOWN = "SELECT id, recipient, subject, state, created_at, attempts, next_at, sent_at, problem, seen_at FROM outbox";
    private static final byte[] NOTHING = {};

    private final Transactions transactions;

    Mails(Transactions transactions) {
        this.transactions = transactions;
    }

    /// A mail as it is put.
    record NewMail(String id, String to, String subject, String messageId, Bytes content) {}

    enum State { WAITING, SENT, FAILED }

    /// A mail as the desk sees it.
    ///
    /// @param seenAt when somebody looked at it that failed
    record Shown(String id, String to, String subject, State state, Instant createdAt, int attempts, Instant nextAt, Optional<Instant> sentAt, Optional<String> problem, Optional<Instant> seenAt) {}

    /// A place in the list of mails, after which the next page begins; the newest come first.
    record Place(Instant createdAt, String mail) {}

    /// How many there are.
    ///
    /// @param oldest when the oldest of those that wait was put
    /// @param failed of those that nobody has looked at
    record Count(long waiting, Optional<Instant> oldest, long failed) {}

    /// In the caller's transaction.
    static void put(Sql sql, NewMail mail, Instant now) {
        sql.update("""
                INSERT INTO outbox (id, recipient, subject, message_id, content, state, attempts, created_at, next_at, held_until, give_up_at)
                VALUES (?, ?, ?, ?, ?, 'WAITING', 0, ?, ?, 0, ?)""",
                mail.id(), mail.to(), mail.subject(), mail.messageId(), mail.content().toArray(), now, now, now.plus(GIVE_UP_AFTER));
    }

    /// In the caller's transaction: a mail that cannot be written, for the desk to see.
    static void putFailed(Sql sql, NewMail mail, String problem, Instant now) {
        sql.update("""
                INSERT INTO outbox (id, recipient, subject, message_id, content, state, attempts, created_at, next_at, held_until, give_up_at, problem)
                VALUES (?, ?, ?, ?, ?, 'FAILED', 0, ?, ?, 0, ?, ?)""",
                mail.id(), mail.to(), mail.subject(), mail.messageId(), mail.content().toArray(), now, now, now, line(problem));
    }

    /// The first of those in these states after a place, the newest first.
    List<Shown> page(Set<State> states, Optional<Place> after, int most) {
        var arguments = new ArrayList<Object>(states);
        after.ifPresent(place -> arguments.addAll(List.of(place.createdAt(), place.mail())));
        arguments.add(most);
        return transactions.reading(sql -> sql.query(SHOWN + " WHERE state IN (" + String.join(", ", Collections.nCopies(states.size(), "?")) + ")"
                + (after.isPresent() ? " AND (created_at, id) < (?, ?)" : "") + " ORDER BY created_at DESC, id DESC LIMIT ?", Mails::shown, arguments.toArray()));
    }

    /// Makes it a mail's turn now, and gives it its full time again; not one that was sent, or could not be written. It no longer belongs to whoever held it: one that is being sent at
    /// this moment may so be sent twice. As it is then; empty when there is none.
    Optional<Shown> tryAgain(String id, Instant now) {
        return transactions.inOne(sql -> {
            sql.update("UPDATE outbox SET state = 'WAITING', next_at = ?, held_until = 0, give_up_at = ?, seen_at = NULL, seen_by = NULL WHERE id = ? AND state IN ('WAITING', 'FAILED') AND length(content) > 0", now, now.plus(GIVE_UP_AFTER), id);
            return sql.one(SHOWN + " WHERE id = ?", Mails::shown, id);
        });
    }

    /// Notes that somebody has looked at one that failed; it is no alarm any more. As it is then; empty when there is none.
    Optional<Shown> seen(String id, String by, Instant now) {
        return transactions.inOne(sql -> {
            sql.update("UPDATE outbox SET seen_at = ?, seen_by = ? WHERE id = ? AND state = 'FAILED' AND seen_at IS NULL", now, by, id);
            return sql.one(SHOWN + " WHERE id = ?", Mails::shown, id);
        });
    }

    Optional<Shown> byId(String id) {
        return transactions.reading(sql -> sql.one(SHOWN + " WHERE id = ?", Mails::shown, id));
    }

    /// IDs of those whose turn it is, the longest due first.
    List<String> due(Instant now, int most) {
        return transactions.reading(sql -> sql.query("SELECT id FROM outbox WHERE state = 'WAITING' AND next_at <= ? AND held_until <= ? ORDER BY next_at, id LIMIT ?",
                row -> row.text("id"), now, now, most));
    }

    /// Holds a mail for the caller, who is to send it once the transaction is committed; empty when its turn is over, or somebody else holds it.
    static Optional<QueuedMail> claim(Sql sql, String id, Instant now) {
        return sql.one("""
                UPDATE outbox SET attempts = attempts + 1, held_until = ? WHERE id = ? AND state = 'WAITING' AND next_at <= ? AND held_until <= ?
                RETURNING id, recipient, content, attempts, created_at, give_up_at""", Mails::read, now.plus(HELD_FOR), id, now, now);
    }

    /// Notes that a mail is out of our hands. Whoever noted that, it is so.
    static void sent(Sql sql, QueuedMail mail, Instant now) {
        sql.update("UPDATE outbox SET state = 'SENT', sent_at = ?, held_until = 0, problem = NULL, content = ? WHERE id = ? AND state = 'WAITING'", now, NOTHING, mail.id());
    }

    /// Lets a mail wait for its next attempt, unless somebody else has taken it up meanwhile.
    void later(QueuedMail mail, Instant next, String problem) {
        transactions.doInOne(sql -> sql.update("UPDATE outbox SET next_at = ?, held_until = 0, problem = ? WHERE id = ? AND attempts = ? AND state = 'WAITING'",
                next, line(problem), mail.id(), mail.attempt()));
    }

    /// Notes that a mail is not tried again, unless somebody else has taken it up meanwhile.
    void failed(QueuedMail mail, String problem) {
        transactions.doInOne(sql -> sql.update("UPDATE outbox SET state = 'FAILED', held_until = 0, problem = ? WHERE id = ? AND attempts = ? AND state = 'WAITING'",
                line(problem), mail.id(), mail.attempt()));
    }

    Count count() {
        return transactions.reading(sql -> {
            var waiting = sql.one("SELECT count(*) AS mails, min(created_at) AS oldest FROM outbox WHERE state = 'WAITING'",
                    row -> new Count(row.number("mails"), row.optionalInstant("oldest"), 0)).orElseThrow();
            return new Count(waiting.waiting(), waiting.oldest(), sql.one("SELECT count(*) AS mails FROM outbox WHERE state = 'FAILED' AND seen_at IS NULL", row -> row.number("mails")).orElseThrow());
        });
    }

    /// Forgets what nobody will look at any more.
    void forget(Instant now) {
        transactions.doInOne(sql -> {
            sql.update("DELETE FROM outbox WHERE state = 'SENT' AND created_at <= ?", now.minus(SENT_SHOWN_FOR));
            sql.update("DELETE FROM outbox WHERE state = 'FAILED' AND created_at <= ?", now.minus(FAILED_SHOWN_FOR));
        });
    }

    <T> T inOne(Transactions.Work<T> work) {
        return transactions.inOne(work);
    }

    private static QueuedMail read(Row row) {
        return new QueuedMail(row.text("id"), row.text("recipient"), Bytes.of(row.bytes("content")), row.smallNumber("attempts"), row.instant("created_at"), row.instant("give_up_at"));
    }

    private static Shown shown(Row row) {
        return new Shown(row.text("id"), row.text("recipient"), row.text("subject"), row.constant(State.class, "state"), row.instant("created_at"), row.smallNumber("attempts"), row.instant("next_at"),
                row.optionalInstant("sent_at"), row.optionalText("problem"), row.optionalInstant("seen_at"));
    }

    /// What a server said, as it can be kept and shown.
    static String line(String problem) {
        var line = new StringBuilder();
        problem.codePoints().limit(LONGEST_PROBLEM).map(character -> Character.isISOControl(character) ? ' ' : character).forEach(line::appendCodePoint);
        return line.toString().strip();
    }
}
