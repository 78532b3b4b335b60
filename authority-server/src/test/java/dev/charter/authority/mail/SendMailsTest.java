package dev.charter.authority.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.settings.MailSettings;
import dev.charter.authority.settings.MailSettings.Login;
import dev.charter.authority.settings.MailSettings.Protection;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.server.settings.Secret;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Over real SMTP on the loopback address; time passes when the test says so.
@ParameterizedClass
@EnumSource
class SendMailsTest {
    private static final String ANNA = "anna@plant.example";

    @TempDir
    Path folder;

    private final TestAuthority authority;
    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final Outbox outbox = TestMail.outbox(clock::get);
    private final Mails mails;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    SendMailsTest(Engine engine) {
        authority = TestAuthority.on(engine);
        mails = new Mails(authority.transactions());
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
        authority.close();
    }

    @Test
    void a_mail_is_delivered_once_as_it_was_written() throws Exception {
        puts("hello", "Grüße");
        var written = authority.transactions().reading(TestMail::waiting).getFirst().getMessageID();

        rounds(smtp(), 2);

        var received = server.getReceivedMessages();
        assertThat(received).hasSize(1);
        assertThat(received[0].getMessageID()).isEqualTo(written);
        assertThat(received[0].getSubject()).isEqualTo("hello");
        assertThat(received[0].getContent().toString().strip()).isEqualTo("Grüße");
        assertThat(received[0].getHeader("Return-Path")).containsExactly("<licensing@acme.example>");
        assertThat(states()).containsExactly("SENT");
        assertThat(authority.transactions().reading(sql -> sql.one("SELECT content FROM outbox", row -> row.bytes("content"))).orElseThrow()).as("what was sent is not kept").isEmpty();
        assertThat(meters.counter("charter.mail.attempts", "outcome", "sent").count()).isEqualTo(1);
    }

