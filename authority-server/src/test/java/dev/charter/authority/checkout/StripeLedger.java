package dev.charter.authority.checkout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What Stripe keeps, and what buyers and banks do to it: sessions, payments, bills, subscriptions, disputes, and the events that tell of them. Each is shaped as Stripe's published OpenAPI has it.
public abstract class StripeLedger {
    static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PERIOD = Duration.ofDays(30);

    final Map<String, ObjectNode> objects = new LinkedHashMap<>(); // guarded by this, as are the events
    final List<ObjectNode> events = new ArrayList<>();
    final AtomicInteger numbers = new AtomicInteger();

    /// Everything that would be told by now, the oldest first.
    public synchronized List<String> events() {
        return events.stream().map(event -> event.get("id").asString()).toList();
    }

    public synchronized void pays(String session) {
        var open = objects.get(session);
        open.put("status", "complete").put("payment_status", "paid").putNull("url");
        var order = open.get("client_reference_id").asString();
        long total = open.get("amount_total").asLong();
        var currency = open.get("currency").asString();
        if (total > 0) {
            var charge = object("ch", "charge").put("amount", total).put("amount_captured", total).put("amount_refunded", 0).put("refunded", false).put("disputed", false).put("captured", true).put("paid", true)
                    .put("status", "succeeded").put("currency", currency);
            charge.putObject("billing_details");
            var intent = object("pi", "payment_intent").put("status", "succeeded").put("amount", total).put("amount_received", total).put("currency", currency).put("latest_charge", charge.get("id").asString());
            charge.put("payment_intent", intent.get("id").asString());
            if (open.get("mode").asString().equals("payment")) {
                intent.putObject("metadata").put("order", order);
                charge.putObject("metadata").put("order", order);
                open.put("payment_intent", intent.get("id").asString());
            } else {
                bill(open, order, intent.get("id").asString());
            }
        } else {
            bill(open, order, "");
        }
        tell("checkout.session.completed", open);
    }

    /// What Stripe makes of a session in subscription mode.
    private void bill(ObjectNode session, String order, String intent) {
        long now = seconds();
        var currency = session.get("currency").asString();
        var customer = "cus_" + numbers.incrementAndGet();
        var subscription = object("sub", "subscription").put("status", "active").put("billing_cycle_anchor", now).put("start_date", now).put("cancel_at_period_end", false).putNull("cancel_at").putNull("ended_at")
                .putNull("canceled_at").put("collection_method", "charge_automatically").put("currency", currency).put("customer", customer);
        subscription.putObject("automatic_tax").put("enabled", false);
        subscription.putObject("billing_mode").put("type", "flexible");
        subscription.putArray("billing_schedules");
        subscription.putArray("discounts");
        subscription.putObject("invoice_settings").putObject("issuer").put("type", "self");
        subscription.putObject("metadata").put("order", order);
        var id = subscription.get("id").asString();
        var item = JSON.createObjectNode().put("id", "si_" + numbers.incrementAndGet()).put("object", "subscription_item").put("created", now).put("current_period_start", now)
                .put("current_period_end", now + PERIOD.toSeconds()).put("subscription", id);
        item.putArray("discounts");
        item.putObject("metadata");
        item.putObject("price").put("id", "price_1").put("object", "price");
        subscription.set("items", list("/v1/subscription_items?subscription=" + id, List.of(item), false));
        var invoice = invoice(customer, currency, session.get("amount_total").asLong(), now);
        invoice.putObject("parent").put("type", "subscription_details").putObject("subscription_details").put("subscription", id).putObject("metadata").put("order", order);
        session.put("subscription", id).put("invoice", invoice.get("id").asString()).put("customer", customer);
        if (!intent.isEmpty()) {
            var payment = object("inpay", "invoice_payment").put("invoice", invoice.get("id").asString()).put("status", "paid").put("amount_requested", invoice.get("total").asLong()).put("currency", currency)
                    .put("is_default", true);
            payment.remove("metadata");
            payment.putObject("payment").put("type", "payment_intent").put("payment_intent", intent);
            payment.putObject("status_transitions").put("paid_at", now);
        }
        tell("invoice.paid", invoice);
    }

    private ObjectNode invoice(String customer, String currency, long total, long now) {
        var invoice = object("in", "invoice").put("status", "paid").put("amount_due", total).put("amount_overpaid", 0).put("amount_paid", total).put("amount_paid_off_stripe", 0).put("amount_remaining", 0)
                .put("amount_shipping", 0).put("attempt_count", 1).put("attempted", true).put("auto_advance", false).put("collection_method", "charge_automatically").put("currency", currency)
                .put("customer", customer).put("period_start", now).put("period_end", now).put("post_payment_credit_notes_amount", 0).put("pre_payment_credit_notes_amount", 0).put("starting_balance", 0)
                .put("subtotal", total).put("total", total);
        invoice.putObject("automatic_tax").put("enabled", false);
        invoice.putObject("issuer").put("type", "self");
        invoice.putObject("payment_settings");
        invoice.putObject("status_transitions").put("paid_at", now);
        invoice.putArray("default_tax_rates");
        invoice.putArray("discounts");
        invoice.set("lines", list("/v1/invoices/" + invoice.get("id").asString() + "/lines", List.of(), false));
        return invoice;
    }

