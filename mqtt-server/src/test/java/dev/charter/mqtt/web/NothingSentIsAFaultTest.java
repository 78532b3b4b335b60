package dev.charter.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.mqtt.BrokerInMemory;
import dev.charter.mqtt.RunningServer;
import dev.charter.server.web.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Whatever is sent to whichever route of the console, by somebody who may do everything: the answer is never a fault, and always in the form that is promised.
@Timeout(300)
class NothingSentIsAFaultTest {
    private static final int TRIES_OF_EACH_ROUTE = 25;
    private static final List<String> TEXTS = List.of("", " ", "a", "null", "-1", "0", "1e400", "9223372036854775808", "\u0001", "\u202Eevil", "Ä", "😀", "'; DROP TABLE users; --", "%", "_", "\\", "#", "+", "$SYS/#",
            "<script>alert(1)</script>", "../../etc/passwd", "${jndi:ldap://x}", "=cmd|' /C calc'!A0", "true", "viewer", "tcp", "publish", "desc", "clientId", "x".repeat(300), "ß".repeat(5000));
    private static final List<String> RAW = List.of("%", "%zz", "%ff", "%c0%80", "%ed%a0%80", "%00", "%2f", "%5c", "%0d%0a", ";", "..", "a;b=c", "%u0041", "+", "&&==", "bm90aGluZw", "__8");
    /// These end the session that the test goes by, watch for ever, or look at the network.
    private static final Set<String> LEFT_OUT = Set.of("/api/session", "/api/session/password", "/api/logs/stream", "/api/system/doctor", "/api/system/support-bundle");

    private Random random = new Random(0);

    @Test
    void every_route_refuses_what_makes_no_sense() {
        long seed = System.nanoTime();
        random = new Random(seed);
        try (var server = RunningServer.start(RunningServer.folder(), Map.of("TRIAL", "true"), BrokerInMemory.class)) {
            var administrator = server.as("administrator");
            var document = server.anonymous().get("/openapi.json").json();
            var schemas = document.get("components").get("schemas");
            for (int i = 0; i < TRIES_OF_EACH_ROUTE; i++) {
                document.get("paths").properties().stream().filter(path -> !LEFT_OUT.contains(path.getKey())).forEach(path -> path.getValue().properties()
                        .forEach(operation -> attempt(administrator, operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue(), schemas, seed)));
            }
            assertThat(administrator.get("/api/session").json().at("/user/name").asString()).isEqualTo("administrator");
        }
    }

    private void attempt(RunningServer.Client client, String method, String path, JsonNode operation, JsonNode schemas, long seed) {
        var address = new StringBuilder(path.replaceAll("\\{[a-z]+}", Matcher.quoteReplacement(piece())));
        operation.path("parameters").forEach(parameter -> {
            if (parameter.get("in").asString().equals("query") && random.nextBoolean()) {
                address.append(address.indexOf("?") < 0 ? '?' : '&').append(parameter.get("name").asString()).append('=').append(piece());
            }
        });
        var headers = new LinkedHashMap<String, String>();
        byte[] body = new byte[0];
        if (operation.has("requestBody")) {
            var content = operation.get("requestBody").get("content").properties().iterator().next();
            headers.put("Content-Type", content.getKey());
            body = body(content.getValue().get("schema"), schemas);
        }
        RunningServer.Answer answer;
        try {
            answer = client.send(method, address.toString(), body.length == 0 ? null : body, headers);
        } catch (IllegalArgumentException notEvenAnAddress) {
            return; // the client refuses to send it
        }
        var what = "seed " + seed + ": " + method + " " + address + " " + new String(body, StandardCharsets.UTF_8) + " -> " + answer.status();
        assertThat(answer.status()).as(what).isLessThan(500);
        if (answer.status() >= 400) {
            assertThat(answer.header("Content-Type")).as(what).contains(Problem.MEDIA_TYPE);
            assertThat(answer.json().get("traceId").asString()).as(what).matches("[0-9a-f]{32}");
        }
    }

    private String piece() {
        return random.nextInt(3) == 0 ? one(RAW) : URLEncoder.encode(one(TEXTS.subList(0, TEXTS.size() - 1)), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private byte[] body(JsonNode schema, JsonNode schemas) {
        var bytes = RunningServer.JSON.writeValueAsString(value(schema, schemas)).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /// Mostly what the schema asks for, with values that nobody would choose; sometimes something else.
    private Object value(JsonNode schema, JsonNode schemas) {
        if (random.nextInt(12) == 0) {
            return one(List.of("text", 1, -1.5, true, List.of(), Map.of(), List.of(1, "a"), Map.of("a", Map.of("b", 1))));
        }
        if (schema.has("$ref")) {
            return value(schemas.get(schema.get("$ref").asString().replaceAll(".*/", "")), schemas);
        }
        return switch (schema.path("type").asString("object")) {
            case "string" -> one(TEXTS);
            case "integer" -> one(List.of(0, 1, -1, 2, 100, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE));
            case "boolean" -> random.nextBoolean();
            case "array" -> {
                var items = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(schema.get("items"), schemas));
                }
                yield items;
            }
            default -> {
                var fields = new LinkedHashMap<String, Object>();
                schema.path("properties").properties().forEach(field -> {
                    if (random.nextInt(6) > 0) {
                        fields.put(field.getKey(), value(field.getValue(), schemas));
                    }
                });
                yield fields;
            }
        };
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