    @Test
    void two_nodes_send_each_mail_once() {
        IntStream.range(0, 120).forEach(i -> puts("mail " + i, ""));

        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                var node = send(smtp());
                nodes.execute(() -> {
                    while (node.round()) {
                        Thread.onSpinWait();
                    }
                });
            }
        }

        rounds(smtp(), 1); // what one of them left, because the other one was at it
        assertThat(Arrays.stream(server.getReceivedMessages()).map(SendMailsTest::subject)).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void mails_wait_while_the_server_is_away_ever_longer_and_go_out_when_it_is_back() {
        puts("hello", "");
        var away = server(closedPort(), Protection.NONE, Optional.empty());

        for (var pause : List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(4), Duration.ofHours(4))) {
            rounds(away, 2);
            assertThat(next()).isEqualTo(clock.get().plus(pause));
            clock.updateAndGet(now -> now.plus(pause).minusMillis(1));
            rounds(smtp(), 1);
            assertThat(server.getReceivedMessages()).as("not before its time").isEmpty();
            clock.updateAndGet(now -> now.plusMillis(1));
        }
        rounds(smtp(), 1);

        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(states()).containsExactly("SENT");
    }

    @Test
    void a_mail_that_nobody_took_for_three_days_fails() {
        puts("hello", "");
        var begun = clock.get();
        var away = server(closedPort(), Protection.NONE, Optional.empty());

        while (states().equals(List.of("WAITING"))) {
            rounds(away, 1);
            clock.updateAndGet(now -> now.plus(Duration.ofHours(4)));
        }

        assertThat(Duration.between(begun, clock.get())).isBetween(Duration.ofHours(64), Duration.ofHours(76));
        assertThat(problem()).startsWith("given up after ");
        assertThat(mails.count().failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RCPT | 550 5.1.1 no such user
            .    | 554 5.7.1 spam
            DATA | 552 too large
            """)
    void what_is_refused_for_good_is_not_tried_again_and_is_told(String command, String reply) {
        puts("hello", "");

        try (var scripted = new ScriptedSmtp(Map.of(command, reply))) {
            rounds(server(scripted.port(), Protection.NONE, Optional.empty()), 1);
        }

        assertThat(states()).containsExactly("FAILED");
        assertThat(problem()).contains(reply);
        assertThat(meters.counter("charter.mail.attempts", "outcome", "failed").count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RCPT | 450 4.2.1 greylisted
            .    | 451 4.3.0 local error
            .    | 421 4.3.2 closing
            MAIL | 550 5.7.1 sender refused
            MAIL | 452 4.3.1 no room
            EHLO | 554 no
            """)
    void what_is_refused_for_now_or_is_ours_to_mend_is_tried_again(String command, String reply) {
        puts("hello", "");

        try (var scripted = new ScriptedSmtp(Map.of(command, reply, "HELO", reply))) {
            rounds(server(scripted.port(), Protection.NONE, Optional.empty()), 1);
        }

        assertThat(states()).containsExactly("WAITING");
        assertThat(problem()).contains(reply.substring(0, 3));
        clock.updateAndGet(now -> now.plus(Duration.ofMinutes(1)));
        rounds(smtp(), 1);
        assertThat(states()).containsExactly("SENT");
    }

    @Test
    void one_mail_that_is_refused_holds_up_no_other() {
        puts("bad", "", "refused@plant.example");
        puts("good", "");
        var smtp = smtp();

        rounds(() -> new Carrier.Way() {
            private final Carrier.Way way = smtp.way();

            @Override
            public Carrier.Carried carry(QueuedMail mail) {
                if (mail.to().startsWith("refused")) {
                    throw new IllegalStateException("a mail that makes the carrier fail");
                }
                return way.carry(mail);
            }

            @Override
            public void close() {
                way.close();
            }
        }, 1);

        assertThat(Arrays.stream(server.getReceivedMessages()).map(SendMailsTest::subject)).containsExactly("good");
        assertThat(states()).containsExactlyInAnyOrder("SENT", "WAITING");
    }

    @Test
    void a_crash_after_the_server_took_a_mail_repeats_it_with_the_same_message_id_and_loses_none() throws Exception {
        puts("hello", "");
        var smtp = smtp();
        class Crash extends Error {
            private static final long serialVersionUID = 1;
        }
        rounds(() -> new Carrier.Way() {
            @Override
            public Carrier.Carried carry(QueuedMail mail) {
                try (var way = smtp.way()) {
                    assertThat(way.carry(mail)).isEqualTo(new Carrier.Carried.Done());
                }
                throw new Crash();
            }

            @Override
            public void close() {}
        }, 1);
        assertThat(states()).containsExactly("WAITING");

        clock.updateAndGet(now -> now.plus(Mails.HELD_FOR).minusMillis(1));
        rounds(smtp(), 1);
        assertThat(server.getReceivedMessages()).as("it belongs to the one that crashed, for a while").hasSize(1);
        clock.updateAndGet(now -> now.plusMillis(1));
        rounds(smtp(), 2);

        var received = server.getReceivedMessages();
        assertThat(received).hasSize(2);
        assertThat(received[0].getMessageID()).isEqualTo(received[1].getMessageID());
        assertThat(states()).containsExactly("SENT");
    }

    @Test
    void a_server_that_offers_no_tls_gets_no_mail_and_no_password() {
        puts("hello", "");

        try (var scripted = new ScriptedSmtp(Map.of())) {
            rounds(server(scripted.port(), Protection.STARTTLS, Optional.of(new Login("me", new Secret("a secret")))), 1);
            assertThat(scripted.heard()).contains("EHLO").doesNotContain("AUTH", "MAIL");
        }

        assertThat(states()).containsExactly("WAITING");
        assertThat(problem()).contains("STARTTLS");
    }

    @Test
    void a_server_that_refuses_the_password_does_not_learn_of_any_mail_and_the_desk_not_of_the_password() {
        puts("hello", "");

        try (var scripted = new ScriptedSmtp(Map.of("EHLO", "250-scripted\r\n250 AUTH PLAIN", "AUTH", "535 5.7.8 no"))) {
            rounds(server(scripted.port(), Protection.NONE, Optional.of(new Login("me", new Secret("a secret")))), 1);
            assertThat(scripted.heard()).contains("AUTH").doesNotContain("MAIL");
        }

        assertThat(states()).containsExactly("WAITING");
        assertThat(problem()).contains("refuses the user or the password").doesNotContain("a secret");
    }

    @Test
    void without_a_server_mails_are_files_that_mail_programs_open() throws Exception {
        puts("hello", "Grüße");

        rounds(new FolderCarrier(folder.resolve("outbox")), 2);

        try (var files = Files.list(folder.resolve("outbox"))) {
            assertThat(files).singleElement().satisfies(file -> {
                assertThat(file.getFileName().toString()).matches("20260301-120000-mai-[0-9a-z]{12}\\.eml");
                assertThat(TestMail.read(Files.readAllBytes(file)).getContent()).isEqualTo("Grüße");
            });
        }
        assertThat(states()).containsExactly("SENT");
    }

    @Test
    void operators_see_what_waits_how_long_and_what_failed() {
        var watch = new WatchOutbox(mails, clock::get, meters);
        watch.look();
        assertThat(watch.seen()).isEqualTo(new WatchOutbox.Seen(0, Duration.ZERO, 0));
        puts("hello", "");
        clock.updateAndGet(now -> now.plus(Duration.ofMinutes(14)));
        puts("again", "");

        watch.look();
        assertThat(watch.seen()).isEqualTo(new WatchOutbox.Seen(2, Duration.ofMinutes(14), 0));
        assertThat(watch.seen().isInTime()).isTrue();
        assertThat(meters.get("charter.mail.waiting").gauge().value()).isEqualTo(2);
        clock.updateAndGet(now -> now.plus(Duration.ofMinutes(1)));
        watch.look();
        assertThat(watch.seen().isInTime()).isFalse();
    }

    @Test
    void what_was_sent_is_forgotten_after_a_month_and_what_waits_never() {
        puts("hello", "");
        rounds(smtp(), 1);
        puts("waits", "");
        clock.updateAndGet(now -> now.plus(Duration.ofDays(31)));

        mails.forget(clock.get());

        assertThat(states()).containsExactly("WAITING");
    }

    @Test
    void the_desk_sees_what_is_not_out_and_has_it_tried_again() {
        var desk = new MailResource(mails, new MailKey(authority.licenses().open(), TestMail.contact(clock::get, Templates.ofProgram()), authority.transactions()), authority.store().issuerTime(clock::get));
        puts("fails", "");
        try (var scripted = new ScriptedSmtp(Map.of("RCPT", "550 5.1.1 no such user"))) {
            rounds(server(scripted.port(), Protection.NONE, Optional.empty()), 1);
        }
        clock.updateAndGet(now -> now.plusSeconds(1));
        puts("waits", "");
        rounds(server(closedPort(), Protection.NONE, Optional.empty()), 1);

        var page = desk.page(TestAuthority.VENDOR, "unsent", 1, Optional.empty());
        var waits = page.mails().getFirst();
        assertThat(waits.state()).isEqualTo("waiting");
        assertThat(waits.to()).isEqualTo(ANNA);
        assertThat(waits.attempts()).isEqualTo(1);
        assertThat(waits.nextAttemptAt()).contains(clock.get().plus(Duration.ofMinutes(1)));
        assertThat(waits.problem()).hasValueSatisfying(problem -> assertThat(problem).contains("connect"));
        var fails = desk.page(TestAuthority.VENDOR, "unsent", 1, page.next()).mails().getFirst();
        assertThat(fails.subject()).isEqualTo("fails");
        assertThat(fails.state()).isEqualTo("failed");
        assertThat(desk.page(TestAuthority.VENDOR, "failed", 50, Optional.empty()).mails()).containsExactly(fails);

        assertThat(desk.tryAgain(TestAuthority.VENDOR, fails.id()).state()).isEqualTo("waiting");
        desk.tryAgain(TestAuthority.VENDOR, waits.id());
        rounds(smtp(), 1);

        assertThat(Arrays.stream(server.getReceivedMessages()).map(SendMailsTest::subject)).containsExactlyInAnyOrder("fails", "waits");
        assertThat(desk.page(TestAuthority.VENDOR, "unsent", 50, Optional.empty()).mails()).isEmpty();
        assertThat(desk.page(TestAuthority.VENDOR, "sent", 50, Optional.empty()).mails()).hasSize(2);
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> desk.tryAgain(TestAuthority.VENDOR, fails.id())).withMessageContaining("sent already");
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> desk.tryAgain(TestAuthority.VENDOR, "mai-000000000000")).withMessageContaining("no mail");
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> desk.page(TestAuthority.VENDOR, "open", 50, Optional.empty()));
    }

    @Test
    void a_server_whose_certificate_names_another_is_not_talked_to() throws Exception {
        puts("hello", "");
        var trustsAll = SSLContext.getInstance("TLS");
        trustsAll.init(null, new TrustManager[] {new TrustsAll()}, null);
        var secured = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        secured.start();
        try {
            var smtps = new MailSettings.Server(Protection.TLS, "127.0.0.1", secured.getSmtps().getPort(), Optional.empty());
            rounds(new SmtpCarrier(smtps, TestMail.FROM, Optional.of(trustsAll.getSocketFactory())), 1);
            assertThat(problem()).as("all are trusted, and yet this one is another").contains("subject alternative names");
            assertThat(secured.getReceivedMessages()).isEmpty();
        } finally {
            secured.stop();
        }
        assertThat(states()).containsExactly("WAITING");
    }

    /// Takes every certificate; whether it names the server is looked at by the JDK then.
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private void puts(String subject, String text) {
        puts(subject, text, ANNA);
    }

    private void puts(String subject, String text, String to) {
        authority.transactions().doInOne(sql -> outbox.put(sql, OutgoingMail.to(to, subject, text)));
    }

    private void rounds(Carrier carrier, int count) {
        var node = send(carrier);
        for (int i = 0; i < count; i++) {
            node.round();
        }
    }

    private SendMails send(Carrier carrier) {
        return new SendMails(mails, carrier, clock::get, FailPoints.none(), meters);
    }

    private Carrier smtp() {
        return server(server.getSmtp().getPort(), Protection.NONE, Optional.empty());
    }

    private static Carrier server(int port, Protection protection, Optional<Login> login) {
        return new SmtpCarrier(new MailSettings.Server(protection, "127.0.0.1", port, login), TestMail.FROM, Optional.empty());
    }

    private static int closedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> states() {
        return authority.transactions().reading(sql -> sql.query("SELECT state FROM outbox ORDER BY created_at, id", row -> row.text("state")));
    }

    private Instant next() {
        return authority.transactions().reading(sql -> sql.one("SELECT next_at FROM outbox", row -> row.instant("next_at"))).orElseThrow();
    }

    private String problem() {
        return authority.transactions().reading(sql -> sql.one("SELECT problem FROM outbox", row -> row.text("problem"))).orElseThrow();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
