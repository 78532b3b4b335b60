package dev.charter.server.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server answered.
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    public Optional<String> header(String name) {
        return headers.entrySet().stream().filter(entry -> entry.getKey().equalsIgnoreCase(name)).map(entry -> entry.getValue().getFirst()).findFirst();
    }

    /// The same; fails where the status is another one.
    public Answer with(int expected) {
        if (status != expected) {
            throw new AssertionError(toString());
        }
        return this;
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}
