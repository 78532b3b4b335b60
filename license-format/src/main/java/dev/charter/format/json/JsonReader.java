package dev.charter.format.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Reads one JSON object from UTF-8 bytes, strictly (RFC 8259): nothing before or after it, no duplicate member names,
/// no NUL in strings, no lone surrogates, at most [#MAX_DEPTH] levels. Throws [MalformedJson] with the position of the first fault.
public final class JsonReader {
    /// Nesting that is still read; documents need five levels.
    public static final int MAX_DEPTH = 8;

    private final String text;
    // Without a single escape, control character or character beyond ASCII, as documents are written: a text then ends at the next quote.
    private final boolean plain;
    private int at;

    private JsonReader(String text, boolean plain) {
        this.text = text;
        this.plain = plain;
    }

    /// Reads the object that the bytes hold.
    public static JsonObject object(byte[] utf8) {
        if (isPlain(utf8)) {
            return new JsonReader(new String(utf8, StandardCharsets.ISO_8859_1), true).whole();
        }
        try {
            return object(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedJson("the text is not UTF-8");
        }
    }

    private static boolean isPlain(byte[] utf8) {
        int below = 0;
        int escapes = 0;
        for (byte b : utf8) {
            below |= b - ' '; // negative for a control character, and for any part of a character beyond ASCII
            escapes |= b == '\\' ? 1 : 0;
        }
        return below >= 0 && escapes == 0;
    }

    /// Reads the object that the text holds.
    public static JsonObject object(String text) {
        return new JsonReader(text, false).whole();
    }

    private JsonObject whole() {
        skipSpace();
        if (peek() != '{') {
            throw fault("expected an object");
        }
        var object = readObject(1);
        skipSpace();
        if (at < text.length()) {
            throw fault("expected nothing more");
        }
        return object;
    }

    private JsonValue readValue(int depth) {
        return switch (peek()) {
            case '{' -> readObject(depth);
            case '[' -> readItems(depth);
            case '"' -> new JsonValue.Text(readText());
            case 't' -> literal("true", new JsonValue.Truth(true));
            case 'f' -> literal("false", new JsonValue.Truth(false));
            case 'n' -> literal("null", new JsonValue.Null());
            default -> readNumber();
        };
    }

    private JsonObject readObject(int depth) {
        refuseDepth(depth);
        at++;
        var members = new LinkedHashMap<String, JsonValue>();
        skipSpace();
        if (peek() == '}') {
            at++;
            return JsonObject.owning(members);
        }
        while (true) {
            skipSpace();
            if (peek() != '"') {
                throw fault("expected a member name");
            }
            var name = readText();
            skipSpace();
            expect(':');
            skipSpace();
            if (members.putIfAbsent(name, readValue(depth + 1)) != null) {
                throw fault("the member \"" + name + "\" stands twice");
            }
            skipSpace();
            if (peek() == '}') {
                at++;
                return JsonObject.owning(members);
            }
            expect(',');
        }
    }

    private JsonValue.Items readItems(int depth) {
        refuseDepth(depth);
        at++;
        List<JsonValue> values = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            at++;
            return new JsonValue.Items(values);
        }
        while (true) {
            skipSpace();
            values.add(readValue(depth + 1));
            skipSpace();
            if (peek() == ']') {
                at++;
                return new JsonValue.Items(values);
            }
            expect(',');
        }
    }

    private String readText() {
        at++;
        int start = at;
        if (plain) {
            int end = text.indexOf('"', start);
            at = end < 0 ? text.length() : end;
            peek();
            return text.substring(start, at++);
        }
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
            refuseControl(text.charAt(at));
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return refuseHalves(text.substring(start, at++));
        }
        var unescaped = new StringBuilder(text.substring(start, at));
        while (true) {
            char c = next();
            if (c == '"') {
                return refuseHalves(unescaped.toString());
            }
            if (c == '\\') {
                unescaped.append(readEscape());
            } else {
                refuseControl(c);
                unescaped.append(c);
            }
        }
    }

    private char readEscape() {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    char hex = next();
                    // Character.digit alone also knows the digits of other scripts.
                    int digit = hex < 128 ? Character.digit(hex, 16) : -1;
                    if (digit < 0) {
                        throw fault("expected four hexadecimal digits");
                    }
                    code = code * 16 + digit;
                }
                if (code == 0) {
                    throw fault("NUL is not allowed in a text");
                }
                yield (char) code;
            }
            default -> throw fault("unknown escape");
        };
    }

    private String refuseHalves(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw fault("half a character (a lone surrogate)");
            }
        }
        return value;
    }

    private JsonValue.Number readNumber() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        return new JsonValue.Number(text.substring(start, at));
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw fault("expected a value");
        }
    }

    private JsonValue literal(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            throw fault("expected a value");
        }
        at += word.length();
        return value;
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw fault("the text ends too early");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw fault("expected '" + wanted + "'");
        }
        at++;
    }

    private void refuseDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw fault("nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    private void refuseControl(char c) {
        if (c < ' ') {
            throw fault("a control character stands in a text");
        }
    }

    private MalformedJson fault(String what) {
        return new MalformedJson(what + ", at character " + at);
    }
}
