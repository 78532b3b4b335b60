package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseKeyTest {
    private static final long SEED = 20260305;

    private static String typed(LicenseKey key) {
        return key.revealSecret().replace("-", "");
    }

    private static LicenseKey.Reading.Faulty faulty(String typed) {
        return (LicenseKey.Reading.Faulty) LicenseKey.read(typed);
    }

    @Test void every_single_wrong_character_is_caught_and_found_in_its_group() {
        System.out.println("license keys, seed " + SEED);
        var random = new Random(SEED);
        for (int run = 0; run < 10; run++) {
            var right = typed(LicenseKey.generate(random));
            for (int at = 0; at < right.length(); at++) {
                for (char symbol : LicenseKey.ALPHABET.toCharArray()) {
                    if (symbol != right.charAt(at)) {
                        var reading = faulty(right.substring(0, at) + symbol + right.substring(at + 1));
                        assertThat(reading.position()).contains(at);
                        assertThat(reading.group()).contains(at / 5);
                        assertThat(reading.message()).isEqualTo("There is a typing mistake in group " + (at / 5 + 1) + ". Compare it with the letter.");
                    }
                }
            }
        }
    }

    @Test void every_swap_of_neighbours_is_caught_and_found_at_its_first_character() {
        var random = new Random(SEED);
        for (int run = 0; run < 100; run++) {
            var right = typed(LicenseKey.generate(random));
            for (int at = 0; at + 1 < right.length(); at++) {
                if (right.charAt(at) != right.charAt(at + 1)) {
                    assertThat(faulty(right.substring(0, at) + right.charAt(at + 1) + right.charAt(at) + right.substring(at + 2)).position()).contains(at);
                }
            }
        }
    }

    @Test void up_to_four_wrong_characters_never_make_a_key() {
        var random = new Random(SEED);
        for (int run = 0; run < 5_000; run++) {
            var wrong = typed(LicenseKey.generate(random)).toCharArray();
            var right = wrong.clone();
            for (int changes = 2 + random.nextInt(3); changes > 0; changes--) {
                wrong[random.nextInt(25)] = LicenseKey.ALPHABET.charAt(random.nextInt(32));
            }
            if (!java.util.Arrays.equals(wrong, right)) {
                assertThat(LicenseKey.read(new String(wrong))).isInstanceOf(LicenseKey.Reading.Faulty.class);
            }
        }
    }

    @Test void a_guess_passes_the_check_about_once_in_a_million() {
        var random = new Random(SEED);
        int passed = 0;
        for (int run = 0; run < 100_000; run++) {
            if (KeyCheck.holds(random.ints(LicenseKey.LENGTH, 0, 32).toArray())) {
                passed++;
            }
        }
        // 100,000 / 2^20 is 0.095; with this seed none.
        System.out.println(passed + " of 100000 guesses passed the check, seed " + SEED);
        assertThat(passed).isLessThanOrEqualTo(1);
    }

    @Test void generated_keys_are_whole_and_different_and_use_the_alphabet_evenly() {
        var random = new Random(SEED);
        var seen = new HashSet<LicenseKey>();
        var counts = new int[32];
        for (int run = 0; run < 20_000; run++) {
            var key = LicenseKey.generate(random);
            assertThat(key.revealSecret()).matches("([" + LicenseKey.ALPHABET + "]{5}-){4}[" + LicenseKey.ALPHABET + "]{5}");
            assertThat(LicenseKey.of(key.revealSecret())).isEqualTo(key);
            typed(key).chars().forEach(c -> counts[LicenseKey.ALPHABET.indexOf(c)]++);
            seen.add(key);
        }
        assertThat(seen).hasSize(20_000);
        assertThat(IntStream.of(counts)).allMatch(count -> Math.abs(count - 20_000 * 25 / 32) < 700);
    }

    @Test void spaces_case_dashes_and_look_alikes_do_not_matter() {
        var random = new Random(SEED);
        for (int run = 0; run < 500; run++) {
            var key = LicenseKey.generate(random);
            var shown = key.revealSecret();
            for (var typed : List.of(shown, typed(key), shown.toLowerCase(java.util.Locale.ROOT), "  " + shown + "\r\n", shown.replace('-', ' '), shown.replace("-", " - "), shown.replace('-', '\u2013'),
                    shown.replace('-', '\u2014'), shown.replace("-", "\u00a0"), shown.replace("-", "\n"), String.join(" ", shown.split("")), "\ufeff" + shown, "\"" + shown + "\"",
                    shown.replace('Q', '0'), shown.replace('Q', 'O'), shown.replace('Q', 'o'), shown.replace('L', '1'), shown.replace('L', 'I'), shown.replace('L', 'i'))) {
                assertThat(LicenseKey.of(typed)).as("a way of typing").isEqualTo(key);
            }
        }
    }

    @Test void a_key_is_found_in_the_letter_that_it_came_in() {
        var key = LicenseKey.generate(new Random(SEED));
        var shown = key.revealSecret();
        for (var letter : List.of("Dear customer,\n\nyour license key is " + shown + ".\nKeep it safe.\n", "> Key: " + shown + "\r\n> Product: MQTT Server\r\n", "key=" + shown.toLowerCase(java.util.Locale.ROOT) + "&x=1",
                "License key:\n\t" + shown.replace("-", " - ") + "\nwith 3 activations", "<td>" + shown.replace('-', '\u2011') + "</td>")) {
            assertThat(LicenseKey.of(letter)).isEqualTo(key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-----", "ABCDE", "ABCDE-FGHJK-LMNPQ-RSTUV", "ABCDEFGHJKLMNPQRSTUVWXYZ23", "\u0661\u0662\u0663\u0664\u0665", "\ud83d\ude00"})
    void what_is_too_short_or_too_long_is_told_its_length(String typed) {
        assertThat(faulty(typed).message()).startsWith("A license key has 25 characters; this has ");
        assertThat(faulty(typed).position()).isEmpty();
    }

    @Test void a_character_that_is_in_no_key_is_named_with_its_group() {
        var right = typed(LicenseKey.generate(new Random(SEED)));
        for (char foreign : "\u00c4\u0416\uff21\u0661".toCharArray()) {
            var reading = faulty(right.substring(0, 12) + foreign + right.substring(13));
            assertThat(reading.message()).contains("group 3").contains(String.valueOf(foreign));
            assertThat(reading.group()).contains(2);
        }
    }

    @Test void several_mistakes_are_said_to_be_several() {
        var right = typed(LicenseKey.generate(new Random(SEED)));
        var wrong = swap(swap(right, 0), 20);
        assertThat(faulty(wrong)).isEqualTo(new LicenseKey.Reading.Faulty("The license key has several typing mistakes. Compare all groups with the letter.", Optional.empty()));
    }

    private static String swap(String text, int at) {
        return text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
    }

    @Test void a_key_shows_itself_nowhere_but_where_it_is_asked_to_by_name() {
        var key = LicenseKey.generate(new Random(SEED));
        var canary = typed(key);
        var shown = new ArrayList<String>();
        shown.add(key.toString());
        shown.add(String.valueOf(new LicenseKey.Reading.Whole(key)));
        shown.add(new Host(SeededSigner.classical(1).keys(), Optional.empty(), Fingerprint.of(java.util.Map.of())).toString() + key);
        for (int at = 0; at < canary.length() - 1; at++) {
            for (var typed : List.of(swap(canary, at), canary.substring(0, at) + "\u00c4" + canary.substring(at + 1), canary.substring(at + 1), canary + "2")) {
                try {
                    shown.add(String.valueOf(LicenseKey.read(typed)));
                    LicenseKey.of(typed);
                } catch (IllegalArgumentException refused) {
                    shown.add(refused.toString());
                }
            }
        }
        var request = SignedDocument.sign(Scene.classical().requestContent(1), SeededSigner.classical(3), key);
        shown.add(request.toString());
        shown.add(new String(request.toBytes(), java.nio.charset.StandardCharsets.UTF_8));
        shown.add(new String(request.payload(), java.nio.charset.StandardCharsets.UTF_8));
        for (var pasted : List.of(key.revealSecret(), "-----BEGIN CHARTER USAGE REQUEST-----\n" + key.revealSecret() + "\n-----END CHARTER USAGE REQUEST-----", "{\"key\":\"" + key.revealSecret() + "\"}",
                Armor.write(request).replaceFirst("\n", "\nmy key is " + key.revealSecret() + "\n"))) {
            assertThatThrownBy(() -> Armor.read(pasted)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> shown.add(rejected.getMessage()));
        }
        for (var text : shown) {
            for (int at = 0; at + 5 <= canary.length(); at += 5) {
                assertThat(text).doesNotContain(canary.substring(at, at + 5)).doesNotContain(key.revealSecret());
            }
        }
        assertThat(key.toString()).isEqualTo("***");
    }

    @Test void locator_and_proof_are_of_no_use_for_one_another() {
        var key = LicenseKey.generate(new Random(SEED));
        var other = LicenseKey.generate(new Random(SEED + 1));
        assertThat(key.locator()).isEqualTo(LicenseKey.of(key.revealSecret()).locator()).isNotEqualTo(other.locator());
        assertThat(key.prove(new byte[] {1})).isEqualTo(key.prove(new byte[] {1})).isNotEqualTo(key.prove(new byte[] {2})).isNotEqualTo(other.prove(new byte[] {1}));
        var proof = key.prove("charter/locator/1".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).toArray();
        assertThat(Bytes.of(java.util.Arrays.copyOf(proof, Locator.LENGTH))).isNotEqualTo(key.locator().value());
        assertThat(key.prove(new byte[0]).length()).isEqualTo(32);
    }
}
