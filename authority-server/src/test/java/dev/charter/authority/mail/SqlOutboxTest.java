package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.charter.authority.mail.OutgoingMail.Attachment;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.format.Bytes;
import dev.charter.store.Engine;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlOutboxTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final TestAuthority authority;
    private final Outbox outbox = TestMail.outbox(() -> NOON);

    SqlOutboxTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void close() {
        authority.close();
    }

    @Test
    void a_mail_says_who_wrote_it_when_and_that_it_was_a_program() throws Exception {
        var mail = written(OutgoingMail.to("Jörg Öz <joerg@plant.example>", "Größe der Anlage", "Grüße\naus dem Werk\n"));

        assertThat(mail.getFrom()).containsExactly(new InternetAddress("licensing@acme.example", "ACME Licensing"));
        assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress("joerg@plant.example", "Jörg Öz", "UTF-8"));
        assertThat(mail.getSubject()).isEqualTo("Größe der Anlage");
        assertThat(mail.getSentDate()).isEqualTo(Date.from(NOON));
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getMessageID()).matches("<[0-9a-z]{20}@acme\\.example>");
        assertThat(mail.getContent()).isEqualTo("Grüße\r\naus dem Werk\r\n");
        assertThat(raw(mail)).as("seven bits only").isASCII().doesNotContainPattern("[^\r]\n");
    }

    @Test
    void an_answer_stands_in_its_thread() throws Exception {
        var mail = written(new OutgoingMail("anna@plant.example", Optional.of("desk@acme.example"), "Re: hello", "Here.", Optional.empty(), Optional.of("<3@plant>"), List.of("<1@plant>", "<3@plant>"), List.of()));

        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<3@plant>");
        assertThat(mail.getHeader("References", " ")).isEqualToNormalizingWhitespace("<1@plant> <3@plant>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(mail.getReplyTo()).containsExactly(new InternetAddress("desk@acme.example"));
    }

    @Test
    void an_attachment_arrives_byte_for_byte() throws Exception {
        var content = "first\nsecond\r\n\u0000third".getBytes(StandardCharsets.US_ASCII);
        var mail = written(OutgoingMail.to("anna@plant.example", "Your license", "Attached.").with(new Attachment("Lizenz-Nürnberg.txt", "text/plain; charset=utf-8", Bytes.of(content))));

        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Attached.");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(content);
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("Lizenz-Nürnberg.txt");
    }

    @Test
    void what_is_rolled_back_is_never_told() {
        assertThatIllegalStateException().isThrownBy(() -> authority.transactions().doInOne(sql -> {
            outbox.put(sql, OutgoingMail.to("anna@plant.example", "It is done", "It is."));
            throw new IllegalStateException("it is not");
        }));

        assertThat(authority.transactions().reading(TestMail::waiting)).isEmpty();
    }

    private MimeMessage written(OutgoingMail mail) {
        authority.transactions().doInOne(sql -> outbox.put(sql, mail));
        return authority.transactions().reading(TestMail::waiting).getFirst();
    }

    private static String raw(MimeMessage mail) throws Exception {
        var bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
