package dev.charter.authority.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.charter.authority.settings.MailSettings;
import dev.charter.authority.settings.MailSettings.Login;
import dev.charter.authority.settings.MailSettings.Protection;
import dev.charter.authority.settings.MailboxSettings;
import dev.charter.authority.testing.TlsInFront;
import dev.charter.server.settings.Secret;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Over IMAP with TLS from the first byte.
class TlsMailboxTest {
    private static final String HERE = "127.0.0.1";

    private final GreenMail server = new GreenMail(new ServerSetup(0, HERE, ServerSetup.PROTOCOL_IMAP));

    @BeforeEach
    void start() throws Exception {
        server.start();
        server.setUser("licensing@acme.example", "licensing", "pass")
                .deliver(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream("From: anna@plant.example\r\nSubject: hello\r\n\r\nHello".getBytes(StandardCharsets.US_ASCII))));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void a_mailbox_is_read_at_a_server_whose_certificate_names_it() throws Exception {
        try (var front = TlsInFront.of(server.getImap().getPort(), HERE); var folder = ImapFolder.open(mailbox(front), Optional.of(front.trust()))) {
            var mails = folder.waiting(Instant.EPOCH, 10);

            assertThat(mails).hasSize(1);
            assertThat(new String(ImapFolder.start(mails.getFirst(), 1000), StandardCharsets.US_ASCII)).endsWith("Hello");
            folder.seenTo(mails, true);
            assertThat(folder.waiting(Instant.EPOCH, 10)).isEmpty();
            assertThat(front.sessions()).isEqualTo(1);
        }
    }

    @Test
    void a_server_whose_certificate_names_another_or_that_nobody_vouches_for_does_not_learn_the_password() {
        try (var front = TlsInFront.of(server.getImap().getPort(), "mail.acme.example"); var another = TlsInFront.of(server.getImap().getPort(), HERE)) {
            assertThatExceptionOfType(MessagingException.class).isThrownBy(() -> ImapFolder.open(mailbox(front), Optional.of(front.trust()))).withMessageContaining("subject alternative names");
            assertThatExceptionOfType(MessagingException.class).isThrownBy(() -> ImapFolder.open(mailbox(another), Optional.of(front.trust()))).withMessageContaining("certification path");
        }
    }

    private static MailboxSettings mailbox(TlsInFront front) {
        return new MailboxSettings(new MailSettings.Server(Protection.TLS, HERE, front.port(), Optional.of(new Login("licensing", new Secret("pass")))), "INBOX", Duration.ofSeconds(5), 60);
    }
}
