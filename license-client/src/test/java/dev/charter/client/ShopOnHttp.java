package dev.charter.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.charter.format.Armor;
import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.Purpose;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An authority of the smallest kind that sells, behind real HTTP: one order for each document, and licenses by the issuer of a [World].
final class ShopOnHttp implements AutoCloseable {
    final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    final Map<Digest, Sold> orders = Collections.synchronizedMap(new LinkedHashMap<>());
    private final HttpServer server;
    private final World world;
    private final URI url;
    private boolean closed;

    // Tests change it.
    volatile String catalog = """
            {"product":"mqtt-server","checkout":"test","items":[
              {"id":"server","title":"MQTT Server","description":"Plain MQTT","kind":"once","features":["mqtt"],"meters":[],"units":0,"mostAtOnce":1,"prices":[{"currency":"EUR","amount":120000}]},
              {"id":"aware","title":"Sparkplug Aware","description":"","kind":"once","features":["sparkplug"],"meters":[],"units":0,"mostAtOnce":1,"prices":[{"currency":"EUR","amount":30000},{"currency":"JPY","amount":50000}]},
              {"id":"support","title":"Support","description":"","kind":"support","features":[],"meters":[],"units":0,"mostAtOnce":10,"prices":[{"currency":"EUR","amount":20000}]},
              {"id":"later","title":"Sold in some newer way","kind":"rent","prices":[]}]}""";
    /// What each request about orders is answered with instead: status, type and text.
    volatile Optional<Said> instead = Optional.empty();
    volatile boolean losesAnswers;
    volatile String checkout = "/v1/checkouts/";

    record Said(int status, String type, String text, Map<String, String> headers) {
        static Said problem(int status, String detail) {
            return new Said(status, "application/problem+json", "{\"status\":" + status + ",\"code\":\"X\",\"title\":\"No.\",\"detail\":\"" + detail + "\",\"retry\":false}", Map.of());
        }
    }

    /// An order.
    final class Sold {
        final JsonObject wish;
        final String license;
        volatile String state = "open";
        volatile boolean withheld;

        Sold(JsonObject wish, UsageRequest request) {
            this.wish = wish;
            var named = ((UsageRequest.LicenseName.ById) request.license()).licenseId();
            this.license = !named.equals("new") ? named : orders.isEmpty() ? world.issuer.licenseId : "lic-of-order-" + (orders.size() + 1);
        }

        String json() {
            var json = new JsonWriter().put("id", "ord-" + wish.number("total")).put("state", state).put("message", "It is " + state + ".");
            if (state.equals("open")) {
                json.put("checkout", checkout + (checkout.endsWith("/") ? "ord-1" : ""));
            }
            if (state.equals("fulfilled")) {
                json.put("license", license).put("paidAt", "2026-03-01T08:00:30.123456Z");
            }
            var lines = wish.objects("items").stream().map(line -> new JsonWriter().put("item", line.text("item")).put("title", "Title of " + line.text("item")).put("kind", "once").put("count", line.number("count"))
                    .put("amount", 120_000).put("units", 0).object()).toList();
            return new String(JsonWriter.bytes(json.put("test", true).put("upgrade", false).put("withheld", withheld).putObjects("items", lines).put("currency", wish.text("currency")).put("total", wish.number("total"))
                    .put("createdAt", "2026-03-01T08:00:00.5Z").object()), StandardCharsets.UTF_8);
        }
    }

    ShopOnHttp(World world) throws IOException {
        this.world = world;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        world.issuer.activations = 1;
    }

    URI url() {
        return url;
    }

    LicenseClientBuilder builder() {
        world.background = new ByHand();
        return LicenseClient.builder().product("mqtt-server").trustAnchor(world.issuer.anchor).home(world.home).hostName("plant-a").clock(world.clocks).monotonicClock(world.clocks).machine(() -> world.marks)
                .background(world.background).disk(world.disk).lockWait(Duration.ZERO).authority(url());
    }

    Sold sold(int index) {
        return new ArrayList<>(orders.values()).get(index);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var path = exchange.getRequestURI().getPath();
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        try (exchange) {
            if (path.equals("/v1/usage-requests")) {
                send(exchange, 200, "application/jose+json", license(SignedDocument.read(body)));
            } else if (instead.isPresent()) {
                instead.get().headers().forEach(exchange.getResponseHeaders()::set);
                send(exchange, instead.get().status(), instead.get().type(), instead.get().text().getBytes(StandardCharsets.UTF_8));
            } else {
                var answer = path.equals("/v1/catalog") ? catalog : order(path, JsonReader.object(body));
                if (losesAnswers) {
                    return;
                }
                send(exchange, answer.contains("\"status\"") ? 404 : 200, answer.contains("\"status\"") ? "application/problem+json" : "application/json", answer.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /// Only the host of an order names its license by ID without having held it.
    private byte[] license(SignedDocument document) {
        return world.issuer.post(DocumentKind.USAGE_REQUEST, document.toBytes()) instanceof Transport.Reply.Answered answered ? answered.document() : new byte[0];
    }

    private String order(String path, JsonObject json) {
        var document = Armor.read(json.text("request"));
        var request = Verifier.request(document).content();
        if (request.purpose() != Purpose.ACTIVATE || path.equals("/v1/order-looks") && !orders.containsKey(document.digest())) {
            return Said.problem(404, "This document began no order here.").text();
        }
        return orders.computeIfAbsent(document.digest(), digest -> new Sold(json, request)).json();
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            server.stop(0);
        }
    }
}