    public synchronized void expires(String session) {
        tell("checkout.session.expired", objects.get(session).put("status", "expired").putNull("url"));
    }

    /// Has so much of it been given back in all; less than before: a refund failed.
    public synchronized void refunds(String session, long amount) {
        var charge = chargeOf(session);
        charge.put("amount_refunded", amount).put("refunded", amount == charge.get("amount").asLong());
        tell("charge.refunded", charge);
    }

    /// @param status as Stripe has it, such as `needs_response`, `lost` or `won`
    public synchronized void disputes(String session, String status) {
        var charge = chargeOf(session).put("disputed", true);
        var dispute = objects.values().stream().filter(known -> known.get("object").asString().equals("dispute") && known.get("charge").equals(charge.get("id"))).findFirst().orElseGet(() -> disputed(charge));
        dispute.put("status", status);
        tell(List.of("lost", "won").contains(status) ? "charge.dispute.closed" : "charge.dispute.created", dispute);
    }

    private ObjectNode disputed(ObjectNode charge) {
        var dispute = object("du", "dispute").put("charge", charge.get("id").asString()).put("payment_intent", charge.get("payment_intent").asString()).put("amount", charge.get("amount").asLong())
                .put("currency", charge.get("currency").asString()).put("is_charge_refundable", false).put("reason", "general");
        dispute.putArray("balance_transactions");
        dispute.putArray("enhanced_eligibility_types");
        dispute.putObject("evidence").putObject("enhanced_evidence");
        dispute.putObject("evidence_details").put("has_evidence", false).put("past_due", false).put("submission_count", 0).putObject("enhanced_eligibility");
        return dispute;
    }

    /// At once.
    public synchronized void endsSubscription(String session) {
        var subscription = subscriptionOf(session);
        tell("customer.subscription.deleted", subscription.put("status", "canceled").put("canceled_at", seconds()).put("ended_at", seconds()));
    }

    /// Or, when it was cancelled so already, lets it go on.
    ///
    /// @return when the period ends
    public synchronized Instant cancelsAtPeriodEnd(String session, boolean cancels) {
        var subscription = subscriptionOf(session);
        long end = subscription.get("items").get("data").get(0).get("current_period_end").asLong();
        subscription.put("cancel_at_period_end", cancels);
        if (cancels) {
            subscription.put("cancel_at", end).put("canceled_at", seconds());
        } else {
            subscription.putNull("cancel_at").putNull("canceled_at");
        }
        tell("customer.subscription.updated", subscription);
        return Instant.ofEpochSecond(end);
    }

    private ObjectNode subscriptionOf(String session) {
        return objects.get(objects.get(session).get("subscription").asString());
    }

    private ObjectNode chargeOf(String session) {
        var paid = objects.get(session);
        var intent = paid.hasNonNull("payment_intent") ? paid.get("payment_intent").asString() : objects.values().stream()
                .filter(known -> known.get("object").asString().equals("invoice_payment") && known.get("invoice").equals(paid.get("invoice"))).findFirst().orElseThrow()
                .get("payment").get("payment_intent").asString();
        return objects.get(objects.get(intent).get("latest_charge").asString());
    }

    final ObjectNode object(String prefix, String kind) {
        var made = JSON.createObjectNode().put("id", prefix + "_" + numbers.incrementAndGet()).put("object", kind).put("created", seconds()).put("livemode", false);
        made.putObject("metadata");
        objects.put(made.get("id").asString(), made);
        return made;
    }

    final void tell(String kind, ObjectNode object) {
        var event = JSON.createObjectNode().put("id", "evt_" + numbers.incrementAndGet()).put("object", "event").put("api_version", com.stripe.Stripe.API_VERSION).put("type", kind)
                .put("created", seconds()).put("livemode", false).put("pending_webhooks", 1).putNull("request");
        event.putObject("data").set("object", object.deepCopy());
        events.add(event);
    }

    static long seconds() {
        return System.currentTimeMillis() / 1000;
    }

    static ObjectNode list(String url, List<ObjectNode> found, boolean more) {
        var list = JSON.createObjectNode().put("object", "list").put("has_more", more).put("url", url);
        list.putArray("data").addAll(found);
        return list;
    }
}
