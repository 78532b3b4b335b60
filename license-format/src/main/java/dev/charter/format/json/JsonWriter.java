package dev.charter.format.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Builds a JSON object member by member and writes it without white space, members in the order they were put, so that the same values always give the same bytes.
public final class JsonWriter {
    private final LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
    private boolean made;

    public JsonWriter put(String name, String value) {
        return put(name, new JsonValue.Text(value));
    }

    public JsonWriter put(String name, long value) {
        return put(name, new JsonValue.Number(Long.toString(value)));
    }

    public JsonWriter put(String name, boolean value) {
        return put(name, new JsonValue.Truth(value));
    }

    /// Whole seconds: what is finer is cut off.
    public JsonWriter put(String name, Instant value) {
        return put(name, value.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /// Base64url without padding.
    public JsonWriter put(String name, byte[] value) {
        return put(name, Base64.getUrlEncoder().withoutPadding().encodeToString(value));
    }

    public JsonWriter put(String name, JsonValue value) {
        if (made) {
            throw new IllegalStateException("the object is made, and does not change");
        }
        if (members.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("the member " + name + " is put twice");
        }
        return this;
    }

    public JsonWriter putText(String name, Optional<String> value) {
        value.ifPresent(v -> put(name, v));
        return this;
    }

    public JsonWriter putInstant(String name, Optional<Instant> value) {
        value.ifPresent(v -> put(name, v));
        return this;
    }

    public JsonWriter putNumber(String name, OptionalLong value) {
        value.ifPresent(v -> put(name, v));
        return this;
    }

    public JsonWriter putTexts(String name, List<String> values) {
        return put(name, new JsonValue.Items(values.stream().<JsonValue>map(JsonValue.Text::new).toList()));
    }

    public JsonWriter putObjects(String name, List<JsonObject> values) {
        return put(name, new JsonValue.Items(List.copyOf(values)));
    }

    /// The values, each as the object that it is written as.
    public <T> JsonWriter putObjects(String name, List<T> values, Function<T, JsonObject> toJson) {
        var objects = new ArrayList<JsonValue>();
        for (var value : values) {
            objects.add(toJson.apply(value));
        }
        return put(name, new JsonValue.Items(objects));
    }

    /// The object; nothing is put afterwards.
    public JsonObject object() {
        made = true;
        return JsonObject.owning(members);
    }

    /// The object's bytes in UTF-8, without white space.
    public static byte[] bytes(JsonObject object) {
        return text(object).getBytes(StandardCharsets.UTF_8);
    }

    /// The object without white space.
    public static String text(JsonObject object) {
        var out = new StringBuilder(1024);
        write(object, out);
        return out.toString();
    }

    private static void write(JsonValue value, StringBuilder out) {
        if (value instanceof JsonObject object) {
            char separator = '{';
            for (var member : object.members().entrySet()) {
                out.append(separator);
                writeText(member.getKey(), out);
                out.append(':');
                write(member.getValue(), out);
                separator = ',';
            }
            out.append(object.members().isEmpty() ? "{}" : "}");
        } else if (value instanceof JsonValue.Items items) {
            char separator = '[';
            for (var item : items.values()) {
                out.append(separator);
                write(item, out);
                separator = ',';
            }
            out.append(items.values().isEmpty() ? "[]" : "]");
        } else if (value instanceof JsonValue.Text text) {
            writeText(text.value(), out);
        } else if (value instanceof JsonValue.Number number) {
            out.append(number.literal());
        } else if (value instanceof JsonValue.Truth truth) {
            out.append(truth.value());
        } else {
            out.append("null");
        }
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        if (isPlain(text)) { // as nearly all of a document is: copied at once
            out.append(text).append('"');
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c) && !paired(text, i)) {
                throw new IllegalArgumentException("a text has a NUL or half a character in it");
            }
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean paired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
