package dev.charter.authority.desk;

import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Hosts that were reported destroyed, in the database.
final class Losses {
    private static final String SELECT = """
            SELECT loss.id, loss.license, loss.activation, activation.host_name, activation.state AS activation_state, loss.state, loss.story, loss.reported_at, loss.reported_by, \
            loss.first_look_by, loss.decided_at, loss.decided_by, loss.reason FROM loss JOIN activation ON activation.id = loss.activation""";

    private final Transactions transactions;

    Losses(Transactions transactions) {
        this.transactions = transactions;
    }

    Optional<Loss> byId(String id) {
        return transactions.reading(sql -> byId(sql, id));
    }

    static Optional<Loss> byId(Sql sql, String id) {
        return sql.one(SELECT + " WHERE loss.id = ?", Losses::read, id);
    }

    /// The newest ones of a license.
    List<Loss> of(String license, int most) {
        return transactions.reading(sql -> sql.query(SELECT + " WHERE loss.license = ? ORDER BY loss.reported_at DESC, loss.id DESC LIMIT ?", Losses::read, license, most));
    }

    /// Those that wait, or all.
    List<Loss> page(boolean waiting, Optional<Place> after, int most) {
        var conditions = new ArrayList<String>();
        var arguments = new ArrayList<Object>();
        if (waiting) {
            conditions.add("loss.state = 'WAITING' AND activation.state = 'LOST'");
        }
        after.ifPresent(place -> {
            conditions.add("(loss.reported_at, loss.id) < (?, ?)");
            arguments.addAll(List.of(place.at(), place.id()));
        });
        arguments.add(most);
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return transactions.reading(sql -> sql.query(SELECT + where + " ORDER BY loss.reported_at DESC, loss.id DESC LIMIT ?", Losses::read, arguments.toArray()));
    }

    /// The one that waits about an activation.
    static Optional<Loss> waiting(Sql sql, String activation) {
        return sql.one(SELECT + " WHERE loss.activation = ? AND loss.state = 'WAITING'", Losses::read, activation);
    }

    static void put(Sql sql, String id, String license, String activation, String story, String by, Instant now) {
        sql.update("INSERT INTO loss (id, license, activation, state, story, reported_at, reported_by) VALUES (?, ?, ?, 'WAITING', ?, ?, ?)", id, license, activation, story, now, by);
    }

    /// How many of a license's hosts were restored since a moment.
    static int restored(Sql sql, String license, Instant since) {
        return sql.one("SELECT count(*) AS restored FROM loss WHERE license = ? AND state = 'RESTORED' AND decided_at > ?", row -> row.smallNumber("restored"), license, since).orElseThrow();
    }

    /// Notes that somebody wants it restored and another one has to agree; keeps who was first.
    static void look(Sql sql, String id, String by) {
        sql.update("UPDATE loss SET first_look_by = ? WHERE id = ? AND state = 'WAITING' AND first_look_by IS NULL", by, id);
    }

    /// False when it does not wait any more.
    static boolean decide(Sql sql, String id, Loss.State state, String by, String reason, Instant now) {
        return sql.update("UPDATE loss SET state = ?, decided_at = ?, decided_by = ?, reason = ? WHERE id = ? AND state = 'WAITING'", state, now, by, reason, id) == 1;
    }

    <T> T reading(Transactions.Work<T> work) {
        return transactions.reading(work);
    }

    <T> T inOne(Transactions.Work<T> work) {
        return transactions.inOne(work);
    }

    private static Loss read(Row row) {
        var activation = row.text("activation_state");
        var state = row.constant(Loss.State.class, "state");
        return new Loss(row.text("id"), row.text("license"), row.text("activation"), row.optionalText("host_name"), activation.toLowerCase(Locale.ROOT),
                state == Loss.State.WAITING && !activation.equals("LOST") ? Loss.State.SETTLED : state, row.text("story"), row.instant("reported_at"), row.text("reported_by"),
                row.optionalText("first_look_by"), row.optionalInstant("decided_at"), row.optionalText("decided_by"), row.optionalText("reason"));
    }
}
