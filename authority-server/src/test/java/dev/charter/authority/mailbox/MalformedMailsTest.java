package dev.charter.authority.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.LicenseKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedMailsTest {
    private static final Map<String, byte[]> ALL = MalformedMails.all();
    /// The best of some tries, since other work runs on the machine and the first ones are not compiled yet.
    private static final int TRIES = 30;
    private static final Duration LONGEST = Duration.ofMillis(50);

    static Stream<String> what() {
        return ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("what")
    void a_malformed_mail_of_1_mb_is_read_in_less_than_50_ms_and_holds_no_letter(String what) {
        var mail = ALL.get(what);
        var best = Duration.ofDays(1);
        for (int i = 0; i < TRIES && best.compareTo(LONGEST) >= 0; i++) {
            long began = System.nanoTime();
            var read = ReceivedMail.read(mail);
            var found = FindLetters.in(read.texts());
            var head = read.head();
            assertThat(head.subject() + head.references() + head.addresses("From") + head.addresses("Reply-To") + head.messageId()).isNotNull();
            var took = Duration.ofNanos(System.nanoTime() - began);
            assertThat(found.letters()).isEmpty();
            best = took.compareTo(best) < 0 ? took : best;
        }
        assertThat(best).isLessThan(LONGEST);
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
