package dev.charter.authority.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.server.web.Problem;
import dev.charter.store.Engine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Whatever is sent to whichever route, by somebody who may do everything: the answer is never a fault, and always in the form that is promised.
@Timeout(600)
class NothingSentIsAFaultTest {
    private static final int TRIES_OF_EACH_ROUTE = 40;
    private static final List<String> TEXTS = List.of("", " ", "a", "null", "-1", "0", "1e400", "9223372036854775808", "\u0001", "\u202Eevil", "Ä", "😀", "'; DROP TABLE license; --", "%", "_", "\\",
            "<script>alert(1)</script>", "../../etc/passwd", "${jndi:ldap://x}", "2026-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "9999-99-99", "cus-000000000000", "lic-000000000000",
            "online", "offline", "floating", "leased", "plant", "x".repeat(300), "ß".repeat(5000));
    private static final List<String> RAW = List.of("%", "%zz", "%ff", "%c0%80", "%ed%a0%80", "%00", "%2f", "%5c", "%0d%0a", ";", "..", "a;b=c", "%u0041", "+", "&&==");

    private Random random = new Random(0);
    private Map<String, List<String>> sensible = Map.of();

    @ParameterizedTest
    @EnumSource
    void every_route_refuses_what_makes_no_sense(Engine engine) {
        long seed = System.nanoTime();
        random = new Random(seed);
        try (var authority = RunningAuthority.start(engine)) {
            prepare(authority);
            var document = authority.anonymous().get("/openapi.json").json();
            var schemas = document.get("components").get("schemas");
            for (int i = 0; i < TRIES_OF_EACH_ROUTE; i++) {
                document.get("paths").properties().forEach(path -> path.getValue().properties()
                        .forEach(operation -> attempt(authority, operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue(), schemas, seed)));
            }
        }
    }

    /// So that something of what is sent makes sense, and gets further.
    private void prepare(RunningAuthority authority) {
        var admin = authority.admin();
        admin.post("/admin/v1/products", "{\"id\":\"a\",\"name\":\"a\",\"features\":[{\"name\":\"a\",\"title\":\"a\"}],\"meters\":[{\"name\":\"a\",\"title\":\"a\",\"unit\":\"a\"}]}");
        var customer = admin.post("/admin/v1/customers", "{\"name\":\"a\",\"email\":\"a@b.example\"}").json().get("id").asString();
        var license = admin.post("/admin/v1/licenses", "{\"product\":\"a\",\"customer\":\"" + customer + "\",\"type\":\"online\",\"entitlements\":[{\"feature\":\"a\"}]}").json().get("id").asString();
        sensible = Map.of("product", List.of("a"), "customer", List.of(customer), "type", List.of("online", "offline", "floating", "leased"), "lease", List.of("plant", "elastic"),
                "feature", List.of("a"), "meter", List.of("a"), "until", List.of("2031-01-01T00:00:00Z", "0001-01-01T00:00:00Z"), "{id}", List.of("a", customer, license));
    }

    private void attempt(RunningAuthority authority, String method, String path, JsonNode operation, JsonNode schemas, long seed) {
        if (path.contains("/tokens/{id}")) {
            return; // it might revoke the token that the test goes by
        }
        var address = new StringBuilder(path.replaceAll("\\{[a-z]+}", Matcher.quoteReplacement(random.nextBoolean() ? one(sensible.getOrDefault("{id}", List.of("a"))) : piece())));
        var headers = new LinkedHashMap<String, String>();
        operation.path("parameters").forEach(parameter -> {
            var name = parameter.get("name").asString();
            if (parameter.get("in").asString().equals("query") && random.nextBoolean()) {
                address.append(address.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(piece());
            } else if (parameter.get("in").asString().equals("header") && random.nextBoolean()) {
                headers.put(name, one(List.of("\"1\"", "1", "*", "W/\"1\"", "x", "\"999999999999999999999\"")));
            }
        });
        byte[] body = new byte[0];
        if (operation.has("requestBody")) {
            var content = operation.get("requestBody").get("content").properties().iterator().next();
            headers.put("Content-Type", content.getKey());
            body = body(content.getValue().get("schema"), schemas);
        }
        RunningAuthority.Answer answer;
        try {
            answer = authority.admin().send(method, address.toString(), body.length == 0 ? null : body, headers);
        } catch (IllegalArgumentException notEvenAnAddress) {
            return; // the client refuses to send it; LimitsTest sends such things by hand
        }

        var what = "seed " + seed + ": " + method + " " + address + " " + new String(body, StandardCharsets.UTF_8) + " -> " + answer;
        assertThat(answer.status()).as(what).isLessThan(500);
        if (answer.status() >= 400 && answer.header("Content-Type").filter(type -> type.startsWith("application/jose+json")).isEmpty()) {
            assertThat(answer.header("Content-Type")).as(what).contains(Problem.MEDIA_TYPE);
            assertThat(answer.json().get("traceId").asString()).as(what).matches("[0-9a-f]{32}");
        }
    }

    private String piece() {
        return random.nextInt(3) == 0 ? one(RAW) : URLEncoder.encode(one(TEXTS.subList(0, TEXTS.size() - 1)), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private byte[] body(JsonNode schema, JsonNode schemas) {
        var json = RunningAuthority.JSON.writeValueAsString(value(schema, schemas, 0));
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /// Mostly what the schema asks for, with values that nobody would choose; sometimes something else.
    private Object value(JsonNode schema, JsonNode schemas, int depth) {
        if (random.nextInt(12) == 0) {
            return one(List.of("text", 1, -1.5, true, List.of(), Map.of(), List.of(1, "a"), Map.of("a", Map.of("b", 1))));
        }
        if (schema.has("$ref")) {
            return value(schemas.get(schema.get("$ref").asString().replaceAll(".*/", "")), schemas, depth + 1);
        }
        return switch (schema.path("type").asString("object")) {
            case "string" -> one(TEXTS);
            case "integer" -> one(List.of(0, 1, -1, 2, 100, 366, 1_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE));
            case "boolean" -> random.nextBoolean();
            case "array" -> {
                var items = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(schema.get("items"), schemas, depth + 1));
                }
                yield items;
            }
            default -> {
                var fields = new LinkedHashMap<String, Object>();
                schema.path("properties").properties().forEach(field -> {
                    if (random.nextInt(5) > 0) {
                        fields.put(field.getKey(), sensible.containsKey(field.getKey()) && random.nextInt(3) > 0 ? one(sensible.getOrDefault(field.getKey(), List.of()))
                                : value(field.getValue(), schemas, depth + 1));
                    }
                });
                if (random.nextInt(10) == 0) {
                    fields.put(one(TEXTS), 1);
                }
                yield fields;
            }
        };
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
