package dev.charter.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// An [AuthorityInMemory] behind real HTTP, on this machine only and on a port that is free: for a product that is tested with its own settings.
public final class FakeAuthorityHttp implements AutoCloseable {
    private static final String DOCUMENT = "application/jose+json";
    private static final String PROBLEM = "application/problem+json";

    private final HttpServer server;
    private final AuthorityInMemory authority;

    private FakeAuthorityHttp(HttpServer server, AuthorityInMemory authority) {
        this.server = server;
        this.authority = authority;
    }

    public static FakeAuthorityHttp serve(AuthorityInMemory authority) {
        try {
            var fake = new FakeAuthorityHttp(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), authority);
            fake.server.createContext("/v1/usage-requests", fake::answer);
            fake.server.createContext("/v1/releases", fake::answer);
            fake.server.createContext("/v1/trust-anchor", exchange -> send(exchange, 200, "application/json", authority.anchor().toBytes()));
            for (var path : List.of("/v1/catalog", "/v1/orders", "/v1/order-looks")) {
                fake.server.createContext(path, fake::sell);
            }
            fake.server.createContext("/v1/checkouts/", exchange -> send(exchange, 200, "text/plain", Shop.checkout()));
            fake.server.start();
            return fake;
        } catch (IOException fault) {
            throw new UncheckedIOException("The test authority cannot listen on this machine", fault);
        }
    }

    /// What to give to the product as the authority's address.
    public URI url() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(SignedDocument.MOST_BYTES + 1);
        try {
            if (!exchange.getRequestMethod().equals("POST")) {
                problem(exchange, 405, "METHOD_NOT_ALLOWED");
            } else if (!DOCUMENT.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
                problem(exchange, 415, "WRONG_TYPE");
            } else if (body.length > SignedDocument.MOST_BYTES) {
                problem(exchange, 413, "TOO_LARGE");
            } else {
                var answer = authority.answer(body);
                send(exchange, status(SignedDocument.read(answer)), DOCUMENT, answer);
            }
        } catch (DocumentRejected rejected) {
            problem(exchange, 400, "MALFORMED");
        }
    }

    private void sell(HttpExchange exchange) throws IOException {
        var product = Optional.ofNullable(exchange.getRequestURI().getQuery()).filter(query -> query.startsWith("product=")).map(query -> query.substring("product=".length()));
        var answer = authority.shop().answer(exchange.getRequestURI().getPath(), product, exchange.getRequestBody().readNBytes(SignedDocument.MOST_BYTES));
        send(exchange, answer.status(), answer.status() == 200 ? "application/json" : PROBLEM, answer.json());
    }

    private static int status(SignedDocument answer) {
        return answer.claimedKind() == DocumentKind.REFUSAL ? status(Refusal.read(answer.payload()).code()) : 200;
    }

    static int status(RefusalCode code) {
        return switch (code) {
            case KEY_MALFORMED -> 400;
            case LICENSE_SUSPENDED, LICENSE_REVOKED, LICENSE_EXPIRED, LICENSE_NOT_STARTED, DECLINED -> 403;
            case KEY_UNKNOWN -> 404;
            case HOST_MISMATCH, ACTIVATIONS_EXHAUSTED, ALLOWANCE_EXHAUSTED, NO_SEAT_FREE, ALREADY_LICENSED, REQUEST_SUPERSEDED, WRONG_PRODUCT, TYPE_MISMATCH -> 409;
            case RELEASED -> 410;
        };
    }

    static void problem(HttpExchange exchange, int status, String code) throws IOException {
        send(exchange, status, PROBLEM, ("{\"status\":" + status + ",\"code\":\"" + code + "\",\"retry\":false}").getBytes(StandardCharsets.UTF_8));
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /// Stops listening at once.
    @Override
    public void close() {
        server.stop(0);
    }
}
