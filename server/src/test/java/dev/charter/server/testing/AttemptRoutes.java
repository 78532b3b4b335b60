package dev.charter.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.server.web.Problem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends to every route that a server describes what nobody would: the answer is never a fault, and always in the form that is promised.
public final class AttemptRoutes {
    private static final List<String> TEXTS = List.of("", " ", "a", "null", "-1", "0", "1e400", "9223372036854775808", "\u0001", "\u202Eevil", "Ä", "😀", "'; DROP TABLE users; --", "%", "_", "\\", "#", "+",
            "<script>alert(1)</script>", "../../etc/passwd", "${jndi:ldap://x}", "=cmd|' /C calc'!A0", "true", "2026-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "9999-99-99");
    private static final List<String> LONG = List.of("x".repeat(300), "ß".repeat(5000));
    private static final List<String> RAW = List.of("%", "%zz", "%ff", "%c0%80", "%ed%a0%80", "%00", "%2f", "%5c", "%0d%0a", ";", "..", "a;b=c", "%u0041", "+", "&&==", "bm90aGluZw", "__8");
    /// For the parts of a path.
    public static final String IDS = "{id}";

    /// Sends one request as somebody who may do everything.
    @FunctionalInterface
    public interface Sender {
        /// @throws IllegalArgumentException when it is not even an address
        Answer send(String method, String path, Optional<byte[]> body, Map<String, String> headers);
    }

    /// What came back.
    public record Answer(int status, Optional<String> contentType, byte[] body) {}

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final JsonNode document;
    private final Sender sender;
    private final List<String> texts;
    private final Map<String, List<String>> sensible;

    /// @param document the server's description
    /// @param words of the server's domain
    /// @param sensible values that get further, by the names of fields; for addresses under [#IDS]
    public AttemptRoutes(JsonNode document, Sender sender, List<String> words, Map<String, List<String>> sensible) {
        this.document = document;
        this.sender = sender;
        this.texts = Stream.concat(TEXTS.stream(), words.stream()).toList();
        this.sensible = Map.copyOf(sensible);
    }

    /// @param leftOut paths that are not tried
    public void each(int tries, Predicate<String> leftOut) {
        for (int i = 0; i < tries; i++) {
            document.get("paths").properties().stream().filter(path -> !leftOut.test(path.getKey())).forEach(path -> path.getValue().properties()
                    .forEach(operation -> attempt(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue())));
        }
    }

    private void attempt(String method, String path, JsonNode operation) {
        var address = new StringBuilder(path.replaceAll("\\{[a-z]+}", Matcher.quoteReplacement(sensible.containsKey(IDS) && random.nextBoolean() ? sensible(IDS) : piece())));
        var headers = new LinkedHashMap<String, String>();
        operation.path("parameters").forEach(parameter -> {
            var name = parameter.get("name").asString();
            if (parameter.get("in").asString().equals("query") && random.nextBoolean()) {
                address.append(address.indexOf("?") < 0 ? '?' : '&').append(name).append('=').append(piece());
            } else if (parameter.get("in").asString().equals("header") && random.nextBoolean()) {
                headers.put(name, one(List.of("\"1\"", "1", "*", "W/\"1\"", "x", "\"999999999999999999999\"")));
            }
        });
        var body = new byte[0];
        if (operation.has("requestBody")) {
            var content = operation.get("requestBody").get("content").properties().iterator().next();
            headers.put("Content-Type", content.getKey());
            body = body(content.getValue().get("schema"));
        }
        Answer answer;
        try {
            answer = sender.send(method, address.toString(), Optional.of(body).filter(bytes -> bytes.length > 0), headers);
        } catch (IllegalArgumentException notEvenAnAddress) {
            return; // the client refuses to send it
        }
        var what = "seed " + seed + ": " + method + " " + address + " " + new String(body, StandardCharsets.UTF_8) + " -> " + answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.status()).as(what).isLessThan(500);
        if (answer.status() >= 400 && answer.contentType().filter(type -> type.startsWith("application/jose+json")).isEmpty()) {
            assertThat(answer.contentType()).as(what).contains(Problem.MEDIA_TYPE);
            assertThat(JsonMapper.shared().readTree(answer.body()).get("traceId").asString()).as(what).matches("[0-9a-f]{32}");
        }
    }

    private String piece() {
        return random.nextInt(3) == 0 ? one(RAW) : URLEncoder.encode(random.nextInt(20) == 0 ? LONG.getFirst() : one(texts), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private byte[] body(JsonNode schema) {
        var bytes = JsonMapper.shared().writeValueAsString(value(schema)).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /// Mostly what the schema asks for, with values that nobody would choose; sometimes something else.
    private Object value(JsonNode schema) {
        if (random.nextInt(12) == 0) {
            return one(List.of("text", 1, -1.5, true, List.of(), Map.of(), List.of(1, "a"), Map.of("a", Map.of("b", 1))));
        }
        if (schema.has("$ref")) {
            return value(document.get("components").get("schemas").get(schema.get("$ref").asString().replaceAll(".*/", "")));
        }
        return switch (schema.path("type").asString("object")) {
            case "string" -> random.nextInt(15) == 0 ? one(LONG) : one(texts);
            case "integer" -> one(List.of(0, 1, -1, 2, 100, 366, 65_536, 1_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE));
            case "boolean" -> random.nextBoolean();
            case "array" -> {
                var items = new ArrayList<Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(schema.get("items")));
                }
                yield items;
            }
            default -> {
                var fields = new LinkedHashMap<String, Object>();
                schema.path("properties").properties().forEach(field -> {
                    if (random.nextInt(5) > 0) {
                        fields.put(field.getKey(), sensible.containsKey(field.getKey()) && random.nextInt(3) > 0 ? sensible(field.getKey()) : value(field.getValue()));
                    }
                });
                if (random.nextInt(10) == 0) {
                    fields.put(one(texts), 1);
                }
                yield fields;
            }
        };
    }

    private String sensible(String name) {
        return one(sensible.getOrDefault(name, List.of("a")));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
