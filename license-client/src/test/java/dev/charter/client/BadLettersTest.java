package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageReport;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people give in place of the usage license, and what becomes of it on the way. Each has a message that whoever runs a plant understands, and changes nothing.
class BadLettersTest {
    @TempDir Path folder;
    World world;
    LicenseClient client;
    SignedDocument request;
    SignedDocument answer;

    @BeforeEach void a_request_waits_and_its_answer_has_come() {
        world = new World(folder.resolve("home"));
        world.issuer.type = LicenseType.OFFLINE;
        client = world.open();
        request = World.made(client.makeRequest(world.key));
        answer = world.issuer.license(request);
    }

    @AfterEach void the_request_still_waits_or_was_answered() {
        boolean licensed = client.state() instanceof LicenseState.InForce;
        assertThat(client.waitingRequest().isPresent()).as("nothing is lost by trying").isNotEqualTo(licensed);
        client.close();
    }

    /// What installing and looking say, which is the same.
    String refused(String text) {
        var look = client.look(text);
        assertThat(look.installable()).isFalse();
        assertThat(client.install(text)).isEqualTo(new Activation.NotPossible(look.message()));
        return look.message();
    }

    LetterLook.Kind kind(String text) {
        return client.look(text).kind();
    }

    void installs(String text) {
        assertThat(client.look(text)).satisfies(look -> assertThat(look.installable()).as(look.message()).isTrue());
        assertThat(client.install(text)).isInstanceOf(Activation.Activated.class);
    }

    // --- the wrong document ---

    @Test void the_request_instead_of_the_license() {
        assertThat(refused(Armor.write(request))).isEqualTo("This is a usage request; the usage license is the answer to it. Send the request to the vendor, and install here what comes back.");
        assertThat(kind(Armor.write(request))).isEqualTo(LetterLook.Kind.USAGE_REQUEST);
    }

    @Test void the_request_of_another_host() {
        var other = new World(folder.resolve("other"));
        try (var otherClient = other.open()) {
            assertThat(refused(Armor.write(World.made(otherClient.makeRequest(other.key))))).contains("It is another host's (plant-a).");
        }
    }

    @Test void a_license_key_instead_of_the_license() {
        for (var text : List.of(world.key.revealSecret(), "  " + world.key.revealSecret().toLowerCase(java.util.Locale.ROOT) + "\n", "Your license key: " + world.key.revealSecret())) {
            assertThat(kind(text)).isEqualTo(LetterLook.Kind.LICENSE_KEY);
            assertThat(refused(text)).startsWith("This is a license key, not a usage license.").doesNotContain(world.key.revealSecret());
        }
    }

    @Test void the_license_of_another_host() {
        var other = new World(folder.resolve("other"));
        try (var otherClient = other.builderFor(world.issuer).open()) {
            var theirs = world.issuer.license(World.made(otherClient.makeRequest(world.key)));
            assertThat(refused(Armor.write(theirs))).isEqualTo("This usage license is for another host (plant-a). Install it there. For this host, make a request here and install the answer to it.");
        }
    }

    @Test void the_license_of_another_product() {
        world.issuer.product = "historian";
        assertThat(refused(Armor.write(world.issuer.license(request)))).isEqualTo("This usage license is for another product, historian. This is mqtt-server: install the answer to its own request here.");
    }

    @Test void the_license_of_another_vendor() {
        var other = new Issuer(world.clocks::truth);
        assertThat(refused(Armor.write(other.license(request)))).contains("This was not signed by acme");
    }

    @Test void the_answer_to_an_older_request() {
        client.makeRequest(world.key);
        assertThat(refused(Armor.write(answer))).contains("an older request of this host", "A newer one was made on 1 March 2026, 08:00 UTC", "or make a new request");
    }

    @Test void the_answer_to_a_request_that_was_forgotten_with_a_restored_folder() {
        var later = new World(folder.resolve("later"));
        try (var copy = later.builderFor(world.issuer).open()) {
            copy.makeRequest(world.key);
        }
        // The same key on a host that has made one request, and an answer to its second.
        var asked = dev.charter.format.UsageRequest.read(request.payload());
        var second = new dev.charter.format.UsageRequest(asked.formats(), asked.purpose(), asked.product(), asked.license(), asked.host(), asked.sequence() + 1, asked.madeAt(),
                dev.charter.format.Bytes.of(new byte[16]));
        var license = dev.charter.format.UsageLicense.read(answer.payload());
        assertThat(license.sequence()).isEqualTo(1);
        assertThat(refused(Armor.write(world.issuer.issue(new dev.charter.format.UsageLicense(license.id(), license.issuedAt(), license.product(), license.customer(), license.license(), license.host(),
                license.factorsRequired(), dev.charter.format.Digest.of(second.toBytes()), second.sequence(), license.entitlements(), Optional.empty(), Optional.empty(), Optional.empty())))))
                .contains("a request that this host no longer knows", "Make a new request here");
    }

