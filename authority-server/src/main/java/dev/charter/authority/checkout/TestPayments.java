package dev.charter.authority.checkout;

import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.checkout.Payment.Status;
import dev.charter.authority.identity.Identifiers;
import dev.charter.server.web.Rejected;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// A provider that takes no money: its pages are this server's own, and say so. What happens there is told as any provider does.
final class TestPayments implements Payments {
    private static final Duration LASTS = Duration.ofHours(24);
    private static final String SELECT = "SELECT id, purchase_order, sale, currency, total, state, refunded, dispute, ends_at FROM test_checkout";

    private final Transactions transactions;
    private final PaymentEvents events;
    private final Identifiers identifiers;
    private final InstantSource clock;
    private final JsonMapper json;

    TestPayments(Transactions transactions, PaymentEvents events, Identifiers identifiers, InstantSource clock, JsonMapper json) {
        this.transactions = transactions;
        this.events = events;
        this.identifiers = identifiers;
        this.clock = clock;
        this.json = json;
    }

    /// One checkout.
    record Checkout(String id, String order, Sale sale, Payment payment) {
        boolean isByTheMonth() {
            return sale.lines().stream().anyMatch(Sale.SaleLine::metered);
        }
    }

    /// What its buyer or its vendor does with a checkout.
    enum Act {
        PAY("checkout.paid", "state = 'PAID'", "state = 'OPEN'"),
        CANCEL("checkout.closed", "state = 'CLOSED'", "state = 'OPEN'"),
        REFUND("payment.refunded", "refunded = total", "state = 'PAID' AND refunded < total"),
        /// Half of it.
        REFUND_PART("payment.refunded", "refunded = total / 2", "state = 'PAID' AND refunded < total / 2"),
        DISPUTE("dispute.opened", "dispute = 'OPEN'", "state = 'PAID' AND dispute = 'NONE'"),
        /// Its buyer wins.
        LOSE_DISPUTE("dispute.lost", "dispute = 'LOST'", "dispute = 'OPEN'"),
        WIN_DISPUTE("dispute.won", "dispute = 'NONE'", "dispute <> 'NONE'"),
        /// A month from then.
        END_SUBSCRIPTION("subscription.ends", "ends_at = ?", "state = 'PAID' AND ends_at IS NULL"),
        GO_ON("subscription.goes-on", "ends_at = NULL", "state = 'PAID' AND ends_at IS NOT NULL");

        private final String event;
        private final String becomes;
        private final String where;

        Act(String event, String becomes, String where) {
            this.event = event;
            this.becomes = becomes;
            this.where = where;
        }

        private boolean isOfSubscription() {
            return this == END_SUBSCRIPTION || this == GO_ON;
        }
    }

    @Override
    public String provider() {
        return TEST;
    }

    @Override
    public Opened open(Sale sale) {
        var now = clock.instant();
        var id = identifiers.next("chk");
        transactions.doInOne(sql -> sql.update("""
                INSERT INTO test_checkout (id, purchase_order, sale, currency, total, state, refunded, dispute, events, created_at, expires_at) VALUES (?, ?, ?, ?, ?, 'OPEN', 0, 'NONE', 0, ?, ?)
                ON CONFLICT DO NOTHING""", id, sale.order(), json.writeValueAsString(sale), sale.currency(), sale.total(), now, now.plus(LASTS)));
        var opened = transactions.reading(sql -> sql.one("SELECT id FROM test_checkout WHERE purchase_order = ?", row -> row.text("id"), sale.order())).orElseThrow();
        return new Opened(opened, URI.create("/test-checkout/" + opened));
    }

    @Override
    public Payment look(String checkout) {
        expire(clock.instant());
        return find(checkout).orElseThrow(() -> Rejected.unknown("There is no such checkout.")).payment();
    }

    @Override
    public void refund(String checkout, long amount, String name) {
        var now = clock.instant();
        transactions.doInOne(sql -> {
            if (sql.update("INSERT INTO test_refund (once, checkout) VALUES (?, ?) ON CONFLICT DO NOTHING", name, checkout) == 0) {
                return;
            }
            var number = sql.one("UPDATE test_checkout SET refunded = refunded + ?, events = events + 1 WHERE id = ? AND state = 'PAID' AND refunded + ? <= total RETURNING events",
                    row -> row.number("events"), amount, checkout, amount).orElseThrow(() -> Rejected.conflict("So much cannot be given back."));
            tell(sql, checkout, number, "payment.refunded", find(sql, checkout).orElseThrow().order(), now);
        });
        events.ring();
    }

    @Override
    public Optional<String> orderOf(String payment) {
        return find(payment).map(Checkout::order);
    }

    /// They cannot get lost: each was kept in the transaction of what it tells.
    @Override
    public void eventsSince(Instant since, Consumer<List<PaymentEvent>> part) {}

    Optional<Checkout> find(String id) {
        return transactions.reading(sql -> find(sql, id));
    }

    /// Does it, if it is possible now; the checkout as it is then.
    Optional<Checkout> act(String id, Act act) {
        var now = clock.instant();
        var after = transactions.inOne(sql -> {
            var before = find(sql, id);
            if (before.isEmpty() || act.isOfSubscription() && !before.get().isByTheMonth()) {
                return before;
            }
            var arguments = new ArrayList<Object>(act == Act.END_SUBSCRIPTION ? List.of(now.atOffset(ZoneOffset.UTC).plusMonths(1).truncatedTo(ChronoUnit.SECONDS).toInstant()) : List.of());
            arguments.addAll(List.of(id, now));
            var number = sql.one("UPDATE test_checkout SET " + act.becomes + ", events = events + 1 WHERE id = ? AND " + act.where + (act == Act.PAY ? " AND expires_at > ?" : " AND created_at <= ?")
                    + " RETURNING events", row -> row.number("events"), arguments.toArray());
            number.ifPresent(event -> tell(sql, id, event, act.event, before.get().order(), now));
            return find(sql, id);
        });
        events.ring();
        return after;
    }

    private void tell(Sql sql, String checkout, long number, String what, String order, Instant now) {
        PaymentEvents.keep(sql, new PaymentEvent("evt-" + checkout + "-" + number, provider(), what, Optional.of(order), Optional.empty()), now);
    }

    private void expire(Instant now) {
        transactions.doInOne(sql -> sql.update("UPDATE test_checkout SET state = 'CLOSED' WHERE state = 'OPEN' AND expires_at <= ?", now));
    }

    private Optional<Checkout> find(Sql sql, String id) {
        return sql.one(SELECT + " WHERE id = ?", this::checkout, id);
    }

    private Checkout checkout(Row row) {
        var payment = new Payment(Optional.of(row.text("purchase_order")), row.constant(Status.class, "state"), row.text("currency"), row.number("total"), row.number("refunded"),
                row.constant(Dispute.class, "dispute"), Optional.of(row.text("id")), Optional.empty(), row.optionalInstant("ends_at"));
        return new Checkout(row.text("id"), row.text("purchase_order"), json.readValue(row.text("sale"), Sale.class), payment);
    }
}
