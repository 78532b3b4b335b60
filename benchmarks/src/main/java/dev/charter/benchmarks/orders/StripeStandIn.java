package dev.charter.benchmarks.orders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Stripe as far as an order without a metered item needs it: sessions, their payments, events. What it answers is shaped as Stripe's API reference has it, and each of its looks takes as
/// long as one at Stripe does from afar; sessions are made at once. It costs the machine less than what is measured.
final class StripeStandIn implements AutoCloseable {
    static final String KEY = "sk_test_bench";
    static final String SECRET = "whsec_bench";
    private static final String SESSIONS = "/v1/checkout/sessions";

    /// A session of an order; the number is its buyer's.
    record Session(int number, String order, String email, long total, String currency, long created) {
        String id() {
            return "cs_test_" + number;
        }
    }

    private final HttpServer server;
    private final Duration takes;
    private final Map<Integer, Session> sessions = new ConcurrentHashMap<>();
    private final List<Session> begun = new ArrayList<>(); // guarded by itself
    private final Map<Integer, Long> paid = new ConcurrentHashMap<>();
    private final List<Session> lost = new ArrayList<>(); // guarded by itself
    private final AtomicInteger questions = new AtomicInteger();
    private volatile Optional<Long> askedForEvents = Optional.empty();

    private StripeStandIn(HttpServer server, Duration takes) {
        this.server = server;
        this.takes = takes;
    }