    @Test void a_usage_report_or_another_document_of_charter() {
        var report = new UsageReport("mqtt-server", "lic-1", client.host().keys(), 1, Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"), List.of());
        assertThat(refused(Armor.write(signed(report)))).contains("This is a usage report, which goes to the vendor");
        assertThat(refused(Armor.write(answer.trustStatement().orElseThrow()))).contains("This is a trust statement; a usage license is needed here");
    }

    private SignedDocument signed(Payload payload) {
        return SignedDocument.sign(payload, HostKey.generate(new java.security.SecureRandom()));
    }

    @Test void the_deactivation_code_of_another_host_and_its_confirmation() {
        var other = new World(folder.resolve("other"));
        try (var otherClient = other.activated()) {
            var proof = ((Deactivation.Deactivated) otherClient.deactivate()).proof();
            assertThat(refused(Armor.write(proof))).startsWith("This is the deactivation code of another host.");
            assertThat(refused(Armor.write(world.issuer.acknowledge(proof)))).startsWith("This confirms the deactivation of another host");
        }
    }

    // --- the clock ---

    @Test void a_clock_that_is_wrong_by_years_when_the_answer_is_installed() {
        answer = world.issuer.licenseToInstallBefore(request, Instant.parse("2026-03-31T08:00:00Z"));
        world.clocks.setWall(Instant.parse("2031-01-01T00:00:00Z"));
        assertThat(refused(Armor.write(answer))).isEqualTo("This usage license was to be installed before 31 March 2026, 08:00 UTC, and it is 1 January 2031, 00:00 UTC here."
                + " Make a new request. If the clock of this machine is wrong, set it first.");
        world.clocks.setWall(Instant.parse("2026-03-01T09:00:00Z"));
        installs(Armor.write(world.issuer.license(World.made(client.makeRequest(world.key)))));
    }

    @Test void a_clock_that_was_ahead_already_when_the_request_was_made_does_no_harm() {
        world.clocks.setWall(Instant.parse("2031-01-01T00:00:00Z"));
        request = World.made(client.makeRequest(world.key));
        installs(Armor.write(world.issuer.licenseToInstallBefore(request, Instant.parse("2026-03-31T08:00:00Z"))));
        assertThat(client.now()).as("and is known to be wrong from here on").isBefore(Instant.parse("2026-03-02T00:00:00Z"));
    }

    @Test void a_clock_that_stands_before_the_answer_was_made_does_no_harm() {
        world.clocks.setWall(Instant.parse("2020-01-01T00:00:00Z"));
        installs(Armor.write(answer));
    }

    @Test void a_window_cannot_be_lengthened_by_setting_the_clock_back() {
        answer = world.issuer.licenseToInstallBefore(request, Instant.parse("2026-03-31T08:00:00Z"));
        world.pass(Duration.ofDays(30), Duration.ofHours(6));
        world.clocks.setWall(Instant.parse("2026-03-15T00:00:00Z"));
        assertThat(refused(Armor.write(answer))).contains("was to be installed before 31 March 2026");
    }

    // --- damage on the way ---

    @Test void half_a_paste_of_any_length() {
        var whole = Armor.write(answer);
        for (int length = 1; length < whole.length() - 40; length += 7) {
            assertThat(client.look(whole.substring(0, length)).installable()).as("cut at " + length).isFalse();
        }
        assertThat(refused(whole.substring(0, whole.length() / 2))).contains("Copy it again");
        assertThat(refused(whole.substring(whole.length() / 2))).contains("Copy");
        assertThat(kind(whole.substring(0, whole.length() / 2))).isEqualTo(LetterLook.Kind.UNREADABLE);
    }

    @Test void a_line_that_is_lost_or_swapped() {
        var lines = new ArrayList<>(Armor.write(answer).lines().toList());
        lines.remove(5);
        assertThat(refused(String.join("\n", lines))).contains("Copy it again");
    }

    @Test void some_of_the_parts_of_a_code() {
        world.issuer.entitlements.clear();
        for (int i = 0; i < 200; i++) {
            world.issuer.entitlements.add(new dev.charter.format.Entitlement.Feature("feature-" + new Random(i).nextLong(Long.MAX_VALUE), Optional.empty()));
        }
        var parts = Codes.write(world.issuer.license(request));
        assertThat(parts).hasSizeGreaterThan(2);
        var some = parts.get(2) + "\n" + parts.get(0);
        assertThat(client.look(some)).satisfies(look -> {
            assertThat(look.kind()).isEqualTo(LetterLook.Kind.PARTS);
            assertThat(look.parts()).isEqualTo(parts.size());
            assertThat(look.missing()).contains(2).doesNotContain(1, 3).hasSize(parts.size() - 2);
            assertThat(look.message()).contains("the order does not matter");
        });
        refused(some);
        var backwards = new ArrayList<>(parts);
        Collections.reverse(backwards);
        installs(String.join("\n", backwards));
    }

    @ParameterizedTest @ValueSource(strings = {"", "   \n\t ", "\ufeff"})
    void nothing_at_all(String text) {
        assertThat(kind(text)).isIn(LetterLook.Kind.NOTHING, LetterLook.Kind.UNREADABLE);
        refused(text);
    }

    @ParameterizedTest @ValueSource(strings = {"hello", "{\"a\":1}", "<html><body>It works!</body></html>", "PK\u0003\u0004 and so on", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"})
    void anything_else(String text) {
        assertThat(kind(text)).isEqualTo(LetterLook.Kind.UNREADABLE);
        assertThat(refused(text)).isNotBlank();
    }

    @Test void garbage_of_any_kind_is_refused_quickly_and_never_a_fault() {
        var random = new Random(4);
        for (int i = 0; i < 300; i++) {
            var bytes = new byte[random.nextInt(3000)];
            random.nextBytes(bytes);
            assertThat(client.install(LicenseClient.textOf(bytes))).isInstanceOf(Activation.NotPossible.class);
        }
        for (var repeated : List.of("<", "<a ", "BEGIN CHARTER ", "CHARTER/1/2/AAAAAAAA/", "<style>", "A", "&lt;", "-----BEGIN CHARTER USAGE LICENSE-----\n", "Content-Transfer-Encoding: base64\n\n", "Content-Transfer-Encoding: quoted-printable\n\n=3D\n--x\n")) {
            var began = System.nanoTime();
            refused(repeated.repeat(1024 * 1024 / repeated.length()));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).as(repeated).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test void more_than_a_letter() {
        assertThat(refused("x".repeat(1024 * 1024 + 1))).contains("larger than 1 MiB");
    }

    // --- what does no harm ---

    @ParameterizedTest @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252"})
    void a_file_in_another_encoding_with_or_without_its_mark(String charset) {
        installs(LicenseClient.textOf(("Grüße aus Köln\r\n\r\n" + Armor.write(answer).replace("\n", "\r\n")).getBytes(Charset.forName(charset))));
    }

    @Test void a_file_in_utf_16_with_a_mark() {
        installs(LicenseClient.textOf(("\ufeff" + Armor.write(answer)).getBytes(StandardCharsets.UTF_16LE)));
    }

    @Test void html_around_it() {
        var lines = Armor.write(answer).strip().lines().toList();
        installs("<html><head><style>p { margin: 0 }</style></head><body><p>Dear&nbsp;customer,</p><div class=\"mail\"><p>" + String.join("<br>\n", lines) + "</p></div></body></html>");
    }

    @Test void html_with_each_line_in_a_tag_of_its_own_and_plus_signs_escaped() {
        var html = new StringBuilder("<blockquote><pre>");
        Armor.write(answer).lines().forEach(line -> html.append("<div><span style='font-family:monospace'>").append(line.replace("+", "&#43;")).append("</span></div>"));
        installs(html + "</pre></blockquote>");
    }

    @Test void a_whole_thread_of_mails_with_the_request_quoted_before_and_after() {
        var quoted = Armor.write(request).lines().map(line -> "> " + line).toList();
        var thread = "> You wrote:\n" + String.join("\n", quoted) + "\n\nDear customer,\n\nhere it is.\n\n" + Armor.write(answer) + "\nRegards\n\n" + String.join("\n", quoted) + "\n";
        installs(thread);
    }

    @Test void a_mail_saved_as_a_file_with_the_answer_as_an_attachment_in_base64_and_the_request_quoted() {
        var attachment = java.util.Base64.getMimeEncoder().encodeToString(("\ufeff" + Armor.write(answer)).getBytes(StandardCharsets.UTF_16LE));
        installs("From: desk@acme.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"----=_Part_0\"\r\n\r\n------=_Part_0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 7bit\r\n\r\nHere it is.\r\n> " + Armor.write(request).replace("\n", "\r\n> ") + "\r\n------=_Part_0\r\n"
                + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=usage-license.txt\r\n\r\n" + attachment + "\r\n------=_Part_0--\r\n");
    }

    @Test void a_mail_saved_as_a_file_in_quoted_printable() {
        var body = new StringBuilder();
        for (var line : ("Gr=C3=BC=C3=9Fe,\n\n" + Armor.write(answer).replace("=", "=3D")).split("\n", -1)) {
            body.append(line.length() > 40 ? line.substring(0, 40) + "=\r\n" + line.substring(40) : line).append("\r\n");
        }
        installs("Subject: Your license\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + body);
    }

    @Test void a_mail_saved_as_a_file_in_html_alone() {
        var html = "<html><body><p>" + Armor.write(answer).strip().replace("=", "=3D").replace("\n", "<br>=\r\n") + "</p></body></html>";
        installs("Content-Type: text/html\r\nContent-Transfer-Encoding: Quoted-Printable\r\n\r\n" + html);
    }

    @Test void a_thread_in_which_an_older_answer_and_a_deactivation_stand_too() {
        var older = Armor.write(answer);
        request = World.made(client.makeRequest(world.key));
        installs(older + "\n\n" + Armor.write(request) + "\n\n" + Armor.write(world.issuer.license(request)));
        world.unreachable();
        var proof = ((Deactivation.Deactivated) client.deactivate()).proof();
        assertThat(client.install("> " + Armor.write(proof).replace("\n", "\n> ") + "\n\n" + Armor.write(world.issuer.acknowledge(proof)))).isEqualTo(new Activation.Acknowledged("lic-1"));
        client.makeRequest(world.key);
    }
}
