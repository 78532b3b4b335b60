package dev.charter.authority.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.charter.authority.mail.OutgoingMail;
import dev.charter.authority.mail.TestMail;
import dev.charter.authority.settings.MailSettings;
import dev.charter.authority.settings.MailboxSettings;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.server.settings.Secret;
import dev.charter.store.Engine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On a real server for mail.
class ReadMailboxTest {
    private static final String POISON = "poison";

    final GreenMail server = new GreenMail(new ServerSetup[] {ServerSetup.IMAP.dynamicPort()});
    final TestAuthority authority = TestAuthority.on(Engine.SQLITE);
    final TestAuthority.Sold offline = authority.sells("{\"type\":\"offline\",\"activations\":3}");
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicBoolean isAway = new AtomicBoolean();
    GreenMailUser user;
    int port;

    @BeforeEach
    void start() {
        server.start();
        port = server.getImap().getPort();
        user = server.setUser("licensing@acme.example", "licensing", "pass");
    }

    @AfterEach
    void stop() {
        server.stop();
        authority.close();
    }

    @Test
    void waiting_mails_are_answered_and_noted_as_answered_once() throws Exception {
        var letter = Armor.write(TestHost.named("plant-a").asksToActivate(offline.key()));
        arrives(Mails.plain(letter));
        arrives(Mails.plain("Hello?"));
        arrives(Mails.with(Map.of("Precedence", "bulk"), "Buy now"));
        var read = reading("pass");

        assertThat(read.batch()).isFalse();
        assertThat(waiting()).isEqualTo(2);
        assertThat(inbox().getMessages()).extracting(mail -> mail.getFlags().contains(Flags.Flag.ANSWERED)).containsExactly(true, true, false);
        assertThat(inbox().getMessages()).allSatisfy(mail -> assertThat(mail.getFlags().contains(Flags.Flag.SEEN)).isTrue());

        assertThat(read.batch()).isFalse();
        assertThat(reading("pass").batch()).isFalse();
        assertThat(waiting()).isEqualTo(2);
        assertThat(meters.counter("charter.mailbox.mails").count()).as("seen to once").isEqualTo(3);
        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
    }

    @Test
    void what_was_answered_before_a_crash_and_not_noted_is_not_answered_again() throws Exception {
        arrives(Mails.plain(Armor.write(TestHost.named("plant-a").asksToActivate(offline.key()))));
        reading("pass").batch();
        for (var mail : inbox().getMessages()) {
            mail.setFlags(new Flags(Flags.Flag.SEEN), false);
            mail.setFlags(new Flags(Flags.Flag.ANSWERED), false);
            mail.setFlags(new Flags("$CharterRead"), false);
        }

        reading("pass").batch();

        assertThat(waiting()).isEqualTo(1);
        assertThat(meters.counter("charter.mailbox.results", "result", "known").count()).isEqualTo(1);
        assertThat(inbox().getMessages().getFirst().getFlags().contains(Flags.Flag.ANSWERED)).isTrue();
    }

    @Test
    void a_mail_that_fails_each_time_is_set_aside_for_the_desk_and_the_rest_goes_on() throws Exception {
        arrives(Mails.with(Map.of("Subject", POISON), "first"));
        arrives(Mails.plain("second"));
        var read = reading("pass");

        read.batch();
        assertThat(waiting()).isEqualTo(1);
        assertThat(authority.desk().unread()).hasSize(1);
        read.batch();
        assertThat(inbox().getMessages().getFirst().getFlags().contains(Flags.Flag.SEEN)).isFalse();
        read.batch();

        assertThat(inbox().getMessages().getFirst().getFlags().contains(Flags.Flag.SEEN)).isTrue();
        assertThat(authority.desk().unread()).hasSize(2).anySatisfy(unread -> assertThat(unread).contains("could not be processed").contains("Subject: poison"));
        assertThat(meters.counter("charter.mailbox.results", "result", "set_aside").count()).isEqualTo(1);
    }

    @Test
    void while_the_authority_cannot_answer_mails_wait_and_do_not_count_as_poison() throws Exception {
        arrives(Mails.plain(Armor.write(TestHost.named("plant-a").asksToActivate(offline.key()))));
        var read = reading("pass");
        isAway.set(true);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(read::batch).isInstanceOf(dev.charter.server.web.Rejected.class);
        }
        isAway.set(false);

        read.batch();

