package dev.charter.authority.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceivedMailTest {
    private static final LicenseKey KEY = LicenseKey.generate(new Random(20260301));
    final SignedDocument one = TestHost.named("plant-a").asksToActivate(KEY);
    final SignedDocument two = TestHost.named("plant-b").asksToActivate(KEY);
    final String armored = Armor.write(one);

    @Test
    void its_head_says_who_what_and_in_which_thread() {
        var head = ReceivedMail.read(Mails.with(Map.of("Subject", "=?utf-8?q?Anfrage_f=C3=BCr?= Werk\r\n A", "References", "<a@x>\r\n <b@x> nonsense <c@x>", "Reply-To", "Bert <BERT@plant.example>"), "Hello"))
                .head();

        assertThat(head.subject()).isEqualTo("Anfrage für Werk A");
        assertThat(head.addresses("From")).containsExactly(Mails.SENDER);
        assertThat(head.addresses("Reply-To")).containsExactly("bert@plant.example");
        assertThat(head.references()).containsExactly("<a@x>", "<b@x>", "<c@x>");
        assertThat(head.messageId()).hasValueSatisfying(id -> assertThat(id).endsWith("@plant.example>"));
        assertThat(new Head(new jakarta.mail.internet.InternetHeaders()).messageId()).isEmpty();
    }

    @Test
    void a_request_in_the_text_is_found_in_every_encoding() {
        assertFound(Mails.plain("Dear support,\r\n" + armored.replace("\n", "\r\n") + "Bye"));
        assertFound(Mails.with(Map.of("Content-Transfer-Encoding", "quoted-printable"), Mails.quotedPrintable(armored)));
        assertFound(Mails.with(Map.of("Content-Transfer-Encoding", "base64"), java.util.Base64.getMimeEncoder().encodeToString(armored.getBytes(StandardCharsets.UTF_8))));
        assertFound(Mails.with(Map.of("Content-Type", "text/plain; charset=no-such-thing", "Content-Transfer-Encoding", "no-such-thing"), armored));
        assertFound(Mails.with(Map.of("Content-Type", "this is no type"), armored));
        assertFound(Mails.with(Map.of("Content-Type", "", "MIME-Version", ""), armored));
    }

    @Test
    void a_request_in_an_html_mail_is_found() {
        var inParagraphs = "<html><head><style>p > b { color: red }</style></head><body><p>Dear support,</p><p>" + armored.strip().replace("\n", "<br>\r\n") + "</p></body></html>";
        var inSpans = "<div>" + armored.replace("\n", "</div>\n<div><span style=\"x\">&nbsp;") + "</div>";
        var quoted = "<blockquote type=cite><pre>" + armored.replace("\n", "\n&gt; ") + "</pre></blockquote>";
        for (var html : List.of(inParagraphs, inSpans, quoted, "<!-- " + armored.substring(0, 200) + " -->" + inParagraphs, "a < b " + inParagraphs)) {
            assertFound(Mails.with(Map.of("Content-Type", "text/html; charset=utf-8"), html));
            assertFound(Mails.multipart("alternative", Mails.part("text/plain", armored.replace("\n", " ").substring(0, 300)), Mails.part("text/html", html)));
        }
    }

    @Test
    void a_request_as_attachment_is_found() {
        var bytes = armored.getBytes(StandardCharsets.UTF_8);
        for (var attachment : List.of(Mails.attachment("text/plain", "usage-request.txt", bytes), Mails.attachment("application/octet-stream", "usage-request.txt", bytes),
                Mails.attachment("application/x-unknown", "request", one.toBytes()), Mails.attachment("application/octet-stream", "code.txt", Codes.write(one).getFirst().getBytes(StandardCharsets.US_ASCII)),
                Mails.attachment("text/html", "request.html", ("<p>" + armored.replace("\n", "<br>")).getBytes(StandardCharsets.UTF_8)))) {
            assertFound(Mails.multipart("mixed", Mails.part("text/plain", "Please find attached."), attachment));
        }
    }

    @Test
    void an_attachment_in_utf_16_is_read_with_and_without_its_mark() {
        for (var bytes : List.of(Mails.utf16(armored, StandardCharsets.UTF_16LE, 0xff, 0xfe), Mails.utf16(armored, StandardCharsets.UTF_16BE, 0xfe, 0xff), Mails.utf16(armored, StandardCharsets.UTF_16LE),
                Mails.utf16(armored, StandardCharsets.UTF_16BE), Mails.utf16(armored, StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf))) {
            assertFound(Mails.multipart("mixed", Mails.part("text/plain", "see attachment"), Mails.attachment("application/octet-stream", "usage-request.txt", bytes)));
            assertFound(Mails.multipart("mixed", Mails.attachment("text/plain; charset=utf-8", "usage-request.txt", bytes)));
        }
    }

    @Test
    void a_mail_that_was_forwarded_as_attachment_is_read_too() {
        var inner = new String(Mails.multipart("mixed", Mails.part("text/plain", "as asked"), Mails.attachment("text/plain", "r.txt", armored.getBytes(StandardCharsets.UTF_8))), StandardCharsets.UTF_8)
                .replace("frontier", "inner");
        assertFound(Mails.multipart("mixed", Mails.part("text/plain", "see below"), Mails.part("message/rfc822", inner)));
        assertFound(Mails.multipart("mixed", Mails.attachment("application/octet-stream", "Usage request.eml", inner.getBytes(StandardCharsets.UTF_8))));
        assertFound(Mails.multipart("mixed", Mails.attachment("message/rfc822", "Usage request.eml", inner.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void several_letters_of_one_mail_are_found_and_copies_once() {
        var mail = Mails.multipart("mixed", Mails.inner("alternative", "inner", Mails.part("text/plain", armored), Mails.part("text/html", "<pre>" + armored + "</pre>")),
                Mails.attachment("text/plain", "one.txt", armored.getBytes(StandardCharsets.UTF_8)), Mails.attachment("text/plain", "two.txt", Armor.write(two).getBytes(StandardCharsets.UTF_8)));

        assertThat(FindLetters.in(ReceivedMail.read(mail).texts()).letters()).containsExactly(one, two);
    }

    @Test
    void pictures_and_archives_are_named_and_not_read() {
        var mail = ReceivedMail.read(Mails.multipart("mixed", Mails.part("text/plain", "a photo of the code"), Mails.attachment("image/png", "code.png", new byte[100]),
                Mails.attachment("application/octet-stream", "scan<1>.pdf", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII))));

        assertThat(mail.notRead()).containsExactly("code.png", "scan_1_.pdf");
        assertThat(mail.wholeText()).isEqualTo("a photo of the code");
    }

    @Test
    void each_copy_of_a_mail_is_the_same_mail_and_another_text_is_another() {
        var mail = new String(Mails.plain(armored), StandardCharsets.UTF_8);
        var id = read(mail).id();

        assertThat(read("Received: by another way\r\n" + mail).id()).isEqualTo(id);
        assertThat(read(mail + "!").id()).isNotEqualTo(id);
        assertThat(read(mail.replaceFirst("Message-ID: <.*?>", "Message-ID: <other@plant.example>")).id()).isNotEqualTo(id);
        assertThat(read(mail.replaceFirst("Message-ID: <.*?>\r\n", "")).id()).isEqualTo(read(mail.replaceFirst("Message-ID: <.*?>\r\n", "")).id());
    }

    @Test
    void what_is_larger_than_the_bound_is_not_read_but_for_its_head() {
        assertThatIllegalArgumentException().isThrownBy(() -> ReceivedMail.read(new byte[ReceivedMail.LARGEST + 1]));
        var mail = ReceivedMail.withoutText("From: anna@plant.example\r\nSubject: large\r\n".getBytes(StandardCharsets.US_ASCII), 26_000_000);

        assertThat(mail.head().subject()).isEqualTo("large");
        assertThat(mail.texts()).isEmpty();
    }

    private static ReceivedMail read(String mail) {
        return ReceivedMail.read(mail.getBytes(StandardCharsets.UTF_8));
    }

    private void assertFound(byte[] mail) {
        var found = FindLetters.in(ReceivedMail.read(mail).texts());
        assertThat(found.letters()).as(new String(mail, StandardCharsets.ISO_8859_1)).containsExactly(one);
        assertThat(found.damaged()).isEmpty();
    }
}
