package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class ArmorTest {
    private static final Scene CLASSICAL = Scene.classical();
    private static final SignedDocument DOCUMENT = CLASSICAL.answer();
    private static final String ARMORED = Armor.write(DOCUMENT);
    private static final String[] LINES = ARMORED.split("\n");
    private static final String BEGIN = LINES[0];
    private static final String END = LINES[LINES.length - 1];
    private static final String BODY = String.join("\n", java.util.Arrays.copyOfRange(LINES, 1, LINES.length - 1));

    private static String wrapped(String text, int columns) {
        return text.lines().map(line -> line.replaceAll("(.{" + columns + "})(?=.)", "$1\n")).collect(Collectors.joining("\n")) + "\n";
    }

    private static String eachLine(String text, UnaryOperator<String> change) {
        return text.lines().map(change).collect(Collectors.joining("\n")) + "\n";
    }

    /// What mail programs and people do to a text.
    private static Map<String, UnaryOperator<String>> manglings() {
        var all = new LinkedHashMap<String, UnaryOperator<String>>();
        all.put("nothing", text -> text);
        all.put("CRLF", text -> text.replace("\n", "\r\n"));
        all.put("old Mac line ends", text -> text.replace('\n', '\r'));
        all.put("no last line end", String::strip);
        all.put("quoted", text -> eachLine(text, line -> "> " + line));
        all.put("quoted three times", text -> eachLine(text, line -> "> > > " + line));
        all.put("quoted without spaces", text -> eachLine(text, line -> ">>" + line));
        all.put("quoted with bars", text -> eachLine(text, line -> "| " + line));
        all.put("quoted in HTML", text -> eachLine(text, line -> "&gt; &gt; " + line));
        all.put("indented", text -> eachLine(text, line -> "    " + line));
        all.put("tabs", text -> eachLine(text, line -> "\t" + line + "\t"));
        all.put("trailing spaces", text -> eachLine(text, line -> line + "   "));
        all.put("non-breaking spaces", text -> eachLine(text, line -> "\u00a0" + line + "\u00a0").replace("BEGIN ", "BEGIN\u00a0"));
        all.put("narrow and wide spaces", text -> eachLine(text, line -> "\u202f\u2003" + line.replaceFirst("(?<=^[^-]{20})", "\u2009")));
        all.put("HTML spaces", text -> eachLine(text, line -> "&nbsp;" + line));
        all.put("byte order mark", text -> "\ufeff" + text);
        all.put("zero-width characters", text -> eachLine(text, line -> line.replaceFirst("(?<=^.{10})", "\u200b").replaceFirst("(?<=^.{5})", "\u00ad") + "\u200d"));
        all.put("double-spaced", text -> text.replace("\n", "\n\n"));
        all.put("wrapped at 76", text -> wrapped(text, 76));
        all.put("wrapped at 40", text -> wrapped(text, 40));
        all.put("wrapped at 40 and quoted", text -> eachLine(wrapped(text, 40), line -> "> " + line));
        all.put("wrapped at 30, labels too", text -> wrapped(text, 30));
        all.put("one long line", text -> BEGIN + "\n" + text.lines().filter(line -> !line.startsWith("-----")).collect(Collectors.joining()) + "\n" + END + "\n");
        all.put("one long line with spaces", text -> BEGIN + "\n" + text.lines().filter(line -> !line.startsWith("-----")).collect(Collectors.joining(" ")) + "\n" + END);
        all.put("lost BEGIN", text -> text.replace(BEGIN + "\n", ""));
        all.put("lost END", text -> text.replace(END, ""));
        all.put("lost both", text -> text.replace(BEGIN + "\n", "").replace(END, ""));
        all.put("long dashes", text -> text.replace("-----", "\u2014\u2013-"));
        all.put("fewer dashes", text -> text.replace("-----", "---"));
        all.put("no dashes", text -> text.replace("-----", ""));
        all.put("dash-escaped", text -> text.replace("-----BEGIN", "- -----BEGIN").replace("-----END", "- -----END"));
        all.put("leading text", text -> "Dear all,\nplease find the license below. Install it before Friday\n\n" + text);
        all.put("trailing signature", text -> text + "\n-- \nJohn Doe\nACME Water Ltd.\n+49 30 123456 | john@acme.example\n");
        all.put("text around, quoted", text -> "On Monday, Jane wrote:\n> Hello\n>\n" + eachLine(text, line -> "> " + line) + "> Best\n> Jane\n\nThank you!\n");
        all.put("lost END, then a greeting", text -> text.replace(END, "") + "\nBest regards\nJohn\n");
        all.put("lost both, text around", text -> "Hello\n\n" + text.replace(BEGIN + "\n", "").replace(END, "") + "\n\nCheers\nJohn\n");
        all.put("attached disclaimer", text -> text + "\nThis e-mail is confidential; if you are not its recipient, delete it.\n");
        return all;
    }

    @Test void every_mangling_is_read_for_every_kind_of_document() {
        for (var scene : List.of(CLASSICAL, Scene.hybrid())) {
            scene.documents().forEach((name, document) -> manglings().forEach((what, mangling) -> {
                // The named lines are those of a usage license.
                if (name.equals("usage-license")) {
                    assertThat(Armor.read(mangling.apply(Armor.write(document)))).as("%s: %s", name, what).isEqualTo(document);
                }
            }));
            scene.documents().forEach((name, document) -> assertThat(Armor.read(Armor.write(document))).as(name).isEqualTo(document));
        }
    }

    @Test void manglings_one_after_another_are_read() {
        long seed = 20260306;
        System.out.println("manglings of mail, seed " + seed);
        var random = new Random(seed);
        var each = Stream.of("CRLF", "quoted", "quoted in HTML", "indented", "trailing spaces", "non-breaking spaces", "double-spaced", "leading text", "trailing signature", "byte order mark", "wrapped at 40",
                "quoted with bars", "zero-width characters", "attached disclaimer", "long dashes").map(name -> Map.entry(name, manglings().get(name))).toList();
        for (int run = 0; run < 500; run++) {
            var text = ARMORED;
            var done = new ArrayList<String>();
            for (int i = 0; i < 3; i++) {
                var next = each.get(random.nextInt(each.size()));
                // Quoting with & in front of a wrapped line is still quoting, but a wrap must not cut an escape in two.
                if (next.getKey().equals("wrapped at 40") && !done.isEmpty()) {
                    continue;
                }
                text = next.getValue().apply(text);
                done.add(next.getKey());
            }
            assertThat(Armor.read(text)).as(done.toString()).isEqualTo(DOCUMENT);
        }
    }

    @Test void plain_json_is_read_too() {
        var json = new String(DOCUMENT.toBytes(), StandardCharsets.UTF_8);
        for (var text : List.of(json, "  " + json + "\n", "\ufeff" + json, json.replace(",", ",\n  "), eachLine(json.replace(",", ",\n"), line -> "> " + line))) {
            assertThat(Armor.read(text)).isEqualTo(DOCUMENT);
        }
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> Armor.read(text)).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.MALFORMED)).hasMessageContaining(message);
    }

    @Test void each_kind_of_damage_is_named_as_what_it_is() {
        refused("", "There is no text here");
        refused(" \r\n\u00a0\u200b\n>\n> >", "There is no text here");
        refused("Hello,\nwhere is my license?\n", "There is no Charter document in this text");
        refused(END, "There is no Charter document in this text");
        refused(BEGIN + "\n" + END, "There is nothing between the BEGIN and the END line");
        refused(BEGIN, "There is nothing between the BEGIN and the END line");
        refused(BEGIN + "\n" + LINES[1] + "\nPage 1 of 2 (confidential)\n" + LINES[2] + "\n" + END, "Line 3 does not belong to the document: \"Page 1 of 2 (confidential)\"");
        refused(BEGIN + "\n" + BODY.substring(0, 100) + "*" + BODY.substring(101) + "\n" + END, "Line 3 does not belong to the document");
        refused(BEGIN + "\n" + BODY.substring(0, 100) + BODY.substring(101) + "\n" + END, "A part of the document is missing");
        refused(BEGIN + "\n" + BODY.substring(0, BODY.length() / 3), "The end of the document is missing");
        refused(BEGIN + "\n" + String.join("\n", java.util.Arrays.copyOfRange(LINES, 1, LINES.length / 2)) + "\n" + END, "The end of the document is missing");
        refused(BEGIN + "\n" + String.join("\n", java.util.Arrays.copyOfRange(LINES, 1, 5)) + "\n" + String.join("\n", java.util.Arrays.copyOfRange(LINES, 6, LINES.length - 1)) + "\n" + END,
                "The document was damaged on the way");
        refused(BEGIN + "\n" + swapped(BODY, 700) + "\n" + END, "The document was damaged on the way");
        refused(armor("not a document".getBytes(StandardCharsets.UTF_8)), "This is no Charter document: expected an object");
        refused(armor("{}".getBytes(StandardCharsets.UTF_8)), "This is no Charter document: it must have 1 to 8 signatures");
        refused("{\"payload\":", "This is no Charter document: the text ends too early");
        refused("{\"payload\":" + "[".repeat(100), "This is no Charter document");
    }

    private static String swapped(String body, int at) {
        while (body.charAt(at) == body.charAt(at + 1) || body.charAt(at) == '\n' || body.charAt(at + 1) == '\n') {
            at++;
        }
        return body.substring(0, at) + body.charAt(at + 1) + body.charAt(at) + body.substring(at + 2);
    }

    @Test void one_changed_letter_anywhere_never_gives_another_document() {
        long seed = 20260307;
        System.out.println("changed letters of armored text, seed " + seed);
        var random = new Random(seed);
        for (int run = 0; run < 3000; run++) {
            var text = new StringBuilder(ARMORED);
            text.setCharAt(random.nextInt(text.length()), "ABab09+/=- \n>x".charAt(random.nextInt(14)));
            try {
                assertThat(Armor.read(text.toString())).isEqualTo(DOCUMENT);
            } catch (DocumentRejected refused) {
                assertThat(refused.flaw()).isEqualTo(Flaw.MALFORMED);
            }
        }
    }

    @Test void a_text_cut_at_any_length_is_whole_or_refused() {
        for (int length = 0; length < ARMORED.length(); length++) {
            var cut = ARMORED.substring(0, length);
            try {
                assertThat(Armor.read(cut)).isEqualTo(DOCUMENT);
                assertThat(length).isGreaterThanOrEqualTo(ARMORED.indexOf(END) - 8);
            } catch (DocumentRejected refused) {
                assertThat(refused.flaw()).isEqualTo(Flaw.MALFORMED);
            }
        }
    }

    private static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater(9);
        deflater.setInput(bytes);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static String armor(byte[] content) {
        return BEGIN + "\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(deflated(content)) + "\n" + END + "\n";
    }

    @Test void a_text_that_inflates_without_end_is_refused_at_its_bound() {
        refused(armor(new byte[200 * 1024 * 1024]), "larger than 64 KiB");
        refused(armor(new byte[SignedDocument.MOST_BYTES + 1]), "larger than 64 KiB");
        var spaces = new byte[SignedDocument.MOST_BYTES];
        java.util.Arrays.fill(spaces, (byte) ' ');
        refused(armor(spaces), "This is no Charter document");
        assertThatThrownBy(() -> SignedDocument.read(new byte[SignedDocument.MOST_BYTES + 1])).isInstanceOf(DocumentRejected.class).hasMessageContaining("larger than 64 KiB");
    }

    @Test void lines_made_to_be_slow_are_read_as_fast_as_others() {
        // Each of these took time that grew with the square of its length, or more, in a pattern that tries too much: then this test does not end.
        int length = 300_000;
        for (var line : List.of("-----BEGIN CHARTER " + " ".repeat(length) + "x", "-".repeat(length) + "BEGIN CHARTE", "- ".repeat(length / 2) + "x", ">".repeat(length) + "x", "> | ".repeat(length / 4) + "x",
                "A".repeat(length) + "!", "A".repeat(length) + "===", "A ".repeat(length / 2) + "!", "-----BEGIN CHARTER " + "A".repeat(length) + "!", "\u00a0".repeat(length) + "x", "\n".repeat(length) + "x",
                "A B ".repeat(length / 4) + "-x", "&gt;".repeat(length / 4) + "x")) {
            assertThatThrownBy(() -> Armor.read(BEGIN + "\n" + line + "\n" + END)).isInstanceOf(DocumentRejected.class);
            assertThatThrownBy(() -> Armor.read(line)).isInstanceOf(DocumentRejected.class);
        }
        for (var typed : List.of("AAAAB" + " ".repeat(length) + "x", "AAAAB-".repeat(length / 6), "AAAAB - ".repeat(length / 8), "- ".repeat(length / 2))) {
            assertThat(LicenseKey.read(typed)).isInstanceOf(LicenseKey.Reading.Faulty.class);
        }
    }

    @Test void a_hybrid_usage_license_in_text_form_stays_within_24_kb() {
        var scene = Scene.hybrid();
        var entitlements = new ArrayList<Entitlement>();
        for (int i = 0; i < 20; i++) {
            entitlements.add(new Entitlement.Feature("feature-with-a-long-name-" + i, Optional.of(Scene.NOW.plusSeconds(86400L * i + 86400))));
        }
        var plain = scene.license(scene.request());
        var license = new UsageLicense(plain.id(), plain.issuedAt(), plain.product(), "ACME Water and Sewage Company of the Northern District, Plant 7", plain.license(), plain.host(), 3, plain.request(), 1, entitlements,
                Optional.of(Scene.NOW.plus(Duration.ofDays(30))), Optional.empty(), Optional.empty());
        int characters = Armor.write(scene.issue(license)).length();
        System.out.println("hybrid usage license in text form: " + characters + " characters of 24000");
        assertThat(characters).isLessThanOrEqualTo(24_000);
    }
}
