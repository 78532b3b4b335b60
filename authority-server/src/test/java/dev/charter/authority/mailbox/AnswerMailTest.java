package dev.charter.authority.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.charter.authority.mail.Outbox;
import dev.charter.authority.mail.TestMail;
import dev.charter.authority.mailbox.AnswerMail.Result;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.store.Engine;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class AnswerMailTest {
    private static final int ANSWERS_PER_HOUR = 5;

    final TestAuthority authority;
    final Outbox outbox;
    final AnswerMail answer;
    final TestHost plantA = TestHost.named("plant-a");
    final TestHost plantB = TestHost.named("plant-b");
    final TestAuthority.Sold offline;

    AnswerMailTest(Engine engine) {
        authority = TestAuthority.on(engine);
        var later = new AtomicLong();
        outbox = TestMail.outbox(() -> Instant.parse("2026-03-01T08:00:00Z").plusMillis(later.incrementAndGet()));
        answer = answering(outbox);
        offline = authority.sells("{\"type\":\"offline\",\"activations\":1}");
    }

    private AnswerMail answering(Outbox into) {
        return new AnswerMail(authority.desk().receive(), new WrittenByAcme(), authority.desk().keepUnreadable(), into, new Taken(authority.transactions(), ANSWERS_PER_HOUR), new IsMachine(List.of("licensing@acme.example")),
                authority::now);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void a_mail_with_a_request_is_answered_in_its_thread_with_the_usage_license_inline_and_attached() throws Exception {
        var letter = plantA.asksToActivate(offline.key());

        assertThat(handle(Mails.with(Map.of("Message-ID", "<17@plant.example>", "References", "<15@plant.example> <16@plant.example>", "Subject", "Anfrage"), "Hello,\n" + Armor.write(letter)))).containsExactly(Result.ANSWERED);

        var mail = onlyOne();
        assertThat(mail.getHeader("In-Reply-To", null)).isEqualTo("<17@plant.example>");
        assertThat(mail.getHeader("References", " ").split("\\s+")).containsExactly("<15@plant.example>", "<16@plant.example>", "<17@plant.example>");
        assertThat(mail.getSubject()).isEqualTo("Re: Anfrage");
        assertThat(mail.getRecipients(Message.RecipientType.TO)).extracting(Object::toString).containsExactly(Mails.SENDER);
        assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("usage-license-" + offline.id() + ".txt");
        var inline = Armor.read(TestMail.text(mail));
        assertThat(Armor.read(text(parts.getBodyPart(1)))).isEqualTo(inline);
        assertThat(Armor.read(PlainText.ofHtml(TestMail.html(mail)))).as("where only the page is shown").isEqualTo(inline);
        var bytes = new ByteArrayOutputStream();
        mail.writeTo(bytes);
        assertThat(FindLetters.in(ReceivedMail.read(bytes.toByteArray()).texts()).others()).as("where it is sent back").isNotEmpty().allSatisfy(other -> assertThat(Armor.read(other)).isEqualTo(inline));
        UsageLicense content = TestAuthority.verifier().answer(inline, letter).content();
        assertThat(content.license().id()).isEqualTo(offline.id());
    }

    @Test
    void the_server_info_that_a_floating_server_shows_is_answered_with_how_many_seats_there_are_and_where_to_install_it() throws Exception {
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":5}");
        var letter = plantA.asFloatingServer().asksToActivate(sold.key());
        var info = "Floating license server: request for a license\nSend this whole text to the vendor. The answer is a usage license.\n\nProduct:      mqtt-server\nHost ID:      "
                + plantA.keyId() + "\nFingerprint:  board Zm9vYmFyMTI\nVersion:      0.1.0\n\n" + Armor.write(letter);

        assertThat(handle(Mails.plain("Hi,\n\n> " + info.replace("\n", "\n> ")))).containsExactly(Result.ANSWERED);

        var inline = TestMail.text(onlyOne());
        assertThat(inline).contains("floating license server", "Seats:         5", "license-inbox");
        assertThat(TestAuthority.verifier().answer(Armor.read(inline), letter).content().pool().orElseThrow().seats()).isEqualTo(5);
    }

    @Test
    void a_refusal_is_an_answer_too_and_a_release_is_acknowledged() throws Exception {
        var held = granted(plantA);
        handle(Mails.plain(Armor.write(plantB.asksToActivate(offline.key()))));
        assertThat(Refusal.read(Armor.read(text(waiting().getLast())).payload()).code()).isEqualTo(RefusalCode.ACTIVATIONS_EXHAUSTED);

        handle(Mails.plain(Armor.write(plantA.releases(held))));

        assertThat(text(waiting().getLast())).contains("BEGIN CHARTER RELEASE");
        assertThat(authority.license(offline.id()).used()).isZero();
    }

    @Test
    void the_same_mail_twice_is_answered_once_and_takes_one_activation() {
        var mail = Mails.plain(Armor.write(plantA.asksToActivate(offline.key())));

        assertThat(handle(mail)).containsExactly(Result.ANSWERED);
        assertThat(handle(mail)).containsExactly(Result.KNOWN);
        assertThat(handle(("Received: by another way\r\n" + new String(mail, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8))).containsExactly(Result.KNOWN);

        assertThat(waiting()).hasSize(1);
        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
    }

    @Test
    void the_same_letter_in_another_mail_gets_the_same_answer() throws Exception {
        var letter = Armor.write(plantA.asksToActivate(offline.key()));

        handle(Mails.plain(letter));
        handle(Mails.plain("Once more, please:\n" + letter));

        assertThat(waiting()).hasSize(2);
        assertThat(Armor.read(text(waiting().get(1)))).isEqualTo(Armor.read(text(waiting().get(0))));
        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
    }

    @Test
    void several_nodes_that_read_the_same_mail_at_once_answer_it_once() throws Exception {
        var mail = Mails.plain(Armor.write(plantA.asksToActivate(offline.key())));
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = nodes.invokeAll(IntStream.range(0, 16).<Callable<Set<Result>>>mapToObj(_ -> () -> answering(outbox).handle(ReceivedMail.read(mail))).toList());
            for (var one : all) {
                assertThat(one.get()).isSubsetOf(Result.ANSWERED, Result.KNOWN);
            }
        }
        assertThat(waiting()).hasSize(1);
        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
    }

    @Test
    void an_answer_that_cannot_be_put_into_the_outbox_takes_no_activation() {
        var mail = ReceivedMail.read(Mails.plain(Armor.write(plantA.asksToActivate(offline.key()))));

        assertThatIllegalStateException().isThrownBy(() -> answering(_ -> _ -> {
            throw new IllegalStateException("no room");
        }).handle(mail)).withMessage("no room");

        assertThat(authority.license(offline.id()).used()).isZero();
        assertThat(answer.handle(mail)).containsExactly(Result.ANSWERED);
    }

    @Test
    void several_letters_of_one_mail_get_an_answer_each() throws Exception {
        var two = authority.sells("{\"type\":\"offline\",\"activations\":2}");
        var a = plantA.asksToActivate(two.key());
        var b = plantB.asksToActivate(two.key());
        var mail = Mails.multipart("mixed", Mails.part("text/plain", Armor.write(a)), Mails.attachment("text/plain", "b.txt", Armor.write(b).getBytes(StandardCharsets.UTF_8)));

        assertThat(handle(mail)).containsExactly(Result.ANSWERED);

        var answers = new ArrayList<SignedDocument>();
        for (var each : waiting()) {
            answers.add(Armor.read(text(each)));
        }
        assertThat(answers).hasSize(2);
        assertThat(List.of(a, b)).allSatisfy(letter -> assertThat(answers).anyMatch(document -> UsageLicense.read(document.payload()).request().equals(letter.digest())));
    }

    @Test
    void an_answer_goes_to_the_sender_or_where_they_want_it_and_to_nobody_else() throws Exception {
        handle(Mails.with(Map.of("Reply-To", "Bert <bert@plant.example>", "Cc", "eve@evil.example", "Bcc", "eve@evil.example"), Armor.write(plantA.asksToActivate(offline.key()))));

        assertThat(onlyOne().getAllRecipients()).extracting(Object::toString).containsExactly("bert@plant.example");
    }

    @Test
    void what_cannot_be_read_is_answered_with_what_is_wrong_and_reaches_the_desk() throws Exception {
        var letter = Armor.write(plantA.asksToActivate(offline.key()));
        var wrong = new HashMap<byte[], String>();
        wrong.put(Mails.plain("Hello, I need a license"), "There is no Charter document in this text.");
        wrong.put(Mails.plain(letter.substring(0, 600)), "The end of the document is missing");
        wrong.put(Mails.plain("My key is " + offline.key().revealSecret() + ", thanks\n-- \nAnna"), "This is a license key. Enter it in the product");
        wrong.put(Mails.multipart("mixed", Mails.part("text/plain", "see photo"), Mails.attachment("image/jpeg", "photo.jpg", new byte[500])), "Attachments that are no text are not read here: photo.jpg.");

        for (var mail : wrong.entrySet()) {
            assertThat(handle(mail.getKey())).containsExactly(Result.UNREADABLE);
        }

        var texts = new ArrayList<String>();
        for (var each : waiting()) {
            texts.add(text(each));
            assertThat(each.getHeader("In-Reply-To", null)).isNotNull();
        }
        assertThat(wrong.values()).allSatisfy(message -> assertThat(texts).anySatisfy(text -> assertThat(text).contains(message).contains("Please send the usage request")));
        assertThat(authority.desk().unread()).hasSize(4).allSatisfy(unread -> assertThat(unread).startsWith(Mails.SENDER + "|").contains("Subject: Usage request"));
        assertThat(String.join("\n", authority.desk().unread()) + texts).doesNotContain(offline.key().revealSecret());
    }

    @Test
    void whoever_sends_the_answer_in_place_of_the_request_is_told_so() throws Exception {
        handle(Mails.plain(Armor.write(plantA.asksToActivate(offline.key()))));
        var usageLicense = Armor.write(Armor.read(text(onlyOne())));

        assertThat(handle(Mails.plain("It does not work:\n> " + usageLicense.replace("\n", "\n> ")))).containsExactly(Result.UNREADABLE);

        assertThat(text(waiting().getLast())).startsWith("This is a usage license: the answer to a usage request.");
    }

    @Test
    void a_request_that_somebody_changed_is_told_and_nothing_is_activated() throws Exception {
        var one = plantA.asksToActivate(offline.key());
        var other = plantB.asksToActivate(offline.key());
        var forged = new SignedDocument(other.payloadText(), one.signatures(), one.certificates(), one.trustStatement(), one.pool());

        assertThat(handle(Mails.plain(Armor.write(forged)))).containsExactly(Result.UNREADABLE);

        assertThat(authority.license(offline.id()).used()).isZero();
        assertThat(authority.desk().unread()).hasSize(1);
    }

    @Test
    void a_machine_is_never_answered_and_the_desk_sees_its_letters_and_what_did_not_arrive() {
        var letter = Armor.write(plantA.asksToActivate(offline.key()));

        assertThat(handle(Mails.with(Map.of("Auto-Submitted", "auto-generated"), letter))).containsExactly(Result.MACHINE);
        assertThat(handle(Mails.with(Map.of("Return-Path", "<>", "From", "MAILER-DAEMON@plant.example"), "did not arrive"))).containsExactly(Result.MACHINE);
        assertThat(handle(Mails.with(Map.of("Precedence", "bulk"), "Buy now"))).containsExactly(Result.MACHINE);
        assertThat(handle(Mails.with(Map.of("From", "licensing@acme.example"), letter + "loop"))).containsExactly(Result.MACHINE);
        assertThat(handle(Mails.with(Map.of("From", "undisclosed"), "who am I"))).containsExactly(Result.MACHINE);

        assertThat(waiting()).isEmpty();
        assertThat(authority.license(offline.id()).used()).isZero();
        assertThat(authority.desk().unread()).hasSize(3).allSatisfy(unread -> assertThat(unread).contains("A machine sent this"));
    }

    @Test
    void the_answer_of_this_program_is_not_answered_by_it() throws Exception {
        handle(Mails.plain("hello"));
        var out = new java.io.ByteArrayOutputStream();
        onlyOne().writeTo(out);

        assertThat(answering(outbox).handle(ReceivedMail.read(out.toByteArray()))).containsExactly(Result.MACHINE);
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void a_sender_is_answered_so_many_times_an_hour_and_the_desk_has_the_rest() {
        for (int i = 0; i < ANSWERS_PER_HOUR; i++) {
            assertThat(handle(Mails.plain("hello " + i))).containsExactly(Result.UNREADABLE);
        }
        var letter = Armor.write(plantA.asksToActivate(offline.key()));

        assertThat(handle(Mails.plain(letter))).containsExactly(Result.TOO_MANY);

        assertThat(authority.license(offline.id()).used()).as("what is not answered is not granted").isZero();
        assertThat(waiting()).hasSize(ANSWERS_PER_HOUR);
        assertThat(authority.desk().unread()).anySatisfy(unread -> assertThat(unread).contains("within an hour").contains("BEGIN CHARTER USAGE REQUEST"));
        assertThat(handle(Mails.with(Map.of("From", "bert@plant.example"), letter))).as("another sender").containsExactly(Result.ANSWERED);
        authority.itIsNow("2026-03-01T09:00:01Z");
        assertThat(handle(Mails.plain("later"))).containsExactly(Result.UNREADABLE);
    }

    @Test
    void a_request_that_waits_for_a_look_is_acknowledged_once() throws Exception {
        authority.transactions().doInOne(sql -> sql.update("UPDATE product SET letters = 'LOOK'"));
        var mail = Mails.plain(Armor.write(plantA.asksToActivate(offline.key())));

        assertThat(handle(mail)).containsExactly(Result.WAITS);
        assertThat(handle(mail)).containsExactly(Result.KNOWN);

        assertThat(text(onlyOne())).contains("your usage request has arrived.");
        authority.desk().approves(TestAuthority.VENDOR);
        assertThat(authority.license(offline.id()).used()).isEqualTo(1);
    }

    @Test
    void a_mail_that_is_too_large_is_answered_without_being_read() throws Exception {
        var head = "From: anna@plant.example\r\nMessage-ID: <large@plant.example>\r\nSubject: Scan\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(answer.tooLarge(ReceivedMail.withoutText(head, 31_000_000), 31_000_000)).containsExactly(Result.UNREADABLE);
        assertThat(answer.tooLarge(ReceivedMail.withoutText(head, 31_000_000), 31_000_000)).isSubsetOf(Result.KNOWN);

        assertThat(text(onlyOne())).startsWith("Your mail has 30 MB. Mails of more than 25 MB are not read");
    }

    @Test
    void what_was_done_is_forgotten_after_some_months_and_not_before() {
        var taken = new Taken(authority.transactions(), ANSWERS_PER_HOUR);
        var mail = Mails.plain("hello");
        handle(mail);

        taken.forget(authority.now().plus(Taken.REMEMBERED).minusSeconds(1));
        assertThat(handle(mail)).containsExactly(Result.KNOWN);
        taken.forget(authority.now().plus(Taken.REMEMBERED));
        assertThat(handle(mail)).containsExactly(Result.UNREADABLE);
    }

    private UsageLicense granted(TestHost host) throws Exception {
        var letter = host.asksToActivate(offline.key());
        handle(Mails.plain(Armor.write(letter)));
        return TestAuthority.verifier().answer(Armor.read(text(waiting().getLast())), letter).content();
    }

    private Set<Result> handle(byte[] mail) {
        return answer.handle(ReceivedMail.read(mail));
    }

    private List<MimeMessage> waiting() {
        return authority.transactions().reading(TestMail::waiting);
    }

    private MimeMessage onlyOne() {
        assertThat(waiting()).hasSize(1);
        return waiting().getFirst();
    }

    private static String text(MimeMessage mail) {
        return TestMail.text(mail);
    }

    private static String text(BodyPart part) throws Exception {
        return (String) part.getContent();
    }
}
