package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.charter.format.LicenseKey;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailThreadTest {
    private static final String ANNA = "Anna Öz <anna@plant.example>";

    @Test
    void it_is_the_same_after_it_was_kept() {
        var thread = new MailThread(ANNA, Optional.of("<2@plant>"), List.of("<1@plant>"), "Größe");

        assertThat(MailThread.read(thread.write())).isEqualTo(thread);
        var bare = new MailThread(ANNA, Optional.empty(), List.of(), "");
        assertThat(MailThread.read(bare.write())).isEqualTo(bare);
    }

    @Test
    void an_answer_refers_to_all_that_was_said_before() {
        var answer = new MailThread(ANNA, Optional.of("<2@plant>"), List.of("<1@plant>"), "hello").answer("Here.");

        assertThat(answer).isEqualTo(new OutgoingMail(ANNA, Optional.empty(), "Re: hello", "Here.", Optional.empty(), Optional.of("<2@plant>"), List.of("<1@plant>", "<2@plant>"), List.of()));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            hello, Re: hello
            RE: hello, RE: hello
            AW: hello, AW: hello
            reason, Re: reason
            '', Re: your letter
            """)
    void a_subject_is_answered_once(String subject, String answered) {
        assertThat(new MailThread(ANNA, Optional.empty(), List.of(), subject).answer("").subject()).isEqualTo(answered);
    }

    @Test
    void whatever_strangers_wrote_an_answer_can_be_made_of_it() {
        var thread = new MailThread(ANNA, Optional.of("no ID\r\nBcc: all@plant.example"), List.of("<1@plant>\r\n", "<a b>", "rubbish", "<" + "x".repeat(2000) + ">", "<2@plant>"),
                "hello\r\nBcc: all@plant.example\u0000\uD800" + "x".repeat(2000));

        var answer = thread.answer("Here.");

        assertThat(answer.inReplyTo()).isEmpty();
        assertThat(answer.references()).containsExactly("<1@plant>", "<2@plant>");
        assertThat(answer.subject()).startsWith("Re: hello  Bcc: all@plant.example").hasSizeLessThan(210).doesNotContain("\uD800");
    }

    @Test
    void a_long_thread_keeps_its_first_and_its_latest() {
        var all = IntStream.range(0, 1000).mapToObj(i -> "<" + i + "@plant>").toList();

        assertThat(new MailThread(ANNA, Optional.empty(), all, "").references()).hasSize(20).startsWith("<0@plant>", "<981@plant>").endsWith("<999@plant>");
    }

    @Test
    void a_license_key_in_a_subject_goes_no_further() {
        var key = LicenseKey.generate(new Random(1)).revealSecret();

        assertThat(new MailThread(ANNA, Optional.empty(), List.of(), "key " + key + " please").subject()).isEqualTo("key (license key) please");
        assertThat(new MailThread(ANNA, Optional.empty(), List.of(), key.replace("-", " ").toLowerCase(java.util.Locale.ROOT)).subject()).isEqualTo("(license key)");
        assertThat(new MailThread(ANNA, Optional.empty(), List.of(), "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE").subject()).isEqualTo("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE");
    }

    @Test
    void nobody_without_an_address_is_answered() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MailThread("undisclosed", Optional.empty(), List.of(), ""));
    }
}
