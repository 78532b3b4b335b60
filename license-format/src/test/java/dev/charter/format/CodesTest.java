package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CodesTest {
    private static final Scene CLASSICAL = Scene.classical();
    private static final Scene HYBRID = Scene.hybrid();
    private static final URI PORTAL = URI.create("https://licensing.industrial-software.example/portal/");

    /// As a phone's generator draws it, with a segment for each kind of characters.
    private static int version(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.M, Map.of(EncodeHintType.QR_COMPACT, true)).getVersion().getVersionNumber();
        } catch (WriterException tooLong) {
            throw new IllegalStateException(tooLong);
        }
    }

    private static String typed(List<String> codes) {
        return String.join("\n", codes) + "\n";
    }

    /// The largest that there is: five marks, the longest names that people give, a sequence after decades.
    static SignedDocument largeRequest() {
        var factors = new TreeMap<String, Bytes>();
        var random = new Random(1);
        for (var name : List.of("baseboard", "machine-id", "network", "place", "volume")) {
            var value = new byte[8];
            random.nextBytes(value);
            factors.put(name, Bytes.of(value));
        }
        var nonce = new byte[16];
        random.nextBytes(nonce);
        var host = new Host(CLASSICAL.hostSigner.keys(), Optional.of("historian-server-03.production.plant-7.water.acme.example"), new Fingerprint(factors));
        var request = new UsageRequest(List.of(1), Purpose.ACTIVATE, "mqtt-server", new UsageRequest.LicenseName.ByLocator(CLASSICAL.key.locator()), host, 9007199254740991L,
                Instant.parse("2026-11-22T08:15:59Z"), Bytes.of(nonce));
        return SignedDocument.sign(request, CLASSICAL.hostSigner, CLASSICAL.key);
    }

    /// A floating server's, with figures as large as can be and IDs as long as an authority makes them.
    private static SignedDocument largeRelease() {
        var nonce = new byte[16];
        new Random(2).nextBytes(nonce);
        var at = Instant.parse("2026-11-22T08:15:59Z");
        var release = new Release("mqtt-server", "lic-7q3kzt5rmwx2", "ul-7q3kzt5rmwx2c4vbnm8s", CLASSICAL.hostSigner.keys(), at, Bytes.of(nonce), Optional.of(at.plusSeconds(259201)));
        return SignedDocument.sign(release, CLASSICAL.hostSigner, Optional.of(new SelfHelp(SelfHelp.MOST, Optional.of(at), Optional.of(new SelfHelp.Reclaims(SelfHelp.MOST - 1, SelfHelp.MOST)))));
    }

    @Test void a_request_and_a_release_are_one_code_that_a_phone_reads_at_arms_length_with_the_portals_address_before_it() {
        for (var document : List.of(largeRequest(), CLASSICAL.request(), CLASSICAL.release(), largeRelease())) {
            assertThat(Codes.write(document)).hasSize(1);
            var link = Codes.write(document, PORTAL);
            assertThat(link).hasSize(1);
            System.out.println(document.claimedKind() + ": " + link.get(0).length() + " characters, version " + version(link.get(0)) + "; without the link " + version(Codes.write(document).get(0)));
            assertThat(version(link.get(0))).isLessThanOrEqualTo(25);
            assertThat(link.get(0)).startsWith(PORTAL + "#CHARTER/1/1/");
            assertThat(Armor.read(link.get(0))).isEqualTo(document);
        }
    }

    @Test void a_classical_usage_license_is_one_code_and_a_hybrid_one_parts_that_are_each_read_at_arms_length() {
        var one = Codes.write(CLASSICAL.answer());
        System.out.println("classical usage license: " + one.get(0).length() + " characters, version " + version(one.get(0)));
        assertThat(one).hasSize(1);
        assertThat(version(one.get(0))).isLessThanOrEqualTo(40);
        var parts = Codes.write(HYBRID.answer());
        System.out.println("hybrid usage license: " + parts.size() + " parts of version " + version(parts.get(0)));
        assertThat(parts).hasSizeGreaterThan(1).allSatisfy(part -> assertThat(version(part)).isLessThanOrEqualTo(25));
    }

    @Test void only_characters_are_used_that_a_qr_code_packs_tightly_and_a_scanner_can_type() {
        for (var scene : List.of(CLASSICAL, HYBRID)) {
            scene.documents().forEach((name, document) -> assertThat(Codes.write(document)).as(name).allMatch(code -> code.matches("CHARTER/\\d{1,2}/\\d{1,2}/[A-Z2-7]{8}/[A-Z2-7]+")));
        }
    }

    /// What scanners, keyboards, mail programs and people do to the texts.
    private static Map<String, UnaryOperator<String>> manglings() {
        var all = new LinkedHashMap<String, UnaryOperator<String>>();
        all.put("nothing", text -> text);
        all.put("lower case", text -> text.toLowerCase(Locale.ROOT));
        all.put("a slash typed as a dash", text -> text.replace('/', '-'));
        all.put("a keyboard of another country", text -> text.replace('/', '-').replace('Y', '\0').replace('Z', 'Y').replace('\0', 'Z'));
        all.put("escaped in a link", text -> text.replace("/", "%2F"));
        all.put("separators doubled", text -> text.replace("/", " / "));
        all.put("no line ends", text -> text.replace("\n", ""));
        all.put("spaces for line ends", text -> text.replace('\n', ' '));
        all.put("tabs for line ends", text -> text.replace('\n', '\t'));
        all.put("CRLF", text -> text.replace("\n", "\r\n"));
        all.put("quoted", text -> "> " + text.strip().replace("\n", "\n> "));
        all.put("double-spaced", text -> text.replace("\n", "\n\n"));
        all.put("wrapped", text -> text.replaceAll("([^\n]{76})(?=[^\n])", "$1\n"));
        all.put("wrapped and quoted", text -> "> " + text.strip().replaceAll("([^\n]{76})(?=[^\n])", "$1\n").replace("\n", "\n> "));
        all.put("digits for letters", text -> text.replaceAll("(?<=/[A-Z2-7]{8}/)([A-Z2-7]*)O", "$10"));
        all.put("words around", text -> "Dear all,\nhere is the license:\n" + text + "\nBest regards\nJohn\n");
        all.put("words at once after it", text -> text + "Cheers\nJohn\n");
        all.put("twice", text -> text + text);
        return all;
    }

    @Test void every_mangling_of_every_kind_of_document_is_read_in_any_order() {
        var random = new Random(20261127);
        for (var scene : List.of(CLASSICAL, HYBRID)) {
            scene.documents().forEach((name, document) -> {
                var codes = new ArrayList<>(Codes.write(document));
                Collections.shuffle(codes, random);
                manglings().forEach((what, mangling) -> assertThat(Armor.read(mangling.apply(typed(codes)))).as("%s: %s", name, what).isEqualTo(document));
            });
        }
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> Armor.read(text)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.MALFORMED))
                .hasMessageContaining(message);
    }

    @Test void what_is_missing_is_named() {
        var codes = Codes.write(HYBRID.answer());
        int parts = codes.size();
        refused(typed(codes.subList(1, parts)), "Part 1 of " + parts + " is missing. Scan it too; the order does not matter.");
        refused(typed(codes.subList(3, parts)), "Parts 1, 2 and 3 of " + parts + " are missing. Scan them too");
        refused(codes.get(0), "and " + parts + " of " + parts + " are missing");
    }

    @Test void what_is_damaged_is_never_another_document() {
        var code = Codes.write(CLASSICAL.answer()).get(0);
        refused(code.substring(0, code.length() / 2), "The code was damaged on the way");
        refused(code.replaceFirst("CHARTER/1/1", "CHARTER/2/1"), "part 2 of 1, which cannot be");
        refused(code + "\n" + Codes.write(CLASSICAL.request()).get(0), "the codes of 2 documents");
        refused(code.replaceFirst("/[A-Z2-7]{8}/", "/AAAAAAAA/"), "The code was damaged on the way");
        for (int at = 0; at < code.length(); at += 7) {
            var changed = new StringBuilder(code);
            changed.setCharAt(at, code.charAt(at) == 'A' ? 'B' : 'A');
            try {
                assertThat(Armor.read(changed.toString())).isEqualTo(CLASSICAL.answer());
            } catch (DocumentRejected refused) {
                assertThat(refused.flaw()).isEqualTo(Flaw.MALFORMED);
            }
        }
    }

    @Test void parts_of_two_readings_complete_one_another_and_the_later_one_of_a_part_holds() {
        var codes = Codes.write(HYBRID.answer());
        var half = codes.get(0).substring(0, 100);
        assertThat(Armor.read(half + "\n" + typed(codes))).isEqualTo(HYBRID.answer());
        assertThat(Armor.read(typed(Codes.write(HYBRID.refusal()).subList(0, 1)) + typed(codes))).as("a part of another document is passed over").isEqualTo(HYBRID.answer());
    }

    @Test void a_text_with_both_forms_is_read_by_its_begin_line() {
        assertThat(Armor.read(Armor.write(CLASSICAL.answer()) + "\n" + typed(Codes.write(CLASSICAL.answer())))).isEqualTo(CLASSICAL.answer());
    }

    @Test void lines_made_to_be_slow_are_read_as_fast_as_others() {
        int length = 300_000;
        for (var line : List.of("CHARTER/".repeat(length / 8), "CHARTER" + "/".repeat(length), "CHARTER/1/2/ABCDEFGH/".repeat(length / 21), "CHARTER/1/1/ABCDEFGH/" + "A".repeat(length), "CHARTER/1/1/ABCDEFGH/"
                + "A ".repeat(length / 2), "CHARTER/1/1/ABCDEFGH/" + ("A".repeat(80) + "\n").repeat(length / 80), "CHARTER/1/1/" + "%2F".repeat(length / 3))) {
            assertThatThrownBy(() -> Armor.read(line)).isInstanceOf(DocumentRejected.class);
        }
    }
}
