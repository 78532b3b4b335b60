package dev.charter.authority.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.LicenseKey;
import dev.charter.format.SignedDocument;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FindLettersTest {
    private static final LicenseKey KEY = LicenseKey.generate(new Random(20260301));
    final SignedDocument one = TestHost.named("plant-a").asksToActivate(KEY);
    final SignedDocument two = TestHost.named("plant-b").asksToActivate(KEY);

    @Test
    void a_request_is_found_between_the_words_of_a_mail() {
        assertFound("Dear Ms Miller,\n\nplease find our request below.\n\n" + Armor.write(one) + "\nKind regards\nA. Plant\n-- \nACME Water, tel. 0123\n", one);
    }

    @Test
    void it_is_found_quoted_however_often_and_with_lines_of_any_end() {
        for (var prefix : List.of("> ", ">> > ", "| ", "\t", "\u00a0> ", "&gt; ", "> \u200b")) {
            assertFound(("On Monday she wrote:\n" + Armor.write(one)).replace("\n", "\r\n" + prefix), one);
        }
        assertFound(Armor.write(one).replace("\n", "\r"), one);
    }

    @Test
    void it_is_found_wrapped_by_a_mail_program_and_flowed_into_one_line() {
        assertFound(Armor.write(one).replaceAll("(.{40})", "$1\n"), one);
        assertFound(Armor.write(one).replace("-----BEGIN CHARTER USAGE REQUEST-----", "> -----BEGIN CHARTER\n> USAGE REQUEST-----"), one);
        assertFound("Here it is: " + Armor.write(one).replace("\n", " ") + " Thank you!", one);
        assertFound("Here it is: " + Armor.write(one).replace("\n", ""), one);
    }

    @Test
    void it_is_found_without_its_first_or_its_last_line() {
        var lines = Armor.write(one).strip().lines().toList();
        assertFound("Good morning,\n" + String.join("\n", lines.subList(1, lines.size())) + "\nBye", one);
        assertFound("Good morning,\n" + String.join("\n", lines.subList(0, lines.size() - 1)) + "\n\nKind regards,\nA. Plant", one);
        assertFound("Good morning,\n" + String.join("\n", lines.subList(1, lines.size() - 1)) + "\n\nKind regards,\nA. Plant", one);
    }

    @Test
    void it_is_found_as_the_document_itself() {
        assertFound(new String(one.toBytes(), StandardCharsets.UTF_8), one);
    }

    @Test
    void it_is_found_as_a_code_alone_behind_an_address_and_broken_over_lines() {
        var code = Codes.write(one).getFirst();
        assertFound("Scanned: \n" + code + "\nBye", one);
        assertFound("> " + Codes.write(one, URI.create("https://licensing.acme.example/portal/")).getFirst() + "\n> Bye", one);
        assertFound("> " + code.replaceAll("(.{76})", "$1\n> "), one);
        assertFound(code.toLowerCase(java.util.Locale.ROOT), one);
    }

    @Test
    void several_letters_are_found_in_their_order() {
        assertFound("First\n" + Armor.write(one) + "Second\n" + Armor.write(two), one, two);
        assertFound(Armor.write(two) + Armor.write(one), two, one);
        assertFound(Codes.write(one).getFirst() + "\n" + Codes.write(two).getFirst(), one, two);
        assertFound(Codes.write(one).getFirst() + " and " + Codes.write(two).getFirst() + " in one line", one, two);
        assertFound(Armor.write(two) + "\n\n" + Codes.write(one).getFirst(), two, one);
    }

    @Test
    void parts_of_codes_in_any_order_are_one_letter() {
        var code = Codes.write(one).getFirst();
        var pieces = code.split("/", -1);
        int third = pieces[4].length() / 3;
        var parts = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            parts.add("CHARTER/" + (i + 1) + "/3/" + pieces[3] + "/" + pieces[4].substring(i * third, i == 2 ? pieces[4].length() : (i + 1) * third));
        }
        Collections.swap(parts, 0, 2);
        assertFound(String.join("\n", parts), one);

        var found = FindLetters.in(List.of(List.of(parts.get(0) + "\n" + parts.get(1))));
        assertThat(found.letters()).isEmpty();
        assertThat(found.damaged()).hasSize(1);
    }

    @Test
    void quoted_copies_of_a_letter_are_the_same_letter() {
        var quoted = Armor.write(one).replace("\n", "\n> ");
        assertFound(Armor.write(one) + "\nOn Monday I wrote:\n> " + quoted + "\n\n" + Codes.write(one).getFirst(), one);
        assertThat(FindLetters.in(List.of(List.of(Armor.write(one)), List.of(quoted), List.of(Armor.write(one), "<p>"))).letters()).containsExactly(one);
    }

    @Test
    void a_copy_that_was_cut_is_no_second_letter_and_another_that_was_cut_is() {
        var cut = Armor.write(one).substring(0, 400);

        assertThat(FindLetters.in(List.of(List.of(Armor.write(one) + "\n> " + cut.replace("\n", "\n> ")))).damaged()).isEmpty();
        var found = FindLetters.in(List.of(List.of(Armor.write(two) + "\n" + cut)));
        assertThat(found.letters()).containsExactly(two);
        assertThat(found.damaged()).hasSize(1);
    }

    @Test
    void of_a_text_in_several_forms_the_one_counts_that_can_be_read() {
        var found = FindLetters.in(List.of(List.of(Armor.write(one).replace("AA", ""), Armor.write(one).substring(0, 500), Armor.write(one))));

        assertThat(found.letters()).containsExactly(one);
        assertThat(found.damaged()).isEmpty();
    }

    @Test
    void what_people_write_is_no_letter() {
        for (var words : List.of("Thank you, it works.", "Copy it from -----BEGIN CHARTER USAGE REQUEST----- to -----END CHARTER USAGE REQUEST-----, please.", "The CHARTER/1/1/ of our town",
                "Is it the charter or not?", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n" + Base64.getMimeEncoder().encodeToString(new byte[300]) + "\n-----END PGP PUBLIC KEY BLOCK-----")) {
            var found = FindLetters.in(List.of(List.of(words)));
            assertThat(found.letters()).isEmpty();
            assertThat(found.damaged()).as(words).isEmpty();
        }
    }

    @Test
    void no_more_letters_are_taken_of_one_mail_than_the_bound() {
        var all = new StringBuilder();
        for (int i = 0; i < FindLetters.MOST + 5; i++) {
            all.append(Armor.write(TestHost.named("h" + i).asksToActivate(KEY)));
        }
        assertThat(FindLetters.in(List.of(List.of(all.toString()))).letters()).hasSize(FindLetters.MOST);
    }

    private static void assertFound(String text, SignedDocument... letters) {
        var found = FindLetters.in(List.of(List.of(text)));
        assertThat(found.letters()).as(text).containsExactly(letters);
        assertThat(found.damaged()).isEmpty();
    }
}
