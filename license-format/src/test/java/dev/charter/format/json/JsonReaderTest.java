package dev.charter.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", " \t\r\n{ } \t\r\n", "{\"a\":[]}", "{\"a\":{}}", "{\"a\":[{}]}", "{\"\":1}", "{\"a\":true,\"b\":false,\"c\":null}",
        "{\"a\":0}", "{\"a\":-0}", "{\"a\":1.5}", "{\"a\":-1.5e+10}", "{\"a\":1E-2}", "{\"a\":1e0}", "{\"a\":123456789012345678901234567890}",
        "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"}", "{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\u00e9\u20ac\ud83d\ude00\"}", "{\"a\":\"\\u0001\"}", "{\"a\":\"\u007f\u2028\"}",
        "{\"a\":[1,[2,[3,[4,[5,[6,[]]]]]]]}", "{\"a\":\"\ufeff\"}", "{\"a\" : [ 1 , 2 ] }"
    })
    void reads_what_the_grammar_allows(String text) {
        var read = JsonReader.object(text);
        var written = JsonWriter.bytes(read);
        assertThat(JsonReader.object(written)).isEqualTo(read);
        assertThat(JsonWriter.bytes(JsonReader.object(written))).isEqualTo(written);
        assertThat(JsonReader.object(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "[]", "1", "\"a\"", "null", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{,\"a\":1}", "{\"a\" 1}", "{\"a\"::1}", "{a:1}", "{'a':1}", "{1:1}",
        "{\"a\":1 \"b\":2}", "{\"a\":1}}", "{\"a\":1}{}", "{\"a\":1} x", "{\"a\":1}\u0000", "{\"a\":1},", "\ufeff{}", "{}\u00a0", "\u2003{}", "{\"a\":\u00a01}", "{}//", "/**/{}", "{\"a\":1/**/}",
        "{\"a\":[}", "{\"a\":[1,]}", "{\"a\":[,1]}", "{\"a\":[1 2]}", "{\"a\":[1}", "{\"a\":[1]", "{\"a\":[1,", "{\"a\":[",
        "{\"a\":01}", "{\"a\":-01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":1.}", "{\"a\":1.e1}", "{\"a\":1e}", "{\"a\":1e+}", "{\"a\":-}", "{\"a\":--1}", "{\"a\":0x1}", "{\"a\":1_000}", "{\"a\":NaN}", "{\"a\":Infinity}",
        "{\"a\":-Infinity}", "{\"a\":1e1.5}", "{\"a\":\uff11}", "{\"a\":\u0661}", "{\"a\":1f}", "{\"a\":1L}",
        "{\"a\":tru}", "{\"a\":True}", "{\"a\":truee}", "{\"a\":nul}", "{\"a\":undefined}", "{\"a\":fals",
        "{\"a\":\"}", "{\"a\":\"\\\"}", "{\"a\":\"\\x41\"}", "{\"a\":\"\\'\"}", "{\"a\":\"\\a\"}", "{\"a\":\"\\u\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u123g\"}", "{\"a\":\"\\u+123\"}", "{\"a\":\"\\u 123\"}",
        "{\"a\":\"\\u\uff11\uff12\uff13\uff14\"}", "{\"a\":\"\\u\u0661\u0662\u0663\u0664\"}", "{\"a\":\"\\U0041\"}",
        "{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"a\":\"\u0000\"}", "{\"a\":\"\u001f\"}", "{\"a\":\"\t\"}", "{\"a\":\"\n\"}", "{\"a\n\":1}",
        "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\ud800\\ud800\"}", "{\"a\":\"\\udc00\\ud800\"}", "{\"a\":\"\\ud800x\"}", "{\"a\":\"\\ud800\\u0041\"}", "{\"\\ud800\":1}",
        "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":2,\"a\":null}", "{\"a\":1,\"\\u0061\":2}", "{\"x\":{\"a\":1,\"a\":2}}", "{\"x\":[{\"a\":1,\"a\":2}]}", "{\"\":1,\"\":2}"
    })
    void refuses_everything_else(String text) {
        assertThatThrownBy(() -> JsonReader.object(text)).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> JsonReader.object(text.getBytes(StandardCharsets.UTF_8))).isInstanceOf(MalformedJson.class);
    }

    @Test void refuses_bytes_that_are_not_utf_8() {
        for (var wrong : new String[] {"80", "c0af", "c1bf", "e080af", "eda080", "edb080", "f08080af", "f4908080", "f5808080", "ff", "fe", "c3", "e282", "f09f98"}) {
            assertThatThrownBy(() -> JsonReader.object(around(java.util.HexFormat.of().parseHex(wrong)))).as(wrong).isInstanceOf(MalformedJson.class).hasMessageContaining("UTF-8");
        }
        for (var other : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThatThrownBy(() -> JsonReader.object("{\"a\":1}".getBytes(other))).isInstanceOf(MalformedJson.class);
        }
    }

    private static byte[] around(byte[] content) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("{\"a\":\"".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @Test void eight_levels_are_read_and_nine_are_refused() {
        assertThat(JsonReader.object("{\"a\":" + "[".repeat(7) + "]".repeat(7) + "}").has("a")).isTrue();
        assertThatThrownBy(() -> JsonReader.object("{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}")).isInstanceOf(MalformedJson.class).hasMessageContaining("8 levels");
        assertThat(JsonReader.object("{\"a\":".repeat(8) + "1" + "}".repeat(8)).has("a")).isTrue();
        assertThatThrownBy(() -> JsonReader.object("{\"a\":".repeat(9) + "1" + "}".repeat(9))).isInstanceOf(MalformedJson.class).hasMessageContaining("8 levels");
    }

    @Test void endless_nesting_is_refused_before_the_stack_is_used_up() {
        assertThatThrownBy(() -> JsonReader.object("{\"a\":" + "[".repeat(5_000_000))).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> JsonReader.object("{\"a\":".repeat(1_000_000))).isInstanceOf(MalformedJson.class);
    }

    @Test void the_first_fault_is_named_with_its_place() {
        assertThatThrownBy(() -> JsonReader.object("{\"a\":1,\"a\":2}")).hasMessage("the member \"a\" stands twice, at character 12");
        assertThatThrownBy(() -> JsonReader.object("{\"a\":1} x")).hasMessage("expected nothing more, at character 8");
        assertThatThrownBy(() -> JsonReader.object("{\"a\":\"\\ud800\"}")).hasMessageContaining("half a character");
    }

    @Test void members_keep_their_order_and_numbers_their_spelling() {
        var text = "{\"z\":1.50,\"a\":-0,\"m\":1E+2}";
        assertThat(new String(JsonWriter.bytes(JsonReader.object(text)), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test void random_values_survive_writing_and_reading() {
        long seed = 20260301;
        System.out.println("random JSON values, seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            var value = object(random, 1);
            assertThat(JsonReader.object(JsonWriter.bytes(value))).isEqualTo(value);
        }
    }

    @Test void random_damage_is_either_refused_or_read_as_something_that_survives_writing_and_reading() {
        long seed = 20260302;
        System.out.println("damaged JSON, seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var bytes = JsonWriter.bytes(object(random, 1));
            for (int damages = random.nextInt(3) + 1; damages > 0; damages--) {
                bytes[random.nextInt(bytes.length)] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) "{}[]\",:\\u0 tfn".charAt(random.nextInt(14));
            }
            try {
                var read = JsonReader.object(bytes);
                assertThat(JsonReader.object(JsonWriter.bytes(read))).isEqualTo(read);
            } catch (MalformedJson refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    private static JsonObject object(Random random, int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(text(random), value(random, depth + 1));
        }
        return new JsonObject(members);
    }

    private static JsonValue value(Random random, int depth) {
        int kind = random.nextInt(depth > JsonReader.MAX_DEPTH ? 4 : 6);
        if (kind == 4) {
            return object(random, depth);
        }
        if (kind == 5) {
            var values = new ArrayList<JsonValue>();
            for (int i = random.nextInt(4); i > 0; i--) {
                values.add(value(random, depth + 1));
            }
            return new JsonValue.Items(values);
        }
        return switch (kind) {
            case 0 -> new JsonValue.Text(text(random));
            case 1 -> new JsonValue.Number(Long.toString(random.nextLong()));
            case 2 -> new JsonValue.Truth(random.nextBoolean());
            default -> new JsonValue.Null();
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int range = random.nextInt(4);
            text.appendCodePoint(range == 0 ? 1 + random.nextInt(0x1f) : range == 1 ? 0x20 + random.nextInt(0x60) : range == 2 ? 0x80 + random.nextInt(0xd000) : 0x10000 + random.nextInt(0x100000));
        }
        return text.toString();
    }

    @Test void a_number_is_whole_and_within_what_every_reader_keeps_exactly() {
        var read = JsonReader.object("{\"zero\":0,\"most\":9007199254740991,\"over\":9007199254740992,\"long\":99999999999999999999,\"minus\":-1,\"half\":0.5,\"power\":1e3,\"text\":\"1\",\"int\":2147483648}");
        assertThat(read.number("zero")).isZero();
        assertThat(read.number("most")).isEqualTo(9007199254740991L);
        for (var wrong : List.of("over", "long", "minus", "half", "power", "text", "absent")) {
            assertThatThrownBy(() -> read.number(wrong)).as(wrong).isInstanceOf(MalformedJson.class).hasMessageContaining(wrong);
        }
        assertThat(read.number("int")).isEqualTo(2147483648L);
        assertThatThrownBy(() -> read.count("int")).isInstanceOf(MalformedJson.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01", "2026-03-01T08:00Z", "2026-03-01T08:00:00", "2026-03-01T08:00:00+00:00", "2026-03-01t08:00:00z", "2026-03-01T08:00:00.0Z", "2026-03-01T08:00:00.000Z",
        "2026-03-01T08:00:00.5Z", "2026-02-29T08:00:00Z", "2026-03-01T24:00:00Z", "2026-06-30T23:59:60Z", "2026-3-1T8:0:0Z", " 2026-03-01T08:00:00Z", "+12026-03-01T08:00:00Z", "-0001-03-01T08:00:00Z",
        "2026-03-01T08:00:00Z ", "\u0662026-03-01T08:00:00Z", "now", ""})
    void a_time_has_one_spelling(String wrong) {
        assertThat(JsonReader.object("{\"t\":\"2026-03-01T08:00:00Z\"}").instant("t")).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
        assertThatThrownBy(() -> JsonReader.object("{\"t\":\"" + wrong + "\"}").instant("t")).isInstanceOf(MalformedJson.class).hasMessageContaining("\"t\"");
    }

    @Test void bytes_have_one_spelling() {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int read = 0;
        for (char a : alphabet.toCharArray()) {
            for (char b : alphabet.toCharArray()) {
                for (var text : List.of("" + a + b, "AA" + a + b, "A" + a + b, "AAAA" + a + b, "AAAAA" + a + b)) {
                    try {
                        var bytes = JsonReader.object("{\"b\":\"" + text + "\"}").bytes("b");
                        assertThat(java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)).isEqualTo(text);
                        read++;
                    } catch (MalformedJson stray) {
                        assertThat(stray).hasMessageContaining("base64url");
                    }
                }
            }
        }
        // Two characters carry 8 bits of 12, three carry 16 of 18, four carry all.
        assertThat(read).isEqualTo(64 * 64 / 16 + 64 * 64 + 64 * 64 / 4 + 64 * 64 / 16 + 64 * 64 / 4);
        for (var wrong : List.of("A", "AA=", "AA==", "AAA=", "AA+A", "AA/A", "AA A", "AAAAA", "AA.A", "A\u00e9A")) {
            assertThatThrownBy(() -> JsonReader.object("{\"b\":\"" + wrong + "\"}").bytes("b")).as(wrong).isInstanceOf(MalformedJson.class);
        }
        assertThat(JsonReader.object("{\"b\":\"\"}").bytes("b")).isEmpty();
    }

    @Test void a_text_is_neither_empty_nor_endless() {
        assertThat(JsonReader.object("{\"a\":\"" + "x".repeat(4096) + "\"}").text("a")).hasSize(4096);
        assertThatThrownBy(() -> JsonReader.object("{\"a\":\"" + "x".repeat(4097) + "\"}").text("a")).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> JsonReader.object("{\"a\":\"\"}").text("a")).isInstanceOf(MalformedJson.class);
    }

    @Test void null_stands_for_nothing_that_may_be_left_out() {
        var read = JsonReader.object("{\"a\":null}");
        assertThatThrownBy(() -> read.optionalText("a")).isInstanceOf(MalformedJson.class).hasMessage("\"a\" must be a text, not null");
        assertThatThrownBy(() -> read.objects("a")).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> read.optionalInstant("a")).isInstanceOf(MalformedJson.class);
    }

    @Test void a_list_holds_one_kind_of_value() {
        var read = JsonReader.object("{\"a\":[1,\"b\"],\"n\":[1,2],\"o\":[{}]}");
        assertThatThrownBy(() -> read.texts("a")).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> read.counts("a")).isInstanceOf(MalformedJson.class);
        assertThat(read.counts("n")).containsExactly(1, 2);
        assertThat(read.objects("o")).hasSize(1);
        assertThat(read.objects("absent")).isEmpty();
    }

    @Test void the_writer_refuses_what_the_reader_would() {
        for (var text : List.of("a\0", "\ud800", "\udc00", "a\ud800b", "\udc00\ud800")) {
            assertThatThrownBy(() -> JsonWriter.bytes(new JsonWriter().put("a", text).object())).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new JsonWriter().put("a", 1).put("a", 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
