package dev.charter.authority.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.server.testing.Answer;
import dev.charter.store.Engine;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"A","email":"a@b.example","nmae":"B"}        | There is no field "nmae". Known here: email, name.
            {"name":"A","name":"B","email":"a@b.example"}        | The body is not JSON (line 1, column 19), or names a field twice.
            {"name":"A"}                                          | The field "email" is missing.
            {"name":null,"email":"a@b.example"}                  | The field "name" is missing.
            {"name":7,"email":"a@b.example"}                     | The field "name" is of the wrong type.
            {"name":["A"],"email":"a@b.example"}                 | The field "name" is of the wrong type.
            {"name":"","email":"a@b.example"}                    | In the body: a customer's name has 1 to 200 characters, on one line.
            {"name":"A","email":"a@b.example"} {}                | The body is of the wrong type, or something follows it.
            [{"name":"A","email":"a@b.example"}]                 | The body is of the wrong type, or something follows it.
            {"name":"A",                                          | The body is not JSON (line 1, column 13), or names a field twice.
            null                                                  | The body is missing.
            """)
    void says_what_is_wrong_in_words_of_its_own(String json, String detail) {
        var answer = create(json.getBytes(StandardCharsets.UTF_8), "application/json");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("code").asString()).isEqualTo("MALFORMED");
        assertThat(answer.json().get("detail").asString()).isEqualTo(detail);
    }

    @Test
    void a_null_in_a_list_is_refused_as_well() {
        var answer = RunningAuthority.on(Engine.SQLITE).admin().post("/admin/v1/tokens", "{\"name\":\"a\",\"scopes\":[null]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).contains("\"scopes");
    }

    @Test
    void what_may_be_left_out_may_be_null() {
        assertThat(RunningAuthority.on(Engine.SQLITE).admin().post("/admin/v1/products", "{\"id\":\"nothing-but-a-name\",\"name\":\"a\",\"features\":null}").status()).isEqualTo(201);
    }

    @Test
    void nesting_is_bounded() {
        var answer = RunningAuthority.on(Engine.SQLITE).admin().patch("/admin/v1/licenses/lic-000000000000", "{\"a\":".repeat(9) + "1" + "}".repeat(9));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).startsWith("The body is nested deeper than 8 levels");
    }

    @Test
    void an_empty_body_is_a_missing_one() {
        assertThat(create(new byte[0], "application/json").json().get("detail").asString()).isEqualTo("The body is missing.");
    }

    @Test
    void reads_utf_8_only() {
        var json = "{\"name\":\"Ä\",\"email\":\"a@b.example\"}";

        assertThat(create(json.getBytes(StandardCharsets.UTF_8), "application/json").status()).isEqualTo(201);
        assertThat(create(json.getBytes(StandardCharsets.UTF_8), "application/json;charset=utf-8").status()).isEqualTo(201);
        assertThat(create(json.getBytes(StandardCharsets.ISO_8859_1), "application/json").status()).isEqualTo(400);
        assertThat(create(json.getBytes(StandardCharsets.UTF_16BE), "application/json").status()).isEqualTo(400);
        assertThat(create(json.getBytes(StandardCharsets.UTF_16BE), "application/json;charset=utf-16be").status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/jose+json", "nonsense"})
    void other_media_types_are_refused(String type) {
        var answer = create("{\"name\":\"A\",\"email\":\"a@b.example\"}".getBytes(StandardCharsets.UTF_8), type);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.json().get("code").asString()).isEqualTo("WRONG_MEDIA_TYPE");
        assertThat(answer.header("Content-Type")).contains("application/problem+json");
    }

    private static Answer create(byte[] body, String contentType) {
        return RunningAuthority.on(Engine.SQLITE).admin().send("POST", "/admin/v1/customers", body, Map.of("Content-Type", contentType));
    }
}
