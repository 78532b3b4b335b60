package dev.charter.authority.audit;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What there is to know of one license and its activations at one moment, by name: once as the log tells it, once as the database has it.
/// A name is that of the license's own column, or an activation's ID, a dot and that of its column.
final class Facts {
    private final Map<String, String> byName = new TreeMap<>();

    void put(String name, Object value) {
        byName.put(name, value instanceof Instant instant ? Long.toString(instant.toEpochMilli()) : value.toString());
    }

    void put(String activation, String name, Object value) {
        put(activation + "." + name, value);
    }

    String get(String name) {
        return byName.getOrDefault(name, "");
    }

    long number(String name) {
        return Long.parseLong(byName.getOrDefault(name, "0"));
    }

    void remove(String name) {
        byName.remove(name);
    }

    static String text(JsonObject json) {
        return new String(JsonWriter.bytes(json), StandardCharsets.UTF_8);
    }

    /// Each name whose value here is another one there, with a sentence.
    Map<String, String> differencesTo(Facts present) {
        var differences = new LinkedHashMap<String, String>();
        byName.forEach((name, told) -> {
            var there = present.byName.get(name);
            if (!told.equals(there)) {
                differences.put(name, "the log says " + told + ", the database " + (there == null ? "has nothing" : "says " + there));
            }
        });
        present.byName.forEach((name, there) -> {
            if (!byName.containsKey(name)) {
                differences.put(name, "the log says nothing, the database says " + there);
            }
        });
        return differences;
    }
}
