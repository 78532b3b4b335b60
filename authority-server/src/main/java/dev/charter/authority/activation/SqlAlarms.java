package dev.charter.authority.activation;

import dev.charter.store.Row;
import dev.charter.store.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Alarms in the database. Those about activations are raised by [SqlActivations], in the transaction of what they tell; a mail that failed is one while it lies in the outbox.
final class SqlAlarms implements Alarms {
    private final Transactions transactions;

    SqlAlarms(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Alarm> page(Optional<Place> after, int most) {
        var arguments = new ArrayList<Object>();
        after.ifPresent(place -> arguments.addAll(List.of(place.firstAt(), place.alarm())));
        arguments.add(most);
        return transactions.reading(sql -> sql.query("""
                SELECT id, kind, license, activation, host, host_name, first_at, last_at, times FROM (
                    SELECT alarm.id, alarm.kind, alarm.license, alarm.activation, activation.host, activation.host_name, alarm.first_at, alarm.last_at, alarm.times
                    FROM alarm JOIN activation ON activation.id = alarm.activation
                    UNION ALL
                    SELECT id, NULL, NULL, NULL, NULL, NULL, created_at, created_at, 1 FROM outbox WHERE state = 'FAILED' AND seen_at IS NULL) AS alarms"""
                + (after.isPresent() ? " WHERE (first_at, id) < (?, ?)" : "") + " ORDER BY first_at DESC, id DESC LIMIT ?", SqlAlarms::read, arguments.toArray()));
    }

    private static Alarm read(Row row) {
        var about = row.optionalText("activation").map(activation -> new About(row.constant(Kind.class, "kind"), row.text("license"), activation, row.text("host"), row.optionalText("host_name")));
        return new Alarm(row.text("id"), about,
                row.instant("first_at"), row.instant("last_at"), row.number("times"));
    }
}