    /// @param takes how long each look takes
    static StripeStandIn open(Duration takes) throws IOException {
        // Else the second half of an answer waits for the first one's acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var standIn = new StripeStandIn(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000), takes);
        standIn.server.createContext("/v1/", standIn::answer);
        standIn.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        standIn.server.start();
        return standIn;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// How often it was asked for something.
    int questions() {
        return questions.get();
    }

    /// When it was first asked for events since that was forgotten, as `System.nanoTime` counts; empty while it was not.
    Optional<Long> askedForEvents() {
        return askedForEvents;
    }

    void forgetsThatItWasAsked() {
        synchronized (lost) {
            askedForEvents = Optional.empty();
        }
    }

    /// Lets a buyer pay; the event of it, which is not told yet.
    String pays(int buyer) {
        var session = session(buyer);
        paid.put(buyer, now());
        return event(session);
    }

    /// Lets a buyer pay without telling anybody. Only who asks for events hears of it.
    void paysUnheard(int buyer) {
        pays(buyer);
        synchronized (lost) {
            lost.add(session(buyer));
        }
    }

    private static long now() {
        return System.currentTimeMillis() / 1_000;
    }

    private Session session(int buyer) {
        var session = sessions.get(buyer);
        if (session == null) {
            throw new IllegalStateException("the buyer " + buyer + " has no session");
        }
        return session;
    }

    /// What stands in `Stripe-Signature` (Stripe's reference, "Verify webhook signatures manually").
    static String signature(String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            long now = now();
            return "t=" + now + ",v1=" + HexFormat.of().formatHex(mac.doFinal((now + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each JDK has this HMAC", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        var path = exchange.getRequestURI().getPath();
        boolean posted = exchange.getRequestMethod().equals("POST");
        var form = form(posted ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) : String.valueOf(exchange.getRequestURI().getRawQuery()));
        String body;
        if (path.equals(SESSIONS)) {
            body = posted ? object(begin(form)) : page(form, begun, this::object);
        } else if (path.startsWith(SESSIONS + "/")) {
            body = object(session(Integer.parseInt(path.substring(path.lastIndexOf('_') + 1))));
        } else if (path.equals("/v1/events")) {
            body = events(form);
        } else {
            throw new IOException("nobody was expected to ask for " + path);
        }
        if (!posted) {
            pause();
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Request-Id", "req_" + questions.get());
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(takes);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new IOException("this is being closed", closing);
        }
    }

    private Session begin(Map<String, String> form) {
        var email = needed(form, "customer_email");
        int buyer = Shop.buyer(email);
        var item = "line_items[0][price_data]";
        var session = new Session(buyer, needed(form, "client_reference_id"), email, Long.parseLong(needed(form, item + "[unit_amount]")), needed(form, item + "[currency]"), now());
        sessions.put(buyer, session);
        synchronized (begun) {
            begun.add(session);
        }
        return session;
    }

    private static String needed(Map<String, String> form, String name) {
        return Optional.ofNullable(form.get(name)).orElseThrow(() -> new IllegalArgumentException("this names no " + name + ": " + form));
    }

    private String events(Map<String, String> form) {
        synchronized (lost) {
            if (askedForEvents.isEmpty()) {
                askedForEvents = Optional.of(System.nanoTime());
            }
        }
        return page(form, lost, this::event);
    }

    /// The newest first, in pages.
    private static String page(Map<String, String> form, List<Session> all, Function<Session, String> written) {
        List<Session> page;
        int from;
        synchronized (all) {
            var after = form.get("starting_after");
            int until = after == null ? all.size() : place(all, Integer.parseInt(after.substring(after.lastIndexOf('_') + 1)));
            from = Math.max(0, until - Integer.parseInt(form.getOrDefault("limit", "10")));
            page = List.copyOf(all.subList(from, until)).reversed();
        }
        long since = Long.parseLong(form.getOrDefault("created[gte]", "0"));
        var shown = page.stream().filter(session -> session.created() >= since).toList();
        boolean more = from > 0 && shown.size() == page.size();
        return "{\"object\":\"list\",\"url\":\"/v1/events\",\"has_more\":" + more + ",\"data\":[" + shown.stream().map(written).collect(Collectors.joining(",")) + "]}";
    }

    private static int place(List<Session> all, int buyer) {
        return IntStream.range(0, all.size()).filter(i -> all.get(i).number() == buyer).findFirst().orElseThrow();
    }

    private String event(Session session) {
        return """
                {"id":"evt_%d","object":"event","api_version":"2025-10-29.clover","created":%d,"livemode":false,"pending_webhooks":1,"request":{"id":null,"idempotency_key":null},\
                "type":"checkout.session.completed","data":{"object":%s}}""".formatted(session.number(), paid.get(session.number()), session(session, "\"pi_" + session.number() + "\""));
    }

    /// As it is asked for: with its payment, and what was charged.
    private String object(Session session) {
        var at = paid.get(session.number());
        return session(session, at == null ? "null" : """
                {"id":"pi_%1$d","object":"payment_intent","amount":%2$d,"amount_received":%2$d,"capture_method":"automatic_async","client_secret":null,"created":%3$d,"currency":"%4$s","livemode":false,\
                "metadata":{"order":"%5$s"},"status":"succeeded","latest_charge":{"id":"ch_%1$d","object":"charge","amount":%2$d,"amount_captured":%2$d,"amount_refunded":0,"captured":true,\
                "created":%3$d,"currency":"%4$s","disputed":false,"livemode":false,"metadata":{"order":"%5$s"},"paid":true,"payment_intent":"pi_%1$d","refunded":false,"status":"succeeded"}}"""
                .formatted(session.number(), session.total(), at, session.currency(), session.order()));
    }

    private String session(Session session, String intent) {
        boolean isPaid = paid.containsKey(session.number());
        return """
                {"id":"%1$s","object":"checkout.session","after_expiration":null,"allow_promotion_codes":null,"amount_subtotal":%2$d,"amount_total":%2$d,\
                "automatic_tax":{"enabled":false,"liability":null,"provider":null,"status":null},"billing_address_collection":null,"cancel_url":"https://plant.example/license",\
                "client_reference_id":"%3$s","client_secret":null,"collected_information":{"shipping_details":null},"consent":null,"consent_collection":null,"created":%9$d,"currency":"%4$s",\
                "custom_fields":[],"custom_text":{"after_submit":null,"shipping_address":null,"submit":null,"terms_of_service_acceptance":null},"customer":null,"customer_creation":"if_required",\
                "customer_details":{"address":null,"email":"%5$s","name":null,"phone":null,"tax_exempt":"none","tax_ids":[]},"customer_email":"%5$s","discounts":[],"expires_at":1764410400,\
                "invoice":null,"invoice_creation":{"enabled":false,"invoice_data":{"account_tax_ids":null,"custom_fields":null,"description":null,"footer":null,"issuer":null,"metadata":{}}},\
                "livemode":false,"locale":null,"metadata":{"order":"%3$s"},"mode":"payment","payment_intent":%6$s,"payment_link":null,"payment_method_collection":"if_required",\
                "payment_method_options":{"card":{"request_three_d_secure":"automatic"}},"payment_method_types":["card"],"payment_status":"%7$s",\
                "phone_number_collection":{"enabled":false},"recovered_from":null,"saved_payment_method_options":null,"setup_intent":null,"shipping_address_collection":null,"shipping_cost":null,\
                "shipping_options":[],"status":"%8$s","submit_type":null,"subscription":null,"success_url":"https://plant.example/license",\
                "total_details":{"amount_discount":0,"amount_shipping":0,"amount_tax":0},"ui_mode":"hosted","url":"https://checkout.stripe.com/c/pay/%1$s"}"""
                .formatted(session.id(), session.total(), session.order(), session.currency(), session.email(), intent, isPaid ? "paid" : "unpaid", isPaid ? "complete" : "open", session.created());
    }

    private static Map<String, String> form(String encoded) {
        var form = new HashMap<String, String>();
        for (var pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
