package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Armor;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseKey;
import dev.charter.format.Pool;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SelfHelp;
import dev.charter.format.SignedDocument;
import dev.charter.format.SignerKeys;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageReport;
import dev.charter.format.UsageRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    @TempDir
    Path folder;

    final Vendor acme = Vendor.ACME;
    final SignerKeys host = acme.host();
    final UsageLicense license = Vendor.usageLicense(host, new Entitlement.Feature("sparkplug", Optional.empty()), new Entitlement.Support(Instant.parse("2027-03-31T00:00:00Z")));

    World.Result inspect(SignedDocument document, String... options) {
        var arguments = new String[options.length + 2];
        arguments[0] = "inspect";
        arguments[1] = Vendor.write(folder.resolve("document.json"), document.toBytes()).toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return new World(folder).run(arguments);
    }

    String anchor() {
        return acme.anchorFile(folder).toString();
    }

    @Test
    void a_usage_license_is_shown_with_what_it_grants_and_verifies_up_to_the_root() {
        var result = inspect(acme.issue(license), "--anchor", anchor());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("ACME Water", "sparkplug", "until 31 March 2027 (in 129 days)", "1 of 2 used", "plant-a", "verifies up to the root of acme");
        assertThat(result.out()).doesNotContain("does not verify");
    }

    @Test
    void json_is_one_object_that_names_each_signature_and_each_link_of_the_chain() {
        var json = inspect(acme.issue(license), "--anchor", anchor(), "--json").json();

        assertThat(json.path("kind").asString()).isEqualTo("usage-license");
        assertThat(json.path("verifies").asBoolean()).isTrue();
        assertThat(json.path("content").path("customer").asString()).isEqualTo("ACME Water");
        assertThat(json.path("signatures")).extracting(mark -> mark.path("algorithm").asString()).containsExactly("Ed25519", "ML-DSA-65");
        assertThat(json.path("chain")).extracting(link -> link.path("kind").asString()).containsExactly("key-certificate", "trust-statement");
        assertThat(json.path("chain").path(0).path("signatures")).allMatch(mark -> mark.path("verifies").asBoolean());
        assertThat(json.path("anchor").path("vendor").asString()).isEqualTo("acme");
    }

    @Test
    void an_altered_document_is_told_by_its_signatures() {
        var genuine = acme.issue(license);
        var altered = acme.issue(Vendor.usageLicense(host, new Entitlement.Feature("everything", Optional.empty())));
        var forged = new SignedDocument(altered.payloadText(), genuine.signatures(), genuine.certificates(), genuine.trustStatement(), Optional.empty());

        var json = inspect(forged, "--anchor", anchor(), "--json");

        assertThat(json.exitCode()).isEqualTo(6);
        assertThat(json.json().path("flaw").asString()).isEqualTo("SIGNATURE_WRONG");
        assertThat(json.json().path("signatures")).noneMatch(mark -> mark.path("verifies").asBoolean());
        assertThat(json.json().path("chain").path(0).path("signatures")).as("the chain itself is whole").allMatch(mark -> mark.path("verifies").asBoolean());
    }

    @Test
    void a_missing_signature_is_named_and_the_one_that_is_there_still_verifies() {
        var whole = acme.issue(license);
        var stripped = new SignedDocument(whole.payloadText(), whole.signatures().subList(0, 1), whole.certificates(), whole.trustStatement(), Optional.empty());

        var result = inspect(stripped, "--anchor", anchor());

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.out()).contains("Ed25519 by the key " + acme.issuingKey() + ": verifies", "ML-DSA-65 by the key " + acme.issuingKey() + ": does not verify. It is required, and it is not there.");
    }

    @Test
    void a_document_of_another_vendor_does_not_verify_though_its_signatures_are_its_own() {
        var result = inspect(Vendor.OTHER.issue(license), "--anchor", anchor());

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.out()).contains("no root that this product trusts vouches for it");
    }

    @Test
    void without_a_trust_anchor_nothing_that_a_vendor_signed_verifies_and_the_way_out_is_named() {
        var result = inspect(acme.issue(license));

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.out()).contains("--anchor FILE");
    }

    @Test
    void the_anchor_comes_from_the_environment_or_the_demos_data_folder_as_well() {
        var document = Vendor.write(folder.resolve("document.json"), acme.issue(license).toBytes()).toString();
        var data = folder.resolve("charter-data");

        assertThat(new World(folder).with("CHARTER_TRUST_ANCHOR", anchor()).run("inspect", document).exitCode()).isZero();
        acme.anchorFile(data);
        assertThat(new World(folder).run("inspect", document).exitCode()).isZero();
    }

    @Test
    void what_a_host_signed_verifies_without_any_anchor() {
        var key = LicenseKey.generate(new Random(7));
        var request = new UsageRequest(List.of(1), Purpose.ACTIVATE, "mqtt-server", new UsageRequest.LicenseName.ByLocator(key.locator()),
                new Host(host, Optional.of("plant-a"), Fingerprint.of(Map.of("board", Fingerprint.factor("acme", "board", "4711")))), 1, Vendor.THEN, Bytes.of(new byte[16]));
        var report = new UsageReport("mqtt-server", "lic-test", host, 1, Vendor.THEN, Vendor.THEN.plusSeconds(60), List.of(new UsageReport.Reading("messages", 5, 12)));

        assertThat(inspect(SignedDocument.sign(request, acme.signer(host), key)).out()).contains("signed by the host that it names", "named by the locator", "board");
        assertThat(inspect(SignedDocument.sign(report, acme.signer(host))).out()).contains("signed by the host that it names", "messages: 5 (12 altogether)");
    }

    @Test
    void a_request_tells_what_was_done_without_asking() {
        var done = new SelfHelp(2, Optional.of(Vendor.THEN), Optional.of(new SelfHelp.Reclaims(1, 3)));
        var request = new UsageRequest(List.of(1), Purpose.REFRESH, "mqtt-server", new UsageRequest.LicenseName.ById("lic-test"), new Host(host, Optional.of("plant-a"), Fingerprint.of(Map.of())), 1, Vendor.THEN,
                Bytes.of(new byte[16]), Optional.empty(), Optional.empty(), Optional.of(done));

        assertThat(inspect(SignedDocument.sign(request, acme.signer(host))).out()).containsPattern("Self-help +2 emergency days used, the last one from ").contains("3 seats reclaimed, 1 within the allowance's period");
        assertThat(inspect(SignedDocument.sign(request, acme.signer(host)), "--json").json().at("/content/selfHelp/reclaims/total").asInt()).isEqualTo(3);
    }

    @Test
    void a_release_tells_what_was_done_since_the_last_request() {
        var release = new Release("mqtt-server", "lic-test", "ul-test", host, Vendor.THEN, Bytes.of(new byte[16]));
        var told = SignedDocument.sign(release, acme.signer(host), Optional.of(new SelfHelp(2, Optional.of(Vendor.THEN), Optional.of(new SelfHelp.Reclaims(1, 3)))));

        assertThat(inspect(told).out()).containsPattern("Self-help +2 emergency days used, the last one from ").contains("3 seats reclaimed, 1 within the allowance's period");
        assertThat(inspect(told, "--json").json().at("/selfHelp").toString())
                .isEqualTo("{\"emergencyDays\":2,\"lastEmergencyDay\":\"" + Vendor.THEN + "\",\"reclaims\":{\"inPeriod\":1,\"total\":3}}");
        assertThat(inspect(SignedDocument.sign(release, acme.signer(host))).out()).doesNotContain("Self-help");
    }

    private byte[] export(String lines) {
        var server = acme.server();
        var plain = Vendor.usageLicense(server, new Entitlement.Feature("sparkplug", Optional.empty()));
        var pool = acme.issue(new UsageLicense("ul-pool", plain.issuedAt(), plain.product(), plain.customer(), plain.license(), plain.host(), 0, plain.request(), 1, plain.entitlements(), Optional.empty(),
                Optional.empty(), Optional.of(new Pool(5, LeaseProfile.PLANT))));
        var records = new UsageReport.Records("usage", lines.lines().count(), Digest.of(lines.getBytes(StandardCharsets.UTF_8)));
        var report = new UsageReport("mqtt-server", "lic-test", server, 3, Vendor.THEN, Vendor.THEN.plusSeconds(60), List.of(new UsageReport.Reading("denied", 5, 5)), Optional.of(records));
        return (lines + new String(SignedDocument.sign(report, acme.signer(server)).withPool(pool).toBytes(), StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private World.Result inspectFile(byte[] content, String... more) {
        var arguments = new ArrayList<>(List.of("inspect", Vendor.write(folder.resolve("usage.jsonl"), content).toString(), "--anchor", anchor()));
        arguments.addAll(List.of(more));
        return new World(folder).run(arguments.toArray(String[]::new));
    }

    @Test
    void an_export_of_a_floating_server_verifies_up_to_the_root_with_all_its_lines_however_many() {
        var file = export("{\"export\":\"usage\"}\n" + "{\"day\":\"2026-11-01\",\"peak\":4}\n".repeat(60_000));

        var result = inspectFile(file);
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out()).contains("verifies up to the root of acme", "denied: 5", "60,001 lines of usage", "are those that were signed");
        assertThat(inspectFile(file, "--json").json().path("linesAsSigned").asBoolean()).isTrue();
    }

    @Test
    void an_export_is_known_as_well_where_it_is_piped_in() {
        var file = new String(export("{\"export\":\"usage\"}\n" + "{\"day\":\"2026-11-01\",\"peak\":4}\n".repeat(60_000)), StandardCharsets.UTF_8);

        assertThat(new World(folder).piping(file).run("inspect", "-", "--anchor", anchor())).satisfies(result -> {
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).contains("60,001 lines of usage", "are those that were signed");
        });
        var altered = new World(folder).piping(file.replaceFirst("\"peak\":4", "\"peak\":3")).run("inspect", "-", "--anchor", anchor());
        assertThat(altered.exitCode()).isEqualTo(6);
        assertThat(altered.out()).contains("not those that were signed");
        assertThat(new World(folder).piping("{\"export\":\"usage\"}\n" + "x".repeat(3 << 20)).run("inspect", "-", "--anchor", anchor()).err()).contains("cut off");
    }

    @Test
    void an_export_in_which_a_line_was_changed_or_that_was_cut_off_does_not_verify() {
        var file = new String(export("{\"export\":\"usage\"}\n{\"day\":\"2026-11-01\",\"peak\":4}\n"), StandardCharsets.UTF_8);

        var altered = inspectFile(file.replace("\"peak\":4", "\"peak\":3").getBytes(StandardCharsets.UTF_8));
        assertThat(altered.exitCode()).isEqualTo(6);
        assertThat(altered.out()).contains("not those that were signed");
        var cut = inspectFile(file.substring(0, file.indexOf('\n', 25) + 1).getBytes(StandardCharsets.UTF_8));
        assertThat(cut.exitCode()).isEqualTo(6);
        assertThat(cut.err()).contains("cut off");
    }

    @Test
    void a_release_is_told_from_its_acknowledgement() {
        var release = new Release("mqtt-server", "lic-test", "ul-test", host, Vendor.THEN, Bytes.of(new byte[16]));

        assertThat(inspect(SignedDocument.sign(release, acme.signer(host)), "--anchor", anchor()).out()).contains("signed by the host that it names");
        assertThat(inspect(acme.issue(release), "--anchor", anchor()).out()).contains("verifies up to the root of acme");
    }

    @Test
    void refusals_certificates_and_trust_statements_are_known() {
        var refusal = new Refusal(Vendor.THEN, "mqtt-server", new Digest(Bytes.of(new byte[Digest.LENGTH])), RefusalCode.LICENSE_EXPIRED, "Renew it.", Optional.of("lic-test"));

        assertThat(inspect(acme.issue(refusal), "--anchor", anchor())).satisfies(result -> {
            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).contains("LICENSE_EXPIRED", "Renew it.");
        });
        assertThat(inspect(acme.certificate(), "--anchor", anchor()).exitCode()).isZero();
        assertThat(inspect(acme.trustStatement(), "--anchor", anchor()).exitCode()).isZero();
        assertThat(inspect(Vendor.OTHER.certificate(), "--anchor", anchor()).exitCode()).isEqualTo(6);
        assertThat(inspect(Vendor.OTHER.trustStatement(), "--anchor", anchor()).exitCode()).isEqualTo(6);
    }

    @Test
    void a_document_is_read_out_of_the_mail_that_it_came_in() {
        var mail = "Dear all,\r\n\r\n> " + Armor.write(acme.issue(license)).replace("\n", "\r\n> ") + "\r\nKind regards";

        assertThat(new World(folder).piping(mail).run("inspect", "-", "--anchor", anchor()).exitCode()).isZero();
    }

    @Test
    void a_license_key_is_recognised_and_not_shown_again() {
        var key = LicenseKey.generate(new Random(7)).revealSecret();

        var result = new World(folder).piping(key + "\n").run("inspect", "-");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("This is a license key, not a document");
        assertThat(result.out() + result.err()).doesNotContain(key.substring(0, 5));
    }

    @Test
    void a_license_key_with_a_typing_mistake_is_told_with_its_group() {
        var key = LicenseKey.generate(new Random(7)).revealSecret();
        var mistyped = key.substring(0, 12) + (key.charAt(12) == 'A' ? 'B' : 'A') + key.substring(13);

        var result = new World(folder).piping(mistyped).run("inspect", "-");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("group 3");
    }

    @Test
    void a_trust_anchor_is_recognised() {
        var result = new World(folder).run("inspect", anchor());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Trust anchor", "acme", acme.anchor().roots().getFirst().id().value(), "ML-DSA-65");
    }

    @Test
    void what_is_no_document_is_refused_with_what_is_wrong_first() {
        assertThat(new World(folder).piping("Hello,\nplease find attached\n").run("inspect", "-")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(6);
            assertThat(result.err()).contains("There is no Charter document in this text");
        });
        assertThat(new World(folder).piping("x".repeat((1 << 20) + 1)).run("inspect", "-").exitCode()).isEqualTo(6);
        assertThat(new World(folder).run("inspect", folder.resolve("absent").toString()).exitCode()).isEqualTo(7);
    }

    @Test
    void a_kind_of_document_that_is_not_known_is_no_fault() {
        var genuine = new String(acme.trustStatement().toBytes(), StandardCharsets.UTF_8);
        var header = acme.trustStatement().signatures().getFirst().protectedText();
        var unknown = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"Ed25519\",\"kid\":\"x\",\"typ\":\"charter-future+jws\"}".getBytes(StandardCharsets.US_ASCII));

        var result = new World(folder).piping(genuine.replace(header, unknown)).run("inspect", "-", "--anchor", anchor());

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).contains("no kind of document that this program knows", "(WRONG_KIND)");
    }
}
