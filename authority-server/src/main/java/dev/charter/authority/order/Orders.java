package dev.charter.authority.order;

import dev.charter.authority.checkout.Payment.Dispute;
import dev.charter.authority.checkout.Payment;
import dev.charter.authority.order.Order.Granted;
import dev.charter.authority.order.Order.Withheld;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Orders in the database. Each step is an update on the condition of the step before it, so that it is done once, whoever does it.
@Component
final class Orders {
    private static final String COLUMNS = """
            id, digest, product, host, host_name, upgrades, license, state, buyer_name, buyer_email, lines, currency, total, return_to, provider, checkout, checkout_url, payment, granted, refunded, \
            dispute, withheld, attention, looked, created_at, paid_at, fulfilled_at, reference, ends_at, ended_at""";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM purchase_order";
    private static final String ADD_STEP = "INSERT INTO order_step (purchase_order, number, at, step, detail) SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM order_step WHERE purchase_order = ?";
    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};

    private final Transactions transactions;
    private final JsonMapper json;

    Orders(Transactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    /// A step that an order took.
    record Step(Instant at, String step, Optional<String> detail) {}

    /// A place in the list of orders, after which the next page begins; the newest come first.
    record Place(Instant createdAt, String order) {}

    <T> T inOne(Transactions.Work<T> work) {
        return transactions.inOne(work);
    }

    /// Keeps an order that begins; the one that began with the same document, where there is one.
    Order begin(Order order) {
        return transactions.inOne(sql -> {
            int added = sql.update("""
                    INSERT INTO purchase_order (id, digest, product, host, host_name, upgrades, state, buyer_name, buyer_email, lines, currency, total, return_to, provider, refunded, dispute, withheld, looks, looked,
                        created_at, reconciled_at)
                    VALUES (?, ?, ?, ?, ?, ?, 'OPEN', ?, ?, ?, ?, ?, ?, ?, 0, 'NONE', 'NOTHING', 0, 0, ?, ?) ON CONFLICT DO NOTHING""",
                    order.id(), order.digest().value().toArray(), order.product(), order.host().orElse(""), order.hostName(), order.upgrades(), order.buyer().name(), order.buyer().email(),
                    json.writeValueAsString(order.lines()), order.currency(), order.total(), order.returnTo().toString(), order.provider(), order.createdAt(), order.createdAt());
            if (added == 1) {
                note(sql, order.id(), order.createdAt(), "begun", Optional.empty());
            }
            return byDigest(sql, order.digest()).orElseThrow();
        });
    }

    /// Keeps an order of the desk, in the transaction that fulfils it; false where there is one with the same digest.
    ///
    /// @param wish what the desk asked for
    boolean place(Sql sql, Order order, DeskOrder wish) {
        return sql.update("""
                INSERT INTO purchase_order (id, digest, product, host, upgrades, state, buyer_name, buyer_email, lines, currency, total, return_to, provider, refunded, dispute, withheld, looks, looked, created_at,
                    reconciled_at, reference, wish)
                VALUES (?, ?, ?, '', ?, 'FULFILLED', ?, ?, ?, ?, ?, '', ?, 0, 'NONE', 'NOTHING', 0, 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                order.id(), order.digest().value().toArray(), order.product(), order.upgrades(), order.buyer().name(), order.buyer().email(), json.writeValueAsString(order.lines()), order.currency(),
                order.total(), order.provider(), order.createdAt(), order.createdAt(), order.reference(), json.writeValueAsString(wish)) == 1;
    }

    /// What the desk asked for when it placed an order.
    Optional<DeskOrder> wish(String id) {
        return transactions.reading(sql -> sql.one("SELECT wish FROM purchase_order WHERE id = ?", row -> row.optionalText("wish"), id)).flatMap(wish -> wish).map(text -> json.readValue(text, DeskOrder.class));
    }

    /// Notes where an order is paid. The first to know wins; all know the same.
    Order opened(String id, String checkout, URI page, Instant at) {
        return transactions.inOne(sql -> {
            if (sql.update("UPDATE purchase_order SET checkout = ?, checkout_url = ? WHERE id = ? AND checkout IS NULL", checkout, page.toString(), id) == 1) {
                note(sql, id, at, "opened", Optional.of(checkout));
            }
            return byId(sql, id).orElseThrow();
        });
    }

    /// Numbers a look at an order's payment before it is begun; empty when there is no such order, nothing to look at, or another provider has its payment.
    Optional<Look> look(String id, String provider) {
        return transactions.inOne(sql -> sql.one("UPDATE purchase_order SET looks = looks + 1 WHERE id = ? AND provider = ? AND checkout IS NOT NULL RETURNING looks, checkout",
                row -> new Look(id, row.number("looks"), row.text("checkout")), id, provider));
    }

    /// Numbers a look at each order of a provider that is open, before any of them is begun.
    List<OpenLook> looksAtOpen(String provider) {
        return transactions.inOne(sql -> sql.query("UPDATE purchase_order SET looks = looks + 1 WHERE state = 'OPEN' AND checkout IS NOT NULL AND provider = ? RETURNING id, looks, checkout, created_at",
                row -> new OpenLook(new Look(row.text("id"), row.number("looks"), row.text("checkout")), row.instant("created_at")), provider));
    }

    /// A look at an order that was begun at that moment.
    record OpenLook(Look look, Instant createdAt) {}

    /// A look at an order's payment. One that began later has seen more.
    record Look(String order, long number, String checkout) {}

    /// Takes over what a look saw, in the caller's transaction; false when a look that began later has done so.
    static boolean looked(Sql sql, Look look, Payment payment, Instant at) {
        return sql.update("UPDATE purchase_order SET looked = ?, payment = coalesce(?, payment), refunded = ?, dispute = ?, ends_at = ?, reconciled_at = ? WHERE id = ? AND looked < ?",
                look.number(), payment.payment(), payment.refunded(), payment.dispute(), payment.ends(), at, look.order(), look.number()) == 1;
    }

    /// Moves an order on in the caller's transaction; false when it is not in a state from which it goes there.
    static boolean move(Sql sql, String id, List<OrderState> from, OrderState to) {
        var arguments = new ArrayList<Object>(List.of(to, id));
        arguments.addAll(from);
        return sql.update("UPDATE purchase_order SET state = ? WHERE id = ? AND state IN (?" + ", ?".repeat(from.size() - 1) + ")", arguments.toArray()) == 1;
    }

    /// Tells the desk why it should look, in the caller's transaction; once for each reason.
    static void attend(Sql sql, String id, Instant at, String why) {
        if (sql.update("UPDATE purchase_order SET attention = ? WHERE id = ? AND (attention IS NULL OR attention <> ?)", why, id, why) == 1) {
            note(sql, id, at, "attention", Optional.of(why));
        }
    }

    static void attended(Sql sql, String id) {
        sql.update("UPDATE purchase_order SET attention = NULL WHERE id = ?", id);
    }

    /// Notes that an order was paid, for the first time; false when it is known already, or not open or closed.
    static boolean paid(Sql sql, String id, OrderState to, Instant at) {
        return sql.update("UPDATE purchase_order SET state = ?, paid_at = ? WHERE id = ? AND state IN ('OPEN', 'CLOSED') AND paid_at IS NULL", to, at, id) == 1;
    }

    /// Notes what an order was fulfilled with, in the caller's transaction; empty when it is not in that state.
    ///
    /// @return whether its payment is not simply one that was made: some of it went back, is disputed, or ends
    Optional<Boolean> fulfilled(Sql sql, String id, OrderState from, String license, Granted granted, Instant at) {
        return sql.one("""
                UPDATE purchase_order SET state = 'FULFILLED', license = ?, granted = ?, fulfilled_at = ? WHERE id = ? AND state = ?
                RETURNING refunded > 0 OR dispute <> 'NONE' OR ends_at IS NOT NULL AS moved""", row -> row.flag("moved"), license, json.writeValueAsString(granted), at, id, from);
    }

    void granted(Sql sql, String id, Granted granted, Withheld withheld) {
        sql.update("UPDATE purchase_order SET granted = ?, withheld = ? WHERE id = ?", json.writeValueAsString(granted), withheld, id);
    }

    /// Notes when a license lets end what is charged by the month; without a time it does not.
    static void ended(Sql sql, String id, Optional<Instant> ends) {
        sql.update("UPDATE purchase_order SET ended_at = ? WHERE id = ?", ends, id);
    }

    /// Adds to an order's history, in the caller's transaction.
    static void note(Sql sql, String id, Instant at, String step, Optional<String> detail) {
        sql.update(ADD_STEP, id, at, step, detail, id);
    }

    /// Adds several steps of one moment, one after another.
    static void note(Sql sql, String id, List<Step> steps) {
        sql.updateEach(ADD_STEP, steps.stream().map(step -> List.<Object>of(id, step.at(), step.step(), step.detail(), id)).toList());
    }

    /// Holds an order's row until the end of the transaction.
    Optional<Order> hold(Sql sql, String id) {
        return sql.one("UPDATE purchase_order SET looks = looks WHERE id = ? RETURNING " + COLUMNS, this::order, id);
    }

    Optional<Order> byId(Sql sql, String id) {
        return sql.one(SELECT + " WHERE id = ?", this::order, id);
    }

    Optional<Order> byId(String id) {
        return transactions.reading(sql -> byId(sql, id));
    }

    Optional<Order> byDigest(Digest digest) {
        return transactions.reading(sql -> byDigest(sql, digest));
    }

    private Optional<Order> byDigest(Sql sql, Digest digest) {
        return sql.one(SELECT + " WHERE digest = ?", this::order, (Object) digest.value().toArray());
    }

    Optional<String> byPayment(String payment) {
        return transactions.reading(sql -> sql.query("SELECT id FROM purchase_order WHERE payment = ? LIMIT 1", row -> row.text("id"), payment)).stream().findFirst();
    }

    /// All that were fulfilled for a license, the oldest first.
    List<Order> ofLicense(Sql sql, String license) {
        return sql.query(SELECT + " WHERE license = ? AND state = 'FULFILLED' ORDER BY fulfilled_at, id", this::order, license);
    }

    /// IDs of those that are to be fulfilled, the oldest first.
    List<String> toFulfil(int most) {
        return transactions.reading(sql -> sql.query("SELECT id FROM purchase_order WHERE state = 'PAID' ORDER BY created_at, id LIMIT ?", row -> row.text("id"), most));
    }

    /// IDs of those of a provider that are open and were not looked at since a moment.
    List<String> toReconcile(String provider, Instant since, int most) {
        return transactions.reading(sql -> sql.query("SELECT id FROM purchase_order WHERE state = 'OPEN' AND checkout IS NOT NULL AND provider = ? AND reconciled_at <= ? ORDER BY reconciled_at, id LIMIT ?",
                row -> row.text("id"), provider, since, most));
    }

    /// @param license the ID of a license that they bought or add to
    List<Order> page(Optional<OrderState> state, boolean attention, Optional<String> license, Optional<Place> after, int most) {
        var arguments = new ArrayList<Object>();
        var where = new StringBuilder(" WHERE 1 = 1");
        state.ifPresent(wanted -> {
            where.append(" AND state = ?");
            arguments.add(wanted);
        });
        if (attention) {
            where.append(" AND attention IS NOT NULL");
        }
        license.ifPresent(id -> {
            where.append(" AND (license = ? OR upgrades = ?)");
            arguments.addAll(List.of(id, id));
        });
        after.ifPresent(place -> {
            where.append(" AND (created_at, id) < (?, ?)");
            arguments.addAll(List.of(place.createdAt(), place.order()));
        });
        arguments.add(most);
        return transactions.reading(sql -> sql.query(SELECT + where + " ORDER BY created_at DESC, id DESC LIMIT ?", this::order, arguments.toArray()));
    }

    List<Step> history(String id) {
        return transactions.reading(sql -> sql.query("SELECT at, step, detail FROM order_step WHERE purchase_order = ? ORDER BY number", row -> new Step(row.instant("at"), row.text("step"), row.optionalText("detail")), id));
    }

    private Order order(Row row) {
        return new Order(row.text("id"), new Digest(Bytes.of(row.bytes("digest"))), row.text("product"), Optional.of(row.text("host")).filter(host -> !host.isEmpty()), row.optionalText("host_name"), row.optionalText("upgrades"),
                row.optionalText("license"), row.constant(OrderState.class, "state"), new Order.Buyer(row.text("buyer_name"), row.text("buyer_email")), json.readValue(row.text("lines"), LINES),
                row.text("currency"), row.number("total"), URI.create(row.text("return_to")), row.text("provider"), row.optionalText("checkout"), row.optionalText("checkout_url").map(URI::create),
                row.optionalText("payment"), row.optionalText("granted").map(text -> json.readValue(text, Granted.class)), row.number("refunded"), row.constant(Dispute.class, "dispute"),
                row.constant(Withheld.class, "withheld"), row.optionalText("attention"), row.number("looked"), row.instant("created_at"), row.optionalInstant("paid_at"), row.optionalInstant("fulfilled_at"),
                row.optionalText("reference"), row.optionalInstant("ends_at"), row.optionalInstant("ended_at"));
    }
}
