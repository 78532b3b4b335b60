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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Stripe as far as it is used here: keeps sessions, payments, bills, subscriptions, disputes and events, answers the real client over HTTP, and hands its events out as signed webhooks,
/// which a test delivers when, how often and in what order it wants. What it answers is shaped as Stripe's API reference has it.
public final class FakeStripe implements AutoCloseable {
    public static final String KEY = "sk_test_fake";
    public static final String SECRET = "whsec_fake";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final Map<String, String> once = new LinkedHashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private final List<Map<String, String>> created = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean away;

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

    /// Everything that would be told by now, the oldest first.
    public synchronized List<String> events() {
        return events.stream().map(event -> event.get("id").asString()).toList();
    }

    // --- what buyers and banks do ---

    public synchronized void pays(String session) {
        var open = objects.get(session);
        open.put("status", "complete").put("payment_status", "paid");
        var order = open.get("client_reference_id").asString();
        long total = open.get("amount_total").asLong();
        if (total > 0) {
            var charge = object("ch", "charge").put("amount", total).put("amount_refunded", 0).put("refunded", false).put("disputed", false).put("currency", open.get("currency").asString());
            var intent = object("pi", "payment_intent").put("status", "succeeded").put("amount_received", total).put("latest_charge", charge.get("id").asString());
            charge.put("payment_intent", intent.get("id").asString());
            if (open.get("mode").asString().equals("payment")) {
                intent.putObject("metadata").put("order", order);
                charge.putObject("metadata").put("order", order);
                open.put("payment_intent", intent.get("id").asString());
            } else {
                intent.putObject("metadata");
                bill(open, order, intent.get("id").asString());
            }
        } else {
            bill(open, order, "");
        }
        tell("checkout.session.completed", open);
    }

    /// What Stripe makes of a session in subscription mode.
    private void bill(ObjectNode session, String order, String intent) {
        var subscription = object("sub", "subscription").put("status", "active");
        subscription.putObject("metadata").put("order", order);
        var invoice = object("in", "invoice").put("status", "paid");
        invoice.putObject("parent").put("type", "subscription_details").putObject("subscription_details").put("subscription", subscription.get("id").asString()).putObject("metadata").put("order", order);
        session.put("subscription", subscription.get("id").asString()).put("invoice", invoice.get("id").asString());
        if (!intent.isEmpty()) {
            var payment = object("inpay", "invoice_payment").put("invoice", invoice.get("id").asString()).put("status", "paid");
            payment.putObject("payment").put("type", "payment_intent").put("payment_intent", intent);
        }
        tell("invoice.paid", invoice);
    }

    public synchronized void expires(String session) {
        tell("checkout.session.expired", objects.get(session).put("status", "expired"));
    }

    public synchronized void refunds(String session, long amount) {
        var charge = chargeOf(session);
        charge.put("amount_refunded", amount).put("refunded", amount == charge.get("amount").asLong());
        tell("charge.refunded", charge);
    }

    /// @param status as Stripe has it, such as `needs_response`, `lost` or `won`
    public synchronized void disputes(String session, String status) {
        var charge = chargeOf(session).put("disputed", true);
        var dispute = objects.values().stream().filter(known -> known.get("object").asString().equals("dispute") && known.get("charge").equals(charge.get("id"))).findFirst()
                .orElseGet(() -> object("du", "dispute").put("charge", charge.get("id").asString()).put("payment_intent", charge.get("payment_intent").asString()));
        dispute.put("status", status);
        tell(List.of("lost", "won").contains(status) ? "charge.dispute.closed" : "charge.dispute.created", dispute);
    }

    public synchronized void endsSubscription(String session) {
        tell("customer.subscription.deleted", objects.get(objects.get(session).get("subscription").asString()).put("status", "canceled"));
    }

    private ObjectNode chargeOf(String session) {
        var paid = objects.get(session);
        var intent = paid.hasNonNull("payment_intent") ? paid.get("payment_intent").asString() : objects.values().stream()
                .filter(known -> known.get("object").asString().equals("invoice_payment") && known.get("invoice").equals(paid.get("invoice"))).findFirst().orElseThrow()
                .get("payment").get("payment_intent").asString();
        return objects.get(objects.get(intent).get("latest_charge").asString());
    }

