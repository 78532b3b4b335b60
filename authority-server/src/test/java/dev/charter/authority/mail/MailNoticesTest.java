package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.charter.authority.RunningAuthority;
import dev.charter.authority.activation.Along;
import dev.charter.authority.desk.Brought;
import dev.charter.authority.desk.Channel;
import dev.charter.authority.desk.ReceiveLetter;
import dev.charter.authority.desk.Receipt;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.LicenseKey;
import dev.charter.format.Refusal;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.store.Engine;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What people get by mail, from the whole authority and over real SMTP.
@ParameterizedClass
@EnumSource
class MailNoticesTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Map<Engine, RunningAuthority> AUTHORITIES = new EnumMap<>(Engine.class);
    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private final RunningAuthority authority;
    private final TestHost plantA = TestHost.named("plant-a");
    private final String customer;
    private final String license;
    private final LicenseKey key;

    MailNoticesTest(Engine engine) throws Exception {
        if (AUTHORITIES.isEmpty()) {
            SERVER.start();
        }
        authority = AUTHORITIES.computeIfAbsent(engine, _ -> RunningAuthority.start(engine, Map.of("PUBLIC_URL", "https://licensing.acme.example/", "FAILED_KEYS_BURST", "1000",
                "SMTP", "smtp-plain://127.0.0.1:" + SERVER.getSmtp().getPort(), "MAIL_FROM", "ACME Licensing <licensing@acme.example>"), InstantSource.system()));
        SERVER.purgeEmailFromAllMailboxes();
        var admin = authority.admin();
        admin.post("/admin/v1/products", "{\"id\":\"mqtt-server\",\"name\":\"MQTT Server\",\"features\":[{\"name\":\"mqtt\",\"title\":\"MQTT\"}]}");
        admin.put("/admin/v1/products/mqtt-server", "{\"name\":\"MQTT Server\",\"features\":[{\"name\":\"mqtt\",\"title\":\"MQTT\"}],\"meters\":[],\"letters\":\"look\"}");
        customer = admin.post("/admin/v1/customers", "{\"name\":\"Wasserwerk Nürnberg\",\"email\":\"it@plant.example\"}").json().get("id").asString();
        var sold = admin.post("/admin/v1/licenses", "{\"product\":\"mqtt-server\",\"customer\":\"" + customer + "\",\"type\":\"offline\",\"activations\":2,\"entitlements\":[{\"feature\":\"mqtt\"}]}").json();
        license = sold.get("id").asString();
        key = LicenseKey.of(sold.get("key").asString());
    }

    @AfterAll
    static void stop() {
        AUTHORITIES.values().forEach(RunningAuthority::close);
        AUTHORITIES.clear();
        SERVER.stop();
    }

    @Test
    void a_letter_that_waited_is_answered_in_its_thread_with_the_usage_license_inline_and_attached() throws Exception {
        var request = plantA.asksToActivate(key);
        var letter = waits(request);

        var approved = authority.admin().send("POST", "/admin/v1/letters/" + letter + "/approve", null, Map.of());

        assertThat(approved.status()).isEqualTo(200);
        var mail = received();
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("licensing@acme.example", "ACME Licensing"));
        assertThat(mail.getRecipients(Message.RecipientType.TO)).containsExactly(new InternetAddress("anna@plant.example", "Anna Öz"));
        assertThat(mail.getSubject()).isEqualTo("Re: license for plant-a");
        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<2@plant.example>");
        assertThat(mail.getHeader("References", " ")).isEqualToNormalizingWhitespace("<1@plant.example> <2@plant.example>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        var parts = (MimeMultipart) mail.getContent();
        var text = parts.getBodyPart(0).getContent().toString();
        assertThat(text).contains("MQTT Server", license, "plant-a", "charter host install usage-license-" + license + ".txt", "Kind regards", "ACME Licensing").doesNotContain("{", key.revealSecret());
        var inline = Armor.read(text);
        assertThat(UsageLicense.read(inline.payload()).request()).isEqualTo(request.digest());
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("usage-license-" + license + ".txt");
        assertThat(Armor.read(new String(parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8))).isEqualTo(inline);
        assertThat(Armor.read(approved.json().get("document").asString())).isEqualTo(inline);
    }

    @Test
    void a_letter_that_is_refused_after_a_look_says_why_in_the_words_of_the_desk() throws Exception {
        var letter = waits(plantA.asksToActivate(key));

        authority.admin().post("/admin/v1/letters/" + letter + "/refuse", "{\"reason\":\"Order 4711 is not paid yet\"}");

        var parts = (MimeMultipart) received().getContent();
        var text = parts.getBodyPart(0).getContent().toString();
        assertThat(text).contains("Order 4711 is not paid yet", "MQTT Server").doesNotContain("{");
        assertThat(Refusal.read(Armor.read(text).payload()).message()).contains("Order 4711 is not paid yet");
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("refusal-" + license + ".txt");
    }

    @Test
    void a_link_to_the_customers_page_goes_to_the_licenses_contact() throws Exception {
        authority.anonymous().post("/portal/v1/links", "{\"licenseId\":\"" + license + "\"}");

        var mail = received();
        assertThat(mail.getRecipients(Message.RecipientType.TO)).containsExactly(new InternetAddress("it@plant.example", "Wasserwerk Nürnberg"));
        assertThat(mail.getSubject()).isEqualTo("Your link to license " + license);
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        var text = mail.getContent().toString();
        var token = text.replaceFirst("(?s).*https://licensing\\.acme\\.example/portal/#token=([0-9A-Za-z]+).*", "$1");
        assertThat(authority.anonymous().post("/portal/v1/hosts", "{\"token\":\"" + token + "\"}").json().get("license").get("id").asString()).isEqualTo(license);
        assertThat(text).contains("Hello Wasserwerk Nürnberg").doesNotContain("{");
    }

    @Test
    void what_was_decided_about_a_lost_host_is_told_with_the_reason() throws Exception {
        authority.admin().post("/admin/v1/letters", "{\"text\":" + json(Armor.write(plantA.asksToActivate(key))) + "}");
        var letter = authority.admin().get("/admin/v1/letters?state=waiting").json().get("letters").get(0).get("id").asString();
        authority.admin().send("POST", "/admin/v1/letters/" + letter + "/approve", null, Map.of());
        var activation = authority.admin().get("/admin/v1/licenses/" + license).json().get("hosts").get(0).get("activation").asString();
        var loss = authority.admin().post("/admin/v1/losses", "{\"license\":\"" + license + "\",\"activation\":\"" + activation + "\",\"story\":\"It burnt.\"}").json().get("id").asString();

        authority.admin().post("/admin/v1/losses/" + loss + "/restore", "{\"reason\":\"Photo of the burnt cabinet seen\"}");

        var mail = received();
        assertThat(mail.getSubject()).isEqualTo("License " + license + ": what a lost server held is free again");
        assertThat(mail.getContent().toString()).contains("plant-a", "Photo of the burnt cabinet seen", "ACME Licensing").doesNotContain("{");
    }

    @Test
    void a_contact_whose_address_is_none_undoes_nothing_and_is_seen_at_the_desk() {
        authority.admin().put("/admin/v1/customers/" + customer, "{\"name\":\"ACME Water\",\"email\":\"a,b@plant.example\"}");

        assertThat(authority.anonymous().post("/portal/v1/links", "{\"licenseId\":\"" + license + "\"}").status()).isEqualTo(200);

        var failed = authority.admin().get("/admin/v1/mails?state=failed").json().get("mails").get(0);
        assertThat(failed.get("to").asString()).isEqualTo("a,b@plant.example");
        assertThat(failed.get("problem").asString()).contains("Correct it");
        assertThat(authority.admin().send("POST", "/admin/v1/mails/" + failed.get("id").asString() + "/attempts", null, Map.of()).status()).isEqualTo(409);
    }

    private String waits(SignedDocument request) {
        var thread = new MailThread("Anna Öz <anna@plant.example>", Optional.of("<2@plant.example>"), List.of("<1@plant.example>"), "license for plant-a");
        var receipt = authority.part(ReceiveLetter.class).handle(new Brought(Armor.write(request), Channel.MAIL, Optional.of(thread.write())), Along.NOTHING);
        return ((Receipt.Waits) receipt).letter();
    }

    private static MimeMessage received() {
        assertThat(SERVER.waitForIncomingEmail(AT_MOST.toMillis(), 1)).as("a mail came").isTrue();
        return SERVER.getReceivedMessages()[0];
    }

    private static String json(String text) {
        return RunningAuthority.JSON.writeValueAsString(text);
    }
}
