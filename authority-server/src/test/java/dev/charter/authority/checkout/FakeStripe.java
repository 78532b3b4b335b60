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
import tools.jackson.databind.node.ObjectNode;

/// Stripe as far as it is used here: answers the real client over HTTP with what its ledger keeps, and hands its events out as signed webhooks, which a test delivers when, how often and in what
/// order it wants. What it answers and tells is shaped as Stripe's published OpenAPI has it, which `FakeStripeTest` checks.
public final class FakeStripe extends StripeLedger implements AutoCloseable {
    public static final String KEY = "sk_test_fake";
    public static final String SECRET = "whsec_fake";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpServer server;
    private final Map<String, Made> once = new LinkedHashMap<>();
    private final List<Map<String, String>> created = new ArrayList<>();
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
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

    /// Every body that it has answered, the oldest first.
    public List<String> answered() {
        return List.copyOf(answered);
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
