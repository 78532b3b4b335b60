package dev.charter.format.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// A JSON object whose members keep their order. The getters read what a document's field must be, and throw [MalformedJson] naming the field where it is not.
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    private static final int LONGEST_TEXT = 4096;

    public JsonObject {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Set<String> names() {
        return members.keySet();
    }

    /// A text of 1 to 4,096 characters.
    public String text(String name) {
        var value = as(name, Text.class, "a text").value();
        if (value.isEmpty() || value.length() > LONGEST_TEXT) {
            throw new MalformedJson("\"" + name + "\" must have 1 to " + LONGEST_TEXT + " characters");
        }
        return value;
    }

    public Optional<String> optionalText(String name) {
        return optional(name, this::text);
    }

    /// A whole number from 0 to 2^53 - 1, the range that every JSON reader keeps exactly (RFC 7493, section 2.2).
    public long number(String name) {
        var literal = as(name, Number.class, "a number").literal();
        if (literal.length() > 16 || !literal.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedJson("\"" + name + "\" must be a whole number from 0 to 9007199254740991");
        }
        long value = Long.parseLong(literal);
        if (value > 9007199254740991L) {
            throw new MalformedJson("\"" + name + "\" must be a whole number from 0 to 9007199254740991");
        }
        return value;
    }

    public OptionalLong optionalNumber(String name) {
        return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
    }

    /// A whole number that fits an `int`.
    public int count(String name) {
        long value = number(name);
        if (value > Integer.MAX_VALUE) {
            throw new MalformedJson("\"" + name + "\" must be at most " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    /// A time in RFC 3339 form, in UTC (`Z`), in whole seconds.
    public Instant instant(String name) {
        var written = text(name);
        try {
            var instant = Instant.parse(written);
            // One instant has one spelling, so that bytes can be compared.
            if (instant.toString().equals(written) && instant.truncatedTo(ChronoUnit.SECONDS).equals(instant) && written.length() == 20) {
                return instant;
            }
        } catch (DateTimeException notATime) {
            throw new MalformedJson("\"" + name + "\" must be a time such as 2026-11-22T08:00:00Z");
        }
        throw new MalformedJson("\"" + name + "\" must be a time in whole seconds such as 2026-11-22T08:00:00Z");
    }

    public Optional<Instant> optionalInstant(String name) {
        return optional(name, this::instant);
    }

    /// Bytes in base64url without padding (RFC 4648, section 5).
    public byte[] bytes(String name) {
        return decode(name, as(name, Text.class, "a text").value());
    }

    public JsonObject object(String name) {
        return as(name, JsonObject.class, "an object");
    }

    public Optional<JsonObject> optionalObject(String name) {
        return optional(name, this::object);
    }

    /// The list's objects; an absent list has none.
    public List<JsonObject> objects(String name) {
        return items(name, JsonObject.class, "objects");
    }

    /// The list's texts; an absent list has none.
    public List<String> texts(String name) {
        return items(name, Text.class, "texts").stream().map(Text::value).toList();
    }

    /// The list's whole numbers that fit an `int`; an absent list has none.
    public List<Integer> counts(String name) {
        return items(name, Number.class, "numbers").stream()
                .map(n -> new JsonObject(Map.of(name, n)).count(name)).toList();
    }

    private <T extends JsonValue> List<T> items(String name, Class<T> type, String what) {
        var found = new ArrayList<T>();
        if (has(name)) {
            for (var value : as(name, Items.class, "a list").values()) {
                if (!type.isInstance(value)) {
                    throw new MalformedJson("\"" + name + "\" must be a list of " + what);
                }
                found.add(type.cast(value));
            }
        }
        return found;
    }

    private <T> Optional<T> optional(String name, Function<String, T> read) {
        return has(name) ? Optional.of(read.apply(name)) : Optional.empty();
    }

    private <T extends JsonValue> T as(String name, Class<T> type, String what) {
        var value = members.get(name);
        if (value == null) {
            throw new MalformedJson("\"" + name + "\" is missing");
        }
        if (!type.isInstance(value)) {
            throw new MalformedJson("\"" + name + "\" must be " + what + ", not " + value.kind());
        }
        return type.cast(value);
    }

    private static byte[] decode(String name, String base64url) {
        try {
            var bytes = Base64.getUrlDecoder().decode(base64url);
            // The decoder is lenient about unused trailing bits and padding; one value has one spelling here.
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64url)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedJson("\"" + name + "\" must be base64url without padding");
        }
        throw new MalformedJson("\"" + name + "\" must be base64url without padding, with no stray bits at its end");
    }
}