    private ObjectNode object(String prefix, String kind) {
        var made = JSON.createObjectNode().put("id", prefix + "_" + numbers.incrementAndGet()).put("object", kind);
        objects.put(made.get("id").asString(), made);
        return made;
    }

    private void tell(String kind, ObjectNode object) {
        var event = JSON.createObjectNode().put("id", "evt_" + numbers.incrementAndGet()).put("object", "event").put("api_version", com.stripe.Stripe.API_VERSION).put("type", kind)
                .put("created", System.currentTimeMillis() / 1000);
        event.putObject("data").set("object", object.deepCopy());
        events.add(event);
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
            } else if (exchange.getRequestMethod().equals("POST") && path.equals("checkout/sessions")) {
                body = once.computeIfAbsent(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")), _ -> JSON.writeValueAsString(session(parameters)));
            } else {
                var found = find(path, parameters);
                status = found.isEmpty() ? 404 : 200;
                body = found.isEmpty() ? error("No such object") : found;
            }
        }
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
                .put("client_reference_id", given.get("client_reference_id"));
        session.put("url", "https://checkout.stripe.com/c/pay/" + session.get("id").asString());
        session.putObject("metadata").put("order", given.get("metadata[order]"));
        return session;
    }

    private static java.util.function.Predicate<String> beginsWith(String start) {
        return name -> name.startsWith(start);
    }

    /// Empty where there is nothing.
    private String find(String path, Map<String, String> parameters) {
        var parts = path.split("/");
        var last = parts[parts.length - 1];
        return switch (path.substring(0, Math.max(0, path.length() - last.length()))) {
            case "checkout/sessions/" -> expanded(last, session -> {
                replace(session, "payment_intent", intent -> replace(intent, "latest_charge", _ -> { }));
                replace(session, "subscription", _ -> { });
            });
            case "payment_intents/" -> expanded(last, intent -> {
                if (parameters.containsValue("latest_charge")) {
                    replace(intent, "latest_charge", _ -> { });
                }
            });
            case "subscriptions/", "invoices/" -> expanded(last, _ -> { });
            default -> switch (path) {
                case "disputes" -> list(objects.values().stream().filter(known -> known.get("object").asString().equals("dispute")
                        && known.get("payment_intent").asString().equals(parameters.get("payment_intent"))).toList(), false);
                case "invoice_payments" -> list(objects.values().stream().filter(known -> known.get("object").asString().equals("invoice_payment")
                        && (known.get("invoice").asString().equals(parameters.get("invoice")) || known.get("payment").get("payment_intent").asString().equals(parameters.get("payment[payment_intent]")))).toList(), false);
                case "events" -> eventsPage(parameters);
                default -> "";
            };
        };
    }

    /// The newest first, in pages.
    private String eventsPage(Map<String, String> parameters) {
        long since = Long.parseLong(parameters.getOrDefault("created[gte]", "0"));
        var after = parameters.get("starting_after");
        var wanted = events.reversed().stream().filter(event -> event.get("created").asLong() >= since && parameters.containsValue(event.get("type").asString())).toList();
        int from = after == null ? 0 : 1 + wanted.stream().map(event -> event.get("id").asString()).toList().indexOf(after);
        int until = Math.min(wanted.size(), from + Integer.parseInt(parameters.getOrDefault("limit", "10")));
        return list(wanted.subList(from, until), until < wanted.size());
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

    private static String list(List<ObjectNode> found, boolean more) {
        var list = JSON.createObjectNode().put("object", "list").put("has_more", more).put("url", "/v1/events");
        list.putArray("data").addAll(found);
        return JSON.writeValueAsString(list);
    }

    private static String error(String message) {
        var error = JSON.createObjectNode();
        error.putObject("error").put("type", "invalid_request_error").put("message", message);
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
