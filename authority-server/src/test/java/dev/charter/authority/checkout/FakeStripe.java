package dev.charter.authority.checkout;

import com.stripe.net.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Stripe as far as it is used here: keeps sessions, payments, bills, subscriptions, disputes and events, answers the real client over HTTP, and hands its events out as signed webhooks,
/// which a test delivers when, how often and in what order it wants. What it answers and tells is shaped as Stripe's published OpenAPI has it, which `FakeStripeTest` checks.
public final class FakeStripe implements AutoCloseable {
    public static final String KEY = "sk_test_fake";
    public static final String SECRET = "whsec_fake";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PERIOD = Duration.ofDays(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final Map<String, Made> once = new LinkedHashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private final List<Map<String, String>> created = new ArrayList<>();
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean away;

    private record Made(int status, String body) {}

    public FakeStripe() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        server.createContext("/v1/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// While it is away it answers as an overloaded server does.
    public void isAway(boolean now) {
        away = now;
    }

    /// The parameters with which sessions were made, in their order.
    public synchronized List<Map<String, String>> created() {
        return List.copyOf(created);
    }

    /// How often it was asked for one session.
    public int looks() {
        return looks.get();
    }

    /// Everything that would be told by now, the oldest first.
    public synchronized List<String> events() {
        return events.stream().map(event -> event.get("id").asString()).toList();
    }

    /// Every body that it has answered, the oldest first.
    public List<String> answered() {
        return List.copyOf(answered);
    }

    // --- what buyers and banks do ---

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

    private ObjectNode object(String prefix, String kind) {
        var made = JSON.createObjectNode().put("id", prefix + "_" + numbers.incrementAndGet()).put("object", kind).put("created", seconds()).put("livemode", false);
        made.putObject("metadata");
        objects.put(made.get("id").asString(), made);
        return made;
    }

    private void tell(String kind, ObjectNode object) {
        var event = JSON.createObjectNode().put("id", "evt_" + numbers.incrementAndGet()).put("object", "event").put("api_version", com.stripe.Stripe.API_VERSION).put("type", kind)
                .put("created", seconds()).put("livemode", false).put("pending_webhooks", 1).putNull("request");
        event.putObject("data").set("object", object.deepCopy());
        events.add(event);
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1000;
    }

    // --- webhooks ---

    /// Delivers an event to an address, signed, as it was when it happened; the status that came back.
    public int delivers(String event, URI to) {
        var body = body(event);
        return delivers(body, signature(body), to);
    }

    public synchronized String body(String event) {
        return JSON.writeValueAsString(events.stream().filter(known -> known.get("id").asString().equals(event)).findFirst().orElseThrow());
    }

    public static String signature(String body) {
        return signature(body, System.currentTimeMillis() / 1000);
    }

    /// As it was made at a time, in seconds.
    public static String signature(String body, long at) {
        try {
            return Webhook.Signature.generateSignatureHeader(body, SECRET, at);
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException(fault);
        }
    }

    public static int delivers(String body, String signature, URI to) {
        try {
            return HTTP.send(HttpRequest.newBuilder(to).header("Content-Type", "application/json; charset=utf-8").header("Stripe-Signature", signature)
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    // --- the API ---

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring("/v1/".length());
        var parameters = form(exchange.getRequestMethod().equals("POST") ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) : exchange.getRequestURI().getRawQuery());
        int status = 200;
        String body;
        synchronized (this) {
            if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                status = 401;
                body = error("This is not the key.");
            } else if (away) {
                status = 503;
                body = error("away");
            } else if (exchange.getRequestMethod().equals("POST")) {
                var key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
                var made = once.computeIfAbsent(path + " " + key, _ -> path.equals("refunds") ? refund(parameters) : new Made(200, JSON.writeValueAsString(session(parameters))));
                status = made.status();
                body = made.body();
            } else {
                var found = find(path, parameters);
                status = found.isEmpty() ? 404 : 200;
                body = found.isEmpty() ? error("No such object") : found;
            }
        }
        answered.add(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Request-Id", "req_" + numbers.incrementAndGet());
        if (status == 503) {
            exchange.getResponseHeaders().add("Stripe-Should-Retry", "false");
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode session(Map<String, String> given) {
        created.add(given);
        long total = 0;
        for (int i = 0; given.keySet().stream().anyMatch(beginsWith("line_items[" + i + "]")); i++) {
            var amount = given.get("line_items[" + i + "][price_data][unit_amount]");
            total += amount == null ? 0 : Long.parseLong(amount) * Long.parseLong(given.get("line_items[" + i + "][quantity]"));
        }
        var currency = given.entrySet().stream().filter(entry -> entry.getKey().endsWith("[currency]")).map(Map.Entry::getValue).findFirst().orElse("eur");
        var session = object("cs_test", "checkout.session").put("status", "open").put("payment_status", "unpaid").put("mode", given.get("mode")).put("amount_total", total).put("currency", currency)
                .put("client_reference_id", given.get("client_reference_id")).put("customer_email", given.get("customer_email")).put("expires_at", seconds() + Duration.ofDays(1).toSeconds())
                .putNull("payment_intent").putNull("subscription").putNull("invoice").put("success_url", given.get("success_url")).put("cancel_url", given.get("cancel_url"));
        session.put("url", "https://checkout.stripe.com/c/pay/" + session.get("id").asString());
        session.putObject("metadata").put("order", given.get("metadata[order]"));
        session.putObject("automatic_tax").put("enabled", false);
        session.putObject("custom_text");
        session.putArray("custom_fields");
        session.putArray("shipping_options");
        session.putArray("payment_method_types").add("card");
        return session;
    }

    private Made refund(Map<String, String> given) {
        var charge = objects.get(objects.get(given.get("payment_intent")).get("latest_charge").asString());
        long amount = Long.parseLong(given.get("amount"));
        long refunded = charge.get("amount_refunded").asLong() + amount;
        if (refunded > charge.get("amount").asLong()) {
            return new Made(400, error("charge_already_refunded", "Refund amount is greater than unrefunded amount on charge"));
        }
        var refund = object("re", "refund").put("amount", amount).put("currency", charge.get("currency").asString()).put("charge", charge.get("id").asString()).put("payment_intent", given.get("payment_intent"))
                .put("status", "succeeded").putNull("reason");
        refund.remove("livemode");
        refund.putObject("metadata").put("order", given.get("metadata[order]"));
        charge.put("amount_refunded", refunded).put("refunded", refunded == charge.get("amount").asLong());
        tell("refund.created", refund);
        tell("charge.refunded", charge);
        return new Made(200, JSON.writeValueAsString(refund));
    }

    private static java.util.function.Predicate<String> beginsWith(String start) {
        return name -> name.startsWith(start);
    }

    /// Empty where there is nothing.
    private String find(String path, Map<String, String> parameters) {
        var parts = path.split("/");
        var last = parts[parts.length - 1];
        return switch (path.substring(0, Math.max(0, path.length() - last.length()))) {
            case "checkout/sessions/" -> {
                looks.incrementAndGet();
                yield expanded(last, session -> {
                    replace(session, "payment_intent", intent -> replace(intent, "latest_charge", _ -> { }));
                    replace(session, "subscription", _ -> { });
                });
            }
            case "payment_intents/" -> expanded(last, intent -> {
                if (parameters.containsValue("latest_charge")) {
                    replace(intent, "latest_charge", _ -> { });
                }
            });
            case "subscriptions/", "invoices/" -> expanded(last, _ -> { });
            default -> switch (path) {
                case "disputes" -> page("/v1/disputes", objects.values().stream().filter(known -> known.get("object").asString().equals("dispute")
                        && known.get("payment_intent").asString().equals(parameters.get("payment_intent"))).toList(), false);
                case "invoice_payments" -> page("/v1/invoice_payments", objects.values().stream().filter(known -> known.get("object").asString().equals("invoice_payment")
                        && (known.get("invoice").asString().equals(parameters.get("invoice")) || known.get("payment").get("payment_intent").asString().equals(parameters.get("payment[payment_intent]")))).toList(), false);
                case "events" -> page("/v1/events", events.reversed().stream().filter(event -> parameters.containsValue(event.get("type").asString())).toList(), parameters);
                case "checkout/sessions" -> page("/v1/checkout/sessions", objects.values().stream().filter(known -> known.get("object").asString().equals("checkout.session")).map(this::withPayment).toList().reversed(), parameters);
                default -> "";
            };
        };
    }

    private ObjectNode withPayment(ObjectNode session) {
        var copy = session.deepCopy();
        replace(copy, "payment_intent", intent -> replace(intent, "latest_charge", _ -> { }));
        return copy;
    }

    /// A page of a list whose newest come first.
    private static String page(String url, List<ObjectNode> all, Map<String, String> parameters) {
        long since = Long.parseLong(parameters.getOrDefault("created[gte]", "0"));
        var after = parameters.get("starting_after");
        var wanted = all.stream().filter(one -> one.get("created").asLong() >= since).toList();
        int from = after == null ? 0 : 1 + wanted.stream().map(one -> one.get("id").asString()).toList().indexOf(after);
        int until = Math.min(wanted.size(), from + Integer.parseInt(parameters.getOrDefault("limit", "10")));
        return page(url, wanted.subList(from, until), until < wanted.size());
    }

    private String expanded(String id, Consumer<ObjectNode> expanding) {
        var known = objects.get(id);
        if (known == null) {
            return "";
        }
        var copy = known.deepCopy();
        expanding.accept(copy);
        return JSON.writeValueAsString(copy);
    }

    private void replace(ObjectNode object, String name, Consumer<ObjectNode> deeper) {
        if (object.hasNonNull(name)) {
            var copy = objects.get(object.get(name).asString()).deepCopy();
            deeper.accept(copy);
            object.set(name, copy);
        }
    }

    private static String page(String url, List<ObjectNode> found, boolean more) {
        return JSON.writeValueAsString(list(url, found, more));
    }

    private static ObjectNode list(String url, List<ObjectNode> found, boolean more) {
        var list = JSON.createObjectNode().put("object", "list").put("has_more", more).put("url", url);
        list.putArray("data").addAll(found);
        return list;
    }

    private static String error(String message) {
        return error("", message);
    }

    private static String error(String code, String message) {
        var error = JSON.createObjectNode();
        error.putObject("error").put("type", "invalid_request_error").put("message", message);
        if (!code.isEmpty()) {
            ((ObjectNode) error.get("error")).put("code", code);
        }
        return JSON.writeValueAsString(error);
    }

    private static Map<String, String> form(String text) {
        var parameters = new TreeMap<String, String>();
        if (text != null && !text.isEmpty()) {
            for (var pair : text.split("&")) {
                var parts = pair.split("=", 2);
                parameters.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