        assertThat(waiting()).isEqualTo(1);
        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
        assertThat(authority.desk().unread()).isEmpty();
    }

    @Test
    void more_mails_than_fit_into_one_batch_are_seen_to_in_several() throws Exception {
        for (int i = 0; i < 70; i++) {
            arrives(Mails.with(Map.of("From", "p" + i + "@plant.example"), "hello " + i));
        }
        var read = reading("pass");

        assertThat(read.batch()).isTrue();
        assertThat(read.batch()).isFalse();
        assertThat(waiting()).isEqualTo(70);
    }

    @Test
    void a_mail_of_more_than_25_mb_is_answered_and_not_read() throws Exception {
        arrives(Mails.plain(Armor.write(TestHost.named("plant-a").asksToActivate(offline.key())) + "A".repeat(ReceivedMail.LARGEST)));

        reading("pass").batch();

        assertThat(authority.license(offline.id()).used()).isZero();
        assertThat((String) authority.transactions().reading(TestMail::waiting).getFirst().getContent()).contains("Mails of more than 25 MB are not read");
    }

    @Test
    void mails_that_lay_there_for_a_month_are_left_alone() throws Exception {
        var old = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(Mails.plain("an old one")));
        inbox().appendMessage(old, new Flags(), Date.from(Instant.now().minus(Duration.ofDays(40))));

        reading("pass").batch();

        assertThat(waiting()).isZero();
    }

    @Test
    void malformed_mails_do_not_stop_the_others() throws Exception {
        for (var name : List.of("thousands of headers", "quoted-printable that is none", "random bytes")) {
            arrives(MalformedMails.of(name));
        }
        // The mail server of this test looks for a service anew for each part: a thousand parts are enough here. The reading of all is tested without a server.
        arrives(Arrays.copyOf(MalformedMails.of("parts without end"), 8 * 1024));
        arrives(Mails.plain(Armor.write(TestHost.named("plant-a").asksToActivate(offline.key()))));

        reading("pass").batch();

        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
        assertThat(inbox().getMessages()).allSatisfy(mail -> assertThat(mail.getFlags().contains(Flags.Flag.SEEN)).isTrue());
    }

    @Test
    void a_mailbox_that_does_not_open_is_said_and_tried_less_and_less_often() {
        assertThatThrownBy(() -> reading("wrong").batch()).isInstanceOf(MessagingException.class);
        server.stop();
        assertThatThrownBy(() -> reading("pass").batch()).isInstanceOf(MessagingException.class);

        var every = Duration.ofSeconds(30);
        assertThat(RegularReading.pause(every, 0)).isEqualTo(every);
        assertThat(RegularReading.pause(every, 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(RegularReading.pause(every, 3)).isEqualTo(Duration.ofMinutes(4));
        assertThat(RegularReading.pause(every, 1000)).isEqualTo(Duration.ofMinutes(5));
        assertThat(RegularReading.pause(Duration.ofHours(1), 5)).isEqualTo(Duration.ofHours(1));
    }

    private ReadMailbox reading(String password) {
        var outbox = TestMail.outbox(() -> Instant.parse("2026-03-01T08:00:00Z"));
        var taken = new Taken(authority.transactions(), 100);
        var watch = new WatchMailbox(authority::now, meters);
        var answer = new AnswerMail(authority.desk().receive(), new WrittenByAcme(), authority.desk().keepUnreadable(), mail -> outbox.write(unlessItFails(mail)), taken,
                new IsMachine(List.of()), authority::now);
        var settings = new MailboxSettings(new MailSettings.Server(MailSettings.Protection.NONE, "127.0.0.1", port, Optional.of(new MailSettings.Login("licensing", new Secret(password)))),
                "INBOX", Duration.ofSeconds(1), 100);
        return new ReadMailbox(settings, new TakeMail(answer, taken, watch, authority::now), watch, Instant::now);
    }

    private OutgoingMail unlessItFails(OutgoingMail mail) {
        if (mail.subject().contains(POISON)) {
            throw new IllegalStateException("this mail fails each time");
        }
        if (isAway.get()) {
            throw dev.charter.server.web.Rejected.until(dev.charter.server.web.HttpProblem.UNAVAILABLE, Duration.ofSeconds(1), "Not now.");
        }
        return mail;
    }

    private void arrives(byte[] mail) {
        user.deliver(new MimeMessageOf(mail).message());
    }

    /// Bytes as they are.
    private record MimeMessageOf(byte[] bytes) {
        MimeMessage message() {
            try {
                return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
            } catch (MessagingException fault) {
                throw new AssertionError(new String(bytes, StandardCharsets.ISO_8859_1), fault);
            }
        }
    }

    private MailFolder inbox() throws FolderException {
        ImapHostManager manager = server.getManagers().getImapHostManager();
        return manager.getInbox(user);
    }

    private int waiting() {
        return authority.transactions().reading(TestMail::waiting).size();
    }
}
