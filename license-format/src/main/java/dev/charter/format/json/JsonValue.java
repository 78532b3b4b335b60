package dev.charter.format.json;

import java.util.List;

/// One JSON value (RFC 8259, section 3), immutable.
public sealed interface JsonValue permits JsonObject, JsonValue.Items, JsonValue.Text, JsonValue.Number, JsonValue.Truth, JsonValue.Null {

    /// An array.
    record Items(List<JsonValue> values) implements JsonValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    /// A string, unescaped.
    record Text(String value) implements JsonValue {}

    /// A number as it was written: documents use whole numbers only, but an unknown field may hold any.
    record Number(String literal) implements JsonValue {}

    /// `true` or `false`.
    record Truth(boolean value) implements JsonValue {}

    /// `null`.
    record Null() implements JsonValue {}

    /// How this kind of value is called in a message.
    default String kind() {
        if (this instanceof JsonObject) return "an object";
        if (this instanceof Items) return "a list";
        if (this instanceof Text) return "a text";
        if (this instanceof Number) return "a number";
        if (this instanceof Truth) return "true or false";
        return "null";
    }
}
