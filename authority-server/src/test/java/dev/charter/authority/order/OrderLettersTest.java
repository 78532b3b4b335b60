package dev.charter.authority.order;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.charter.authority.mail.TestMail;
import dev.charter.authority.testing.TestHost;
import dev.charter.store.Engine;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/// What buyers find in their mailbox, over real SMTP.
class OrderLettersTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final String KEY = "(?s).*\\b([0-9A-Z]{5}(?:-[0-9A-Z]{5}){4})\\b.*";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final TestHost plant = TestHost.named("plant-a");
    private final List<MimeMessage> received = new ArrayList<>();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        log().detachAppender(logged);
        log().setLevel(null);
        server.stop();
    }

    @ParameterizedTest
    @EnumSource
    void a_buyer_gets_one_letter_for_each_order_and_its_key_stands_in_no_subject_and_no_log(Engine engine) throws Exception {
        try (var shop = new OnlineShop(engine, Map.of("CHECKOUT", "test", "SMTP", "smtp-plain://127.0.0.1:" + server.getSmtp().getPort(), "MAIL_FROM", "ACME Licensing <licensing@acme.example>"))) {
            logged.start();
            log().setLevel(Level.TRACE);
            log().addAppender(logged);

            var license = bought(shop, "new", 140_000, "mqtt-server", "support");
            var key = shop.authority.admin().get("/admin/v1/licenses/" + license + "/key").json().get("key").asString();
            var letter = next(1);
            assertThat(letter.getRecipients(Message.RecipientType.TO)).containsExactly(new InternetAddress("anna@plant.example", "Anna \u00d6z"));
            assertThat(letter.getSubject()).isEqualTo("Your license " + license + " of MQTT Server");
            assertThat(letter.isMimeType("multipart/alternative")).isTrue();
            assertThat(TestMail.text(letter)).contains("Hello Anna \u00d6z", "receipt", "mqtt-server: 1200.00 EUR", "support, 1 year: 200.00 EUR", "Total: 1400.00 EUR", license, key).doesNotContain("{");
            assertThat(TestMail.html(letter)).contains("Hello Anna &#214;z", "<td>support, 1 year</td><td class=\"amount\">200.00 EUR</td>", "1400.00 EUR", license, "<p class=\"key\">" + key + "</p>");

            shop.authority.anonymous().send("POST", "/v1/usage-requests", plant.asksToActivateById(license).toBytes(), Map.of("Content-Type", "application/jose+json"));
            assertThat(bought(shop, license, 30_000, "sparkplug")).isEqualTo(license);
            var upgrade = next(2);
            assertThat(upgrade.getSubject()).isEqualTo("Your license " + license + " was upgraded");
            assertThat(TestMail.text(upgrade)).contains("receipt", "sparkplug: 300.00 EUR", "Reactivate").doesNotContain(key, "{");
            assertThat(TestMail.html(upgrade)).contains("<td>sparkplug</td><td class=\"amount\">300.00 EUR</td>").doesNotContain(key);

            var again = shop.authority.admin().post("/admin/v1/mails", "{\"license\":\"" + license + "\"}");
            assertThat(again.status()).as(again.text()).isEqualTo(200);
            var once = next(3);
            assertThat(once.getSubject()).isEqualTo("Your license " + license + " of MQTT Server");
            assertThat(TestMail.text(once)).contains(key, "one server, activated online", "no end");

            assertThat(server.getReceivedMessages()).as("one letter each, and no more").hasSize(3);
            for (var mail : received) {
                assertThat(mail.getSubject()).doesNotMatch(KEY);
            }
            assertThat(shop.authority.admin().get("/admin/v1/mails?state=all").text()).doesNotContain(key);
            assertThat(List.copyOf(logged.list)).extracting(event -> event.getFormattedMessage() + event.getThrowableProxy()).noneMatch(line -> line.contains(key));
        }
    }

    private String bought(OnlineShop shop, String license, long total, String... items) {
        var order = shop.orders(plant, license, total, items).json().get("id").asString();
        var page = shop.authority.anonymous().get("/v1/checkouts/" + order).header("Location").orElseThrow();
        assertThat(shop.authority.anonymous().send("POST", page + "/pay", new byte[0], Map.of("Content-Type", "application/x-www-form-urlencoded")).status()).isEqualTo(303);
        return shop.awaitsState(order, "fulfilled").get("license").asString();
    }

    private MimeMessage next(int count) {
        assertThat(server.waitForIncomingEmail(AT_MOST.toMillis(), count)).as("a mail came").isTrue();
        received.add(server.getReceivedMessages()[count - 1]);
        return received.getLast();
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger("dev.charter");
    }
}
