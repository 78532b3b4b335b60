package dev.charter.authority.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.charter.authority.RunningAuthority;
import dev.charter.authority.mail.TestMail;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.TrustAnchor;
import dev.charter.format.UsageLicense;
import dev.charter.format.Verifier;
import dev.charter.store.Engine;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole way of a letter by mail: a real server for mail, and the authority as it is.
class MailboxTest {
    private static final String VENDOR = "licenses@vendor.example";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final long LOOK_AGAIN_MILLIS = 500;

    final GreenMail server = new GreenMail(new ServerSetup[] {new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP), new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)});
    private int mails;

    @BeforeEach
    void start() {
        server.start();
        server.setUser(VENDOR, "licensing", "pass");
        server.setUser(Mails.SENDER, "anna", "pass");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @ParameterizedTest
    @EnumSource
    void a_host_is_licensed_updated_and_given_back_by_mail_and_its_seat_goes_to_another(Engine engine) throws Exception {
        try (var authority = RunningAuthority.start(engine, settings(), InstantSource.system())) {
            var sold = sells(authority);
            var verifier = new Verifier(TrustAnchor.read(authority.anonymous().get("/v1/trust-anchor").body()));
            var plantA = TestHost.named("plant-a");
            var plantB = TestHost.named("plant-b");

            var first = plantA.asksToActivate(sold);
            UsageLicense held = verifier.answer(answerTo(first), first).content();
            var update = plantA.asksById(Purpose.ACTIVATE, held.license().id(), plantA.next(Purpose.ACTIVATE));
            assertThat(verifier.answer(answerTo(update), update).content().license().id()).isEqualTo(held.license().id());
            assertThat(refusalOf(first)).as("a newer request was answered").isEqualTo(RefusalCode.REQUEST_SUPERSEDED);
            assertThat(refusalOf(plantB.asksToActivate(sold))).as("the only activation is in use").isEqualTo(RefusalCode.ACTIVATIONS_EXHAUSTED);
            var release = plantA.releases(held);
            verifier.acknowledgement(answerTo(release), release);
            var second = plantB.asksToActivate(sold);
            assertThat(verifier.answer(answerTo(second), second).content().host().keys().id().value()).isEqualTo(plantB.keyId());

            var health = authority.anonymous().get("/health").json();
            assertThat(health.get("status").asString()).isEqualTo("up");
            assertThat(health.get("mailbox").get("status").asString()).isEqualTo("up");
            assertThat(health.get("mailbox").get("answered").asInt()).isEqualTo(6);
            assertThat(authority.anonymous().get("/metrics").text()).contains("charter_mailbox_mails_total 6", "charter_mailbox_age_seconds");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_cannot_be_read_is_answered_and_waits_at_the_desk(Engine engine) throws Exception {
        try (var authority = RunningAuthority.start(engine, settings(), InstantSource.system())) {
            send(Mails.multipart("mixed", Mails.part("text/plain", "Please see the photo"), Mails.attachment("image/png", "code.png", new byte[200])));

            var answer = next();

            assertThat(text(answer)).contains("no Charter document", "code.png");
            var letters = authority.admin().get("/admin/v1/letters").json().get("letters");
            assertThat(letters.valueStream().map(letter -> letter.get("kind").asString())).containsExactly("unreadable");
        }
    }

    private Map<String, String> settings() {
        return Map.of("SMTP", "smtp-plain://127.0.0.1:" + server.getSmtp().getPort(), "MAIL_FROM", "ACME Licensing <" + VENDOR + ">", "IMAP", "imap-plain://127.0.0.1:" + server.getImap().getPort(), "IMAP_USER", "licensing",
                "IMAP_PASSWORD", "pass", "IMAP_POLL_SECONDS", "1");
    }

    private static LicenseKey sells(RunningAuthority authority) {
        authority.admin().post("/admin/v1/products", "{\"id\":\"mqtt-server\",\"name\":\"MQTT Server\",\"features\":[{\"name\":\"mqtt\",\"title\":\"MQTT\"}]}");
        var customer = authority.admin().post("/admin/v1/customers", "{\"name\":\"ACME Water\",\"email\":\"it@acme.example\"}").json().get("id").asString();
        return LicenseKey.of(authority.admin().post("/admin/v1/licenses", "{\"product\":\"mqtt-server\",\"customer\":\"" + customer
                + "\",\"type\":\"offline\",\"activations\":1,\"entitlements\":[{\"feature\":\"mqtt\"}]}").json().get("key").asString());
    }

    private RefusalCode refusalOf(SignedDocument letter) throws Exception {
        return Refusal.read(answerTo(letter).payload()).code();
    }

    private SignedDocument answerTo(SignedDocument letter) throws Exception {
        var id = "<" + ++mails + "." + letter.digest().value().hashCode() + "@plant.example>";
        send(Mails.with(Map.of("Message-ID", id), "Hello,\r\n\r\n" + Armor.write(letter).replace("\n", "\r\n> ") + "\r\nAnna"));
        var answer = next();
        assertThat(answer.getHeader("In-Reply-To", null)).isEqualTo(id);
        var attached = Armor.read((String) ((MimeMultipart) answer.getContent()).getBodyPart(1).getContent());
        assertThat(Armor.read(text(answer))).isEqualTo(attached);
        return attached;
    }

    private void send(byte[] mail) throws Exception {
        var properties = new Properties();
        var session = Session.getInstance(properties);
        try (var transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", server.getSmtp().getPort(), null, null);
            transport.sendMessage(new MimeMessage(session, new ByteArrayInputStream(mail)), new InternetAddress[] {new InternetAddress(VENDOR)});
        }
    }

    private int answers;

    /// The next mail that its sender gets.
    private MimeMessage next() throws Exception {
        answers++;
        var until = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (server.getReceivedMessagesForDomain("plant.example").length < answers && System.nanoTime() < until) {
            server.waitForIncomingEmail(LOOK_AGAIN_MILLIS, 2 * answers); // it misses what comes at the moment of the call
        }
        var own = server.getReceivedMessagesForDomain("plant.example");
        assertThat(own).as("each mail is answered once").hasSize(answers);
        return own[answers - 1];
    }

    private static String text(MimeMessage mail) throws Exception {
        return TestMail.text(mail);
    }
}
