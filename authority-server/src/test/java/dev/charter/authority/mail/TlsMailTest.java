package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.charter.authority.settings.MailSettings;
import dev.charter.authority.settings.MailSettings.Login;
import dev.charter.authority.settings.MailSettings.Protection;
import dev.charter.authority.testing.TlsInFront;
import dev.charter.format.Bytes;
import dev.charter.server.settings.Secret;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Over SMTP with TLS, from the first byte and after STARTTLS.
class TlsMailTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String HERE = "127.0.0.1";

    private final GreenMail server = new GreenMail(new ServerSetup(0, HERE, ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
        server.setUser("licensing@acme.example", "licensing", "a secret");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void a_mail_goes_to_a_server_whose_certificate_names_it_after_a_login_under_tls(Protection protection) throws Exception {
        try (var front = front(protection, HERE)) {
            assertThat(carry(front, protection, front.trust())).isEqualTo(new Carrier.Carried.Done());
            assertThat(front.sessions()).isEqualTo(1);
        }

        assertThat(server.getReceivedMessages()).singleElement().satisfies(mail -> assertThat(mail.getSubject()).isEqualTo("hello"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void a_server_whose_certificate_names_another_gets_no_mail(Protection protection) {
        try (var front = front(protection, "mail.acme.example")) {
            assertThat(carry(front, protection, front.trust())).isInstanceOfSatisfying(Carrier.Carried.Away.class, away -> assertThat(away.why()).contains("subject alternative names"));
        }

        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS", "STARTTLS"})
    void a_server_whose_certificate_nobody_vouches_for_gets_no_mail(Protection protection) {
        try (var front = front(protection, HERE); var another = front(protection, HERE)) {
            assertThat(carry(front, protection, another.trust())).isInstanceOfSatisfying(Carrier.Carried.Away.class, away -> assertThat(away.why()).contains("certification path"));
            assertThat(front.sessions()).isZero();
        }

        assertThat(server.getReceivedMessages()).isEmpty();
    }

    private TlsInFront front(Protection protection, String name) {
        return protection == Protection.TLS ? TlsInFront.of(server.getSmtp().getPort(), name) : TlsInFront.startTls(server.getSmtp().getPort(), name);
    }

    private static Carrier.Carried carry(TlsInFront front, Protection protection, SSLSocketFactory trust) {
        var settings = new MailSettings.Server(protection, HERE, front.port(), Optional.of(new Login("licensing", new Secret("a secret"))));
        var content = new WriteMail(new Sender(TestMail.FROM, Optional.empty())).write(OutgoingMail.to("anna@plant.example", "hello", "Grüße"), "<1@acme.example>", NOON);
        try (var way = new SmtpCarrier(settings, TestMail.FROM, Optional.of(trust)).way()) {
            return way.carry(new QueuedMail("mai-1", "anna@plant.example", Bytes.of(content.toArray()), 1, NOON, NOON));
        }
    }
}
