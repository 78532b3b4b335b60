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
        var text = TestMail.text(mail);
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

        var mail = received();
        var parts = (MimeMultipart) mail.getContent();
        var text = TestMail.text(mail);
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
        var text = TestMail.text(mail);
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
        assertThat(TestMail.text(mail)).contains("plant-a", "Photo of the burnt cabinet seen", "ACME Licensing").doesNotContain("{");
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

    @Test
    void a_mail_that_failed_is_an_alarm_until_somebody_has_looked_at_it() {
        var admin = authority.admin();
        admin.put("/admin/v1/customers/" + customer, "{\"name\":\"ACME Water\",\"email\":\"a,b@plant.example\"}");
        assertThat(admin.post("/admin/v1/mails", "{\"license\":\"" + license + "\"}").json().get("state").asString()).isEqualTo("failed");
        var mail = admin.get("/admin/v1/mails?state=failed").json().get("mails").get(0).get("id").asString();

        authority.part(WatchOutbox.class).look();
        assertThat(authority.anonymous().get("/health").json().get("status").asString()).as("the authority itself is up").isEqualTo("up");
        assertThat(authority.anonymous().get("/health").json().get("mail").get("status").asString()).isEqualTo("down");
        assertThat(authority.anonymous().get("/metrics").text()).containsPattern("charter_mail_failed [1-9]");
        var alarm = admin.get("/admin/v1/alarms?limit=1").json().get("alarms").get(0);
        assertThat(alarm.get("kind").asString()).isEqualTo("mail");
        assertThat(alarm.get("id").asString()).isEqualTo(mail);
        assertThat(alarm.has("license")).isFalse();

        admin.get("/admin/v1/mails?state=failed").json().get("mails").forEach(failed -> assertThat(admin.send("POST", "/admin/v1/mails/" + failed.get("id").asString() + "/seen", null, Map.of()).status()).isEqualTo(200));

        authority.part(WatchOutbox.class).look();
        assertThat(authority.anonymous().get("/health").json().get("mail").get("status").asString()).isEqualTo("up");
        assertThat(admin.get("/admin/v1/alarms").json().get("alarms").valueStream().map(each -> each.get("kind").asString())).doesNotContain("mail");
        assertThat(admin.get("/admin/v1/mails?state=failed").json().get("mails").get(0).has("seenAt")).isTrue();
        assertThat(admin.send("POST", "/admin/v1/mails/mai-000000000000/seen", null, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void a_key_is_mailed_by_whoever_may_see_it_and_of_no_license_that_may_not_be_used() {
        assertThat(authority.as(authority.tokenWith(List.of("mails:write"))).post("/admin/v1/mails", "{\"license\":\"" + license + "\"}").status()).isEqualTo(403);
        assertThat(authority.admin().post("/admin/v1/mails", "{\"license\":\"lic-000000000000\"}").status()).isEqualTo(404);
        var both = authority.as(authority.tokenWith(List.of("mails:write", "keys:reveal")));

        var mailed = both.post("/admin/v1/mails", "{\"license\":\"" + license + "\"}");

        assertThat(mailed.json().get("to").asString()).contains("it@plant.example");
        assertThat(TestMail.text(received())).contains(key.revealSecret(), "2 servers, activated by letter", "no end");
        authority.admin().post("/admin/v1/licenses/" + license + "/suspend", "{\"reason\":\"Not paid\"}");
        assertThat(both.post("/admin/v1/mails", "{\"license\":\"" + license + "\"}").json().get("detail").asString()).contains("suspended");
    }

    @Test
    void each_mail_can_be_looked_at_before_a_customer_sees_it_and_so_can_other_words() {
        var previews = "/admin/v1/mails/previews/mqtt-server";
        var all = authority.admin().get(previews).json().get("mails");
        assertThat(all.valueStream().map(mail -> mail.get("name").asString())).hasSize(MailKind.values().length).contains("order-license", "license-ends", "usage-license");
        all.forEach(mail -> {
            var shown = authority.admin().get(previews + "/" + mail.get("name").asString()).json();
            assertThat(shown.get("html").asString()).startsWith("<!DOCTYPE html>").contains("ACME Licensing");
            assertThat(shown.get("text").asString()).contains("ACME Licensing");
            assertThat(shown.get("source").asString()).isEqualTo("program");
        });

        var tried = authority.admin().post(previews + "/license-key", "{\"text\":\"Subject: {product}\\n\\nHallo {customer}: {key}\"}").json();
        assertThat(tried.get("subject").asString()).isEqualTo("MQTT Server");
        assertThat(tried.get("html").asString()).contains("<p>Hallo Wasserwerk N&#252;rnberg: ");
        var refused = authority.admin().post(previews + "/license-key", "{\"text\":\"Subject: {product}\\n\\nHallo {kunde}: {key}\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").asString()).contains("{kunde}", "{customer}");
        assertThat(authority.admin().get(previews + "/no-mail").status()).isEqualTo(404);
        assertThat(authority.admin().get("/admin/v1/mails/previews/no-product").status()).isEqualTo(404);
        assertThat(authority.as(authority.tokenWith(List.of("mails:write"))).get(previews).status()).isEqualTo(403);
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
