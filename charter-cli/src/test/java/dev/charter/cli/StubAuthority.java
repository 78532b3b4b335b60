package dev.charter.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseKey;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Answers as an authority does, in the shape of its two APIs, from memory. It decides nothing: what it refuses, a test told it to.
public final class StubAuthority implements AutoCloseable {
    public static final String TOKEN = "charter_testtesttesttesttesttesttesttest";
    private static final JsonMapper JSON = JsonMapper.shared();

    /// One request as it arrived.
    public record Asked(String method, String path, String body, Optional<String> ifMatch) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    private record Answer(int status, String type, byte[] body) {}

    public final List<Asked> asked = new ArrayList<>();
    public final Map<String, ObjectNode> licenses = new LinkedHashMap<>();
    public final Map<String, ObjectNode> products = new LinkedHashMap<>();
    public final Map<String, ObjectNode> customers = new LinkedHashMap<>();
    public final Map<String, ObjectNode> items = new LinkedHashMap<>();
    final Vendor vendor;
    Optional<RefusalCode> refusing = Optional.empty();
    Optional<String> somebodyElseAnswers = Optional.empty();
    boolean changedMeanwhile;
    List<Entitlement> granted = List.of(new Entitlement.Feature("mqtt", Optional.empty()));

    /// What else it answers, such as `GET letters`, without what stands behind a question mark.
    public final Map<String, ObjectNode> answers = new HashMap<>();

    private final HttpServer server;
    private final Random keys = new Random(11);

    public StubAuthority(Vendor vendor) throws IOException {
        this.vendor = vendor;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var request = new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), new String(body, StandardCharsets.UTF_8),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Match")));
        asked.add(request);
        var answer = somebodyElseAnswers.map(page -> new Answer(200, "text/html", page.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> request.path().startsWith("/admin/") ? admin(request, exchange.getRequestHeaders().getFirst("Authorization")) : protocol(request, body));
        exchange.getResponseHeaders().add("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    private Answer protocol(Asked request, byte[] body) {
        return switch (request.path()) {
            case "/v1/trust-anchor" -> new Answer(200, "application/json", vendor.anchor().toBytes());
            case "/v1/usage-requests" -> signed(answer(Verifier.request(SignedDocument.read(body)).document()));
            case "/v1/releases" -> signed(vendor.issue(Verifier.release(SignedDocument.read(body)).content()));
            default -> problem(404, "UNKNOWN", "There is nothing here.");
        };
    }

    /// What it answers to that usage request, however it came.
    SignedDocument answer(SignedDocument document) {
        var request = UsageRequest.read(document.payload());
        if (refusing.isPresent()) {
            return vendor.issue(new Refusal(Vendor.THEN, request.product(), document.digest(), refusing.get(), refusing.get().advice(), Optional.of("lic-test")));
        }
        var like = Vendor.usageLicense(request.host().keys(), granted.toArray(Entitlement[]::new));
        return vendor.issue(new UsageLicense(like.id() + "-" + request.sequence(), like.issuedAt(), request.product(), like.customer(), like.license(), request.host(), 0, document.digest(), request.sequence(),
                like.entitlements(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static Answer signed(SignedDocument document) {
        return new Answer(200, "application/jose+json", document.toBytes());
    }

    private Answer admin(Asked request, String authorization) {
        if (!("Bearer " + TOKEN).equals(authorization)) {
            return problem(401, "UNAUTHENTICATED", "A valid API token is needed.");
        }
        var path = request.path().substring("/admin/v1/".length()).split("\\?")[0].split("/");
        return switch (request.method() + " " + path[0] + (path.length > 1 ? "/ID" : "") + (path.length > 2 ? "/" + path[2] : "")) {
            case "GET products/ID" -> one(products, path[1]);
            case "POST products" -> add(products, request, request.json().path("id").asString());
            case "GET customers" -> all("customers", customers);
            case "POST customers" -> add(customers, request, "cus-" + (customers.size() + 1));
            case "GET licenses" -> all("licenses", licenses);
            case "GET licenses/ID" -> one(licenses, path[1]);
            case "GET licenses/ID/key" -> json(200, JSON.createObjectNode().put("license", path[1]).put("key", LicenseKey.generate(keys).revealSecret()));
            case "POST licenses" -> issue(request);
            case "PATCH licenses/ID" -> changedMeanwhile ? problem(412, "CHANGED_MEANWHILE", "It was changed in the meantime.") : patch(path[1], request);
            case "POST licenses/ID/suspend", "POST licenses/ID/revoke" -> stop(path[1], request, path[2]);
            case "POST licenses/ID/reinstate" -> json(200, licenses.get(path[1]).put("state", "active"));
            case "PUT items/ID" -> {
                items.put(path[1], (ObjectNode) request.json());
                yield json(200, answers.getOrDefault("PUT items/" + path[1], items.get(path[1])));
            }
            case "GET items/ID" -> items.containsKey(path[1]) ? json(200, items.get(path[1])) : Optional.ofNullable(answers.get("GET items/" + path[1])).map(answer -> json(200, answer))
                    .orElseGet(() -> problem(404, "UNKNOWN", "There is nothing here."));
            default -> Optional.ofNullable(answers.get(request.method() + " " + String.join("/", path))).map(answer -> json(200, answer))
                    .orElseGet(() -> problem(404, "UNKNOWN", "There is nothing here."));
        };
    }

    private Answer issue(Asked request) {
        var id = "lic-" + (licenses.size() + 1);
        var license = (ObjectNode) request.json();
        var customer = customers.get(license.path("customer").asString());
        if (customer == null) {
            return problem(404, "UNKNOWN", "There is no such customer.");
        }
        license.put("id", id).put("state", "active").put("revision", 1).put("issuedAt", "2026-11-22T10:00:00Z").put("graceDays", 14).put("activationsUsed", 0)
                .put("activationsTotal", license.path("activations").asInt(1)).set("customer", customer);
        licenses.put(id, license);
        return json(201, license.deepCopy().put("key", LicenseKey.generate(keys).revealSecret()));
    }

    private Answer patch(String id, Asked request) {
        var license = licenses.get(id);
        request.json().properties().forEach(change -> {
            if (change.getValue().isNull()) {
                license.remove(change.getKey());
            } else {
                license.set(change.getKey(), change.getValue());
            }
        });
        return json(200, license.put("revision", license.path("revision").asInt() + 1));
    }

    private Answer stop(String id, Asked request, String verb) {
        return json(200, licenses.get(id).put("state", verb.equals("revoke") ? "revoked" : "suspended").put("reason", request.json().path("reason").asString()));
    }

    private static Answer add(Map<String, ObjectNode> to, Asked request, String id) {
        var made = ((ObjectNode) request.json()).put("id", id);
        to.put(id, made);
        return json(201, made);
    }

    private static Answer one(Map<String, ObjectNode> of, String id) {
        var found = of.get(id);
        return found == null ? problem(404, "UNKNOWN", "There is no \"" + id + "\".") : json(200, found);
    }

    private static Answer all(String name, Map<String, ObjectNode> of) {
        var page = JSON.createObjectNode();
        of.values().forEach(page.putArray(name)::add);
        return json(200, page);
    }

    private static Answer json(int status, ObjectNode body) {
        return new Answer(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Answer problem(int status, String code, String detail) {
        return new Answer(status, "application/problem+json", JSON.createObjectNode().put("status", status).put("code", code).put("detail", detail).toString().getBytes(StandardCharsets.UTF_8));
    }
}
