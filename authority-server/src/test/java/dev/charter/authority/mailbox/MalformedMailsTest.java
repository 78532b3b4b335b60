package dev.charter.authority.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.LicenseKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedMailsTest {
    /// A thousand times what it takes: time that grows faster than the mail is found, and a slow machine is not.
    private static final int HANGS_SECONDS = 40;

    static Stream<String> what() {
        return MalformedMails.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("what")
    @Timeout(HANGS_SECONDS)
    void a_malformed_mail_of_1_mb_is_read_to_its_end_and_holds_no_letter(String what) {
        var read = ReceivedMail.read(MalformedMails.of(what));
        var found = FindLetters.in(read.texts());
        var head = read.head();

        assertThat(head.subject() + head.references() + head.addresses("From") + head.addresses("Reply-To") + head.messageId()).isNotNull();
        assertThat(found.letters()).isEmpty();
    }

    @Test
    void a_letter_is_found_wherever_a_mail_is_cut_or_changed_or_it_is_not_but_nothing_fails() {
        var letter = TestHost.named("plant-a").asksToActivate(LicenseKey.generate(new Random(20260301)));
        var mail = Mails.multipart("mixed", Mails.inner("alternative", "inner", Mails.part("text/plain", Armor.write(letter)), Mails.part("text/html", "<pre>" + Armor.write(letter))),
                Mails.attachment("text/plain", "one.txt", Mails.utf16(Armor.write(letter), StandardCharsets.UTF_16LE)));
        var random = new Random(20260301);
        for (int i = 0; i < 3_000; i++) {
            var changed = Arrays.copyOf(mail, random.nextInt(3) == 0 ? random.nextInt(mail.length) : mail.length);
            for (int n = random.nextInt(20); n > 0 && changed.length > 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertThat(FindLetters.in(ReceivedMail.read(changed).texts()).letters()).allSatisfy(found -> assertThat(found.digest()).isNotNull());
        }
    }
}
