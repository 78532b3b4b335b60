package dev.charter.format.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
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
public final class JsonObject implements JsonValue {
    private static final int LONGEST_TEXT = 4096;
    private final Map<String, JsonValue> members;

    /// An object of these members, in their order.
    public JsonObject(Map<String, JsonValue> members) {
        this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    private JsonObject(LinkedHashMap<String, JsonValue> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /// An object of these very members, which nobody changes from here on.
    static JsonObject owning(LinkedHashMap<String, JsonValue> members) {
        return new JsonObject(members);
    }

    public Map<String, JsonValue> members() {
        return members;
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
        return number(name, as(name, Number.class, "a number").literal());
    }

    private static long number(String name, String literal) {
        if (literal.length() > 16 || !isDigits(literal)) {
            throw new MalformedJson("\"" + name + "\" must be a whole number from 0 to 9007199254740991");
        }
        long value = Long.parseLong(literal);
        if (value > 9007199254740991L) {
            throw new MalformedJson("\"" + name + "\" must be a whole number from 0 to 9007199254740991");
        }
        return value;
    }

    private static boolean isDigits(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (literal.charAt(i) < '0' || literal.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    public OptionalLong optionalNumber(String name) {
        return has(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
    }

    /// A whole number that fits an `int`.
    public int count(String name) {
        return count(name, number(name));
    }

    private static int count(String name, long value) {
        if (value > Integer.MAX_VALUE) {
            throw new MalformedJson("\"" + name + "\" must be at most " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    /// A time in RFC 3339 form, in UTC (`Z`), in whole seconds.
    public Instant instant(String name) {
        var written = text(name);
        // One instant has one spelling, so that bytes can be compared; and reading that one by its places takes a tenth of the time of a parser for all.
        if (written.length() == 20 && written.charAt(4) == '-' && written.charAt(7) == '-' && written.charAt(10) == 'T' && written.charAt(13) == ':'
                && written.charAt(16) == ':' && written.charAt(19) == 'Z') {
            try {
                return LocalDateTime.of(digits(written, 0, 4), digits(written, 5, 7), digits(written, 8, 10), digits(written, 11, 13), digits(written, 14, 16),
                        digits(written, 17, 19)).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notATime) {
                throw new MalformedJson("\"" + name + "\" must be a time such as 2026-11-22T08:00:00Z");
            }
        }
        throw new MalformedJson("\"" + name + "\" must be a time in whole seconds such as 2026-11-22T08:00:00Z");
    }

    private static int digits(String written, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = written.charAt(i);
            if (c < '0' || c > '9') {
                throw new DateTimeException("a digit is missing");
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    public Optional<Instant> optionalInstant(String name) {
        return optional(name, this::instant);
    }

    /// Bytes in base64url without padding (RFC 4648, section 5).
    public byte[] bytes(String name) {
        return decode(name, as(name, Text.class, "a text").value());
    }

    /// `true` or `false`.
    public boolean truth(String name) {
        return as(name, Truth.class, "true or false").value();
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

    /// What the list's objects are read as; an absent list has none.
    public <T> List<T> objects(String name, Function<JsonObject, T> read) {
        var found = new ArrayList<T>();
        for (var object : objects(name)) {
            found.add(read.apply(object));
        }
        return found;
    }

    /// The list's texts; an absent list has none.
    public List<String> texts(String name) {
        var texts = new ArrayList<String>();
        for (var text : items(name, Text.class, "texts")) {
            texts.add(text.value());
        }
        return texts;
    }

    /// The list's whole numbers that fit an `int`; an absent list has none.
    public List<Integer> counts(String name) {
        var counts = new ArrayList<Integer>();
        for (var number : items(name, Number.class, "numbers")) {
            counts.add(count(name, number(name, number.literal())));
        }
        return counts;
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
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(base64url);
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedJson("\"" + name + "\" must be base64url without padding");
        }
        // The decoder is lenient about padding and about the unused bits of the last character; one value has one spelling here.
        var tail = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, bytes.length - bytes.length % 3, bytes.length));
        if (base64url.length() != bytes.length / 3 * 4 + tail.length() || !base64url.endsWith(tail)) {
            throw new MalformedJson("\"" + name + "\" must be base64url without padding, with no stray bits at its end");
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
