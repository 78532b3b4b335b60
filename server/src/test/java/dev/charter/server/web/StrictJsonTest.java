package dev.charter.server.web;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"\\u0000\"", "\"a\\u0000b\"", "\"\\\\\\u0000\"", "{\"\\u0000\":1}", "\"\\ud800\"", "\"\\ud800a\"", "\"\\udc00\"", "\"\\ud83d\\ud83d\"", "\"\\ude00\\ud83d\""})
    void refuses_text_that_a_database_would_not_keep(String json) {
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> StrictJson.requireText(json.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\\\u0000\"", "\"\\u0001\"", "\"\\ud83d\\ude00\"", "\"😀\"", "\"\\\"\\\\\"", "{\"a\":\"\\u00e4\"}", "\"\\u\"", "\"\\u12\"", "\"\\"})
    void lets_through_every_other_text_and_leaves_the_rest_to_the_parser(String json) {
        assertThatNoException().isThrownBy(() -> StrictJson.requireText(json.getBytes(StandardCharsets.UTF_8)));
    }
}
