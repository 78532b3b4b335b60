package dev.charter.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.server.log.Log;
import dev.charter.server.log.LogForm;
import dev.charter.server.start.ClosedEnvironment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// What listens to the tests of all servers hears every secret, and only those.
@ExtendWith(NoSecretIsLogged.class)
class NoSecretIsLoggedTest {
    private static final String KEY = "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2";

    @ParameterizedTest
    @ValueSource(strings = {KEY, "abcde-fghjk-lmnpq-rstuv-wxyz2", "ABCDEFGHJKLMNPQRSTUVWXYZ2", "abcdefghjklmnpqrstuvwxyz2", "ABCDE FGHJK LMNPQ RSTUV WXYZ2", "charter_0aA123456789012345678901234567Zz",
        "https://licensing.acme.example/portal/#token=0aA123456789012345678901234567Zz", "AAAAAA-BBBBBB-CCCCCC-DDDDDD", "sk_live_51abc", "whsec_abc"})
    void a_secret_is_heard_by_its_form(String secret) {
        LoggerFactory.getLogger("dev.charter.any").warn("the text \"{}\" was sent", secret);

        assertThat(NoSecretIsLogged.takeFound()).singleElement().asString().contains(secret);
    }

    @Test
    void a_secret_without_a_form_is_heard_by_its_value_once_a_test_has_said_it() {
        Secrets.remember("a passphrase of Nobody");
        LoggerFactory.getLogger("org.example").error("it failed", new IllegalStateException("outside", new IllegalArgumentException("not " + "A PASSPHRASE of nobody")));

        assertThat(NoSecretIsLogged.takeFound()).hasSize(1);
    }

    @Test
    void our_own_is_heard_at_every_level_and_others_at_the_level_of_the_programs() {
        Log.begin(LogForm.PLAIN, new ClosedEnvironment(Map.of()), List.of());
        LoggerFactory.getLogger("dev.charter.any").trace("{}", KEY);
        assertThat(NoSecretIsLogged.takeFound()).hasSize(1);
        LoggerFactory.getLogger("org.example").info("{}", KEY);
        assertThat(NoSecretIsLogged.takeFound()).isEmpty();
        LoggerFactory.getLogger("org.example").warn("{}", KEY);
        assertThat(NoSecretIsLogged.takeFound()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lic-4f7k0m2x9qzr", "0123456789abcdef0123456789abcdef", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", "56n9AF34_k-lon3CEEC9YOVCjeBn0fdbUBRqnavY9q8",
        "2lvm1x8skL8vMnv5rfuC1UyGHDGn0VW1-xE8ud4Htw0", "123e4567-e89b-12d3-a456-426614174000", "HttpMediaTypeNotAcceptableException",
        "after every theme there where", "***", "POST /admin/v1/licenses/lic-4f7k0m2x9qzr/key was refused: UNKNOWN", "AAAAA-BBBBB"})
    void what_is_no_secret_is_let_pass(String text) {
        LoggerFactory.getLogger("dev.charter.any").warn("{}", text);

        assertThat(NoSecretIsLogged.takeFound()).isEmpty();
    }
}
