package dev.charter.authority.order;

import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Money that the desk gives back, in the database. What is begun here is done at the provider sooner or later, or refused there.
@Component
final class Refunds {
    private static final String SELECT = "SELECT purchase_order, number, once, amount, token, reason, state FROM order_refund";

    private final Transactions transactions;

    Refunds(Transactions transactions) {
        this.transactions = transactions;
    }

    enum State { BEGUN, DONE, FAILED }

    /// @param number counts the order's refunds, from 1
    /// @param once the desk's own name of it
    /// @param amount in the currency's smallest unit
    /// @param token the ID of the token by which it was begun
    record Refund(String order, int number, Optional<String> once, long amount, String token, Optional<String> reason, State state) {
        /// Tells the provider this refund from every other.
        String name() {
            return order + "-" + number;
        }
    }

    /// Those of an order, the oldest first.
    static List<Refund> of(Sql sql, String order) {
        return sql.query(SELECT + " WHERE purchase_order = ? ORDER BY number", Refunds::refund, order);
    }

    static void begin(Sql sql, Refund refund, Instant at) {
        sql.update("INSERT INTO order_refund (purchase_order, number, once, amount, token, reason, state, tried_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", refund.order(), refund.number(), refund.once(),
                refund.amount(), refund.token(), refund.reason(), refund.state(), at);
    }

    /// False when it is known already what became of it.
    static boolean end(Sql sql, Refund refund, State state) {
        return sql.update("UPDATE order_refund SET state = ? WHERE purchase_order = ? AND number = ? AND state = 'BEGUN'", state, refund.order(), refund.number()) == 1;
    }

    void tried(Refund refund, Instant at) {
        transactions.doInOne(sql -> sql.update("UPDATE order_refund SET tried_at = ? WHERE purchase_order = ? AND number = ?", at, refund.order(), refund.number()));
    }

    /// Those that were begun and not tried since a moment.
    List<Refund> begun(Instant since, int most) {
        return transactions.reading(sql -> sql.query(SELECT + " WHERE state = 'BEGUN' AND tried_at <= ? ORDER BY tried_at LIMIT ?", Refunds::refund, since, most));
    }

    private static Refund refund(Row row) {
        return new Refund(row.text("purchase_order"), row.smallNumber("number"), row.optionalText("once"), row.number("amount"), row.text("token"), row.optionalText("reason"),
                row.constant(State.class, "state"));
    }
}
