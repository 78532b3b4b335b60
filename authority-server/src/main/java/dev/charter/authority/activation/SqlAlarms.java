package dev.charter.authority.activation;

import dev.charter.store.Row;
import dev.charter.store.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Alarms in the database. They are raised by [SqlActivations], in the transaction of what they tell.
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
                SELECT alarm.id, alarm.kind, alarm.license, alarm.activation, activation.host, activation.host_name, alarm.first_at, alarm.last_at, alarm.times
                FROM alarm JOIN activation ON activation.id = alarm.activation""" + (after.isPresent() ? " WHERE (alarm.first_at, alarm.id) < (?, ?)" : "")
                + " ORDER BY alarm.first_at DESC, alarm.id DESC LIMIT ?", SqlAlarms::read, arguments.toArray()));
    }

    private static Alarm read(Row row) {
        return new Alarm(row.text("id"), row.constant(Kind.class, "kind"), row.text("license"), row.text("activation"), row.text("host"), row.optionalText("host_name"),
                row.instant("first_at"), row.instant("last_at"), row.number("times"));
    }
}
