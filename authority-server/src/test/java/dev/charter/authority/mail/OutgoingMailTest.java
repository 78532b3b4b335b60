package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.charter.authority.mail.OutgoingMail.Attachment;
import dev.charter.format.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingMailTest {
    private static final String ANNA = "anna@plant.example";

    @ParameterizedTest
    @ValueSource(strings = {"\r\nBcc: all@plant.example", "\nBcc: all@plant.example", "\rBcc: all@plant.example", "\u0085x", "\u2028x", "\0"})
    void nobody_adds_a_line_to_the_head_of_a_mail(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> OutgoingMail.to(ANNA + line, "hello", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> OutgoingMail.to("Anna" + line + " <" + ANNA + ">", "hello", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> OutgoingMail.to(ANNA, "hello" + line, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attachment("a" + line, "text/plain", Bytes.of(new byte[0])));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attachment("a", "text/plain" + line, Bytes.of(new byte[0])));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutgoingMail(ANNA, Optional.of(ANNA + line), "hello", "", Optional.empty(), Optional.empty(), List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutgoingMail(ANNA, Optional.empty(), "hello", "", Optional.empty(), Optional.of("<1@a>" + line), List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutgoingMail(ANNA, Optional.empty(), "hello", "", Optional.empty(), Optional.empty(), List.of("<1@a>" + line), List.of()));
    }

    @Test
    void a_name_that_was_encoded_hides_no_line_break() {
        assertThat(MailAddress.read("=?UTF-8?Q?Anna=0D=0ABcc:_all@plant.example?= <anna@plant.example>")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "anna", "anna@", "@plant.example", "anna@plant.example, bert@plant.example", "all: anna@plant.example;", "anna@@plant.example", "an na@plant.example",
        "anna@plant..example", "anna@[127.0.0.1]", "jörg@plant.example", "<>"})
    void what_is_not_one_address_is_none(String text) {
        assertThat(MailAddress.read(text)).isEmpty();
    }

    @Test
    void an_address_has_a_name_or_not() {
        assertThat(MailAddress.read(" anna.o'neil+licenses@plant.example ")).contains(new MailAddress("anna.o'neil+licenses@plant.example", Optional.empty()));
        assertThat(MailAddress.read("\"Öz, Anna\" <anna@plant.example>")).contains(new MailAddress(ANNA, Optional.of("Öz, Anna")));
        assertThat(MailAddress.read("=?UTF-8?Q?Anna_=C3=96z?= <anna@plant.example>")).contains(new MailAddress(ANNA, Optional.of("Anna Öz")));
        assertThat(MailAddress.read("anna@müller.example")).contains(new MailAddress("anna@xn--mller-kva.example", Optional.empty()));
    }
}
