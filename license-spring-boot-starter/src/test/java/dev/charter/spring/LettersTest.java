package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.LicenseClient;
import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.License;
import dev.charter.testkit.TestKeys;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that reaches nobody: what a person carries to the vendor and back, as a browser sees it.
class LettersTest {
    static final String PAGE = "/api/license";
    static final String PORTAL = "https://license.example/portal/";

    @TempDir Path folder;
    AuthorityInMemory authority;
    RunningProduct product;

    @BeforeEach void aProductWithoutInternet() {
        authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        product = RunningProduct.start(settings("plant-a"));
    }

    @AfterEach void stop() {
        product.close();
    }

    Map<String, String> settings(String host) {
        try (var nobody = FakeAuthorityHttp.serve(authority)) {
            var settings = new HashMap<>(RunningProduct.settings(folder, authority, nobody));
            settings.remove("charter.license.authority");
            settings.put("charter.license.home", folder.resolve(host).toString());
            settings.put("charter.license.host-name", host);
            settings.put("charter.license.words.unlicensed", "Pumps are refused");
            settings.put("charter.license.vendor.support-email", "licenses@pumps.example");
            settings.put("charter.license.vendor.portal-url", PORTAL);
            return settings;
        }
    }

    static License license() {
        return License.license().ofProduct("pump-server").forHosts(2).withFeature("forecast");
    }

    LicenseKey sold() {
        return authority.sells(license());
    }

    /// What comes back when somebody brings the text to the vendor.
    String answerTo(String text) {
        return authority.answerLetter(text);
    }

    RunningProduct.Answer request(LicenseKey key) {
        return product.post(PAGE + "/usage-requests", "{\"key\":\"" + key.revealSecret() + "\"}");
    }

    RunningProduct.Answer update() {
        return product.post(PAGE + "/usage-requests", "{}");
    }

    static String json(String text) {
        return "{\"text\":" + JsonMapper.shared().writeValueAsString(text) + "}";
    }

    JsonNode check(String text) {
        return product.post(PAGE + "/letter-checks", json(text)).json();
    }

    JsonNode install(String text) {
        return product.post(PAGE + "/usage-licenses", json(text)).json();
    }

    void isA(String kind, String says, String text) {
        var check = check(text);
        assertThat(check.path("kind").asString()).as(check.toString()).isEqualTo(kind);
        assertThat(check.path("message").asString()).contains(says);
        assertThat(check.path("installable").asBoolean()).as(check.toString()).isFalse();
    }

    String licensed(LicenseKey key) {
        var answer = answerTo(request(key).json().path("usageRequest").path("text").asString());
        assertThat(install(answer).path("outcome").asString()).isEqualTo("activated");
        return answer;
    }

    // --- the story ---

    @Test void a_key_makes_a_request_and_its_answer_makes_the_server_licensed() {
        var key = sold();

        var page = request(key).json();

        assertThat(page.path("headline").asString()).isEqualTo("Waiting for the usage license");
        assertThat(page.path("meaning").asString()).isEqualTo("The request of {" + page.path("usageRequest").path("since").asString() + "} is the one that counts");
        assertThat(page.path("actions").toString()).isEqualTo("[\"upload-usage-license\",\"show-request\",\"activate\"]");
        assertThat(page.path("waiting").path("byLetter").asBoolean()).isTrue();
        var request = page.path("usageRequest");
        assertThat(request.path("update").asBoolean()).isFalse();
        assertThat(request.has("licenseId")).isFalse();
        assertThat(request.path("fileName").asString()).isEqualTo("usage-request-plant-a.txt");
        assertThat(request.path("supportEmail").asString()).isEqualTo("licenses@pumps.example");
        assertThat(request.path("portalUrl").asString()).isEqualTo(PORTAL);
        assertThat(product.get(PAGE).json().path("usageRequest")).as("the same when it is shown again").isEqualTo(request);

        var answer = answerTo(request.path("text").asString());
        assertThat(check(answer).path("kind").asString()).isEqualTo("usage-license");
        assertThat(check(answer).path("installable").asBoolean()).isTrue();
        assertThat(product.get(PAGE).json().path("state").asString()).as("a check changes nothing").isEqualTo("never-licensed");
        var installed = install("Dear customer,\r\n\r\n> " + answer.replace("\n", "\r\n> ") + "\r\nBest regards\r\n");
        assertThat(installed.path("outcome").asString()).isEqualTo("activated");
        assertThat(installed.path("message").asString()).isEqualTo("This server is activated.");
        assertThat(installed.path("license").path("headline").asString()).isEqualTo("Licensed to ACME Water");
        assertThat(installed.path("license").has("usageRequest")).isFalse();
        assertThat(product.get("/forecast").status()).isEqualTo(200);
        assertThat(authority.activationsUsed(key)).isEqualTo(1);
    }

    @Test void what_is_shown_is_one_document_whichever_way_it_travels() {
        var request = request(sold()).json().path("usageRequest");
        var document = Armor.read(request.path("text").asString());
        assertThat(Verifier.request(document).content().product()).isEqualTo("pump-server");

        assertThat(request.path("codes").size()).isEqualTo(1);
        var code = request.path("codes").path(0).asString();
        assertThat(code).startsWith(PORTAL + "#CHARTER/1/1/").hasSizeLessThanOrEqualTo(Codes.ARMS_LENGTH);
        assertThat(Armor.read(code)).isEqualTo(document);

        var mail = URI.create(request.path("mailto").asString());
        assertThat(mail.toString()).startsWith("mailto:licenses@pumps.example?subject=").hasSizeLessThanOrEqualTo(2000);
        var body = URLDecoder.decode(mail.toString().replaceFirst(".*&body=", ""), StandardCharsets.UTF_8);
        assertThat(URLDecoder.decode(mail.toString(), StandardCharsets.UTF_8)).contains("Usage request of plant-a for Pump Server");
        assertThat(Armor.read(body)).isEqualTo(document);
    }

    @Test void a_long_host_name_makes_no_link_and_no_file_name_that_programs_refuse() {
        var vendor = new LicenseSettings.Vendor("Pumps", Optional.of("licenses@pumps.example"), Optional.empty(), Optional.empty());
        var document = Armor.read(request(sold()).json().path("usageRequest").path("text").asString());

        var letter = new WriteLetter("Pump Server", vendor).request(document, Optional.of("水".repeat(200)));

        assertThat(letter.fileName()).matches("usage-request-[A-Za-z0-9._-]{1,60}\\.txt");
        assertThat(letter.mailto().orElseThrow()).hasSizeLessThanOrEqualTo(2000).contains("attached");
        assertThat(letter.codes()).allMatch(code -> code.startsWith("CHARTER/"));
        assertThat(new WriteLetter("Pump Server", new LicenseSettings.Vendor("Pumps", Optional.empty(), Optional.empty(), Optional.empty())).request(document, Optional.empty()).mailto()).isEmpty();
    }

    @Test void a_second_request_is_made_only_by_who_knows_that_it_makes_the_first_one_worthless() {
        var key = sold();
        var first = request(key).json().path("usageRequest").path("text").asString();

        var again = request(key);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("code").asString()).isEqualTo("REQUEST_WAITING");
        assertThat(again.json().path("detail").asString()).contains("makes it worthless");
        assertThat(product.get(PAGE).json().path("usageRequest").path("text").asString()).isEqualTo(first);
        assertThat(product.post(PAGE + "/usage-requests", "{\"key\":\"" + key.revealSecret() + "\",\"supersede\":false}").status()).isEqualTo(409);

        var second = product.post(PAGE + "/usage-requests", "{\"key\":\"" + key.revealSecret() + "\",\"supersede\":true}").json().path("usageRequest").path("text").asString();
        assertThat(second).isNotEqualTo(first);
        var late = answerTo(first);
        isA("usage-license", "older request", late);
        assertThat(install(late).path("outcome").asString()).isEqualTo("not-possible");
        assertThat(install(late).path("message").asString()).contains("older request");
        assertThat(install(answerTo(second)).path("outcome").asString()).isEqualTo("activated");
    }

    @Test void an_activation_over_the_network_takes_the_place_of_a_letter_only_for_who_knows_that() {
        var key = sold();
        var letter = request(key).json().path("usageRequest").path("text").asString();
        product.close();
        var settings = settings("plant-a");
        try (var gone = FakeAuthorityHttp.serve(authority)) {
            settings.put("charter.license.authority", gone.url().toString());
        }
        product = RunningProduct.start(settings);

        for (var typed : List.of("", ",\"supersede\":false", ",\"supersede\":null")) {
            var asked = product.post(PAGE + "/activations", "{\"key\":\"" + key.revealSecret() + "\"" + typed + "}");
            assertThat(asked.status()).as(typed).isEqualTo(409);
            assertThat(asked.json().path("code").asString()).isEqualTo("REQUEST_WAITING");
            assertThat(asked.json().path("detail").asString()).contains("makes it worthless");
        }
        assertThat(product.post(PAGE + "/activations", "{\"key\":\"ABCDE\"}").json().path("code").asString()).as("a typo needs no question").isEqualTo("KEY_MALFORMED");
        assertThat(product.get(PAGE).json().path("usageRequest").path("text").asString()).isEqualTo(letter);

        var knowing = product.post(PAGE + "/activations", "{\"key\":\"" + key.revealSecret() + "\",\"supersede\":true}");
        assertThat(knowing.json().path("outcome").asString()).isEqualTo("unreachable");
        assertThat(knowing.json().path("license").has("usageRequest")).isFalse();
        assertThat(install(answerTo(letter)).path("message").asString()).contains("older request");
        assertThat(product.post(PAGE + "/activations", "{\"key\":\"" + key.revealSecret() + "\"}").json().path("outcome").asString()).as("again: nothing is lost by it").isEqualTo("unreachable");
    }

    @Test void what_cannot_be_requested_is_a_problem_that_says_why() {
        var malformed = product.post(PAGE + "/usage-requests", "{\"key\":\"ABCDE-ABCDE\"}");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.json().path("code").asString()).isEqualTo("KEY_MALFORMED");
        assertThat(malformed.json().path("detail").asString()).contains("25 characters");
        assertThat(malformed.text()).doesNotContain("ABCDE");

        var nothing = update();
        assertThat(nothing.status()).isEqualTo(409);
        assertThat(nothing.json().path("code").asString()).isEqualTo("REQUEST_NOT_POSSIBLE");
        assertThat(nothing.json().path("detail").asString()).contains("no license here");
        assertThat(product.get(PAGE).json().has("usageRequest")).isFalse();

        licensed(sold());
        var another = request(LicenseKey.generate(new Random(5)));
        assertThat(another.json().path("code").asString()).isEqualTo("REQUEST_NOT_POSSIBLE");
        assertThat(another.json().path("detail").asString()).isEqualTo(RefusalCode.ALREADY_LICENSED.advice());
    }

    @Test void an_update_keeps_the_license_in_force_and_lists_what_changed() {
        var key = sold();
        licensed(key);
        authority.changes(key, license -> license.withFeature("reports"));

        var page = update().json();

        assertThat(page.path("state").asString()).isEqualTo("licensed");
        assertThat(page.path("actions").toString()).isEqualTo("[\"upload-usage-license\",\"show-request\",\"reactivate\",\"deactivate\"]");
        assertThat(page.path("usageRequest").path("update").asBoolean()).isTrue();
        assertThat(page.path("usageRequest").path("licenseId").asString()).isEqualTo(page.path("license").path("id").asString());
        assertThat(product.get("/forecast").status()).isEqualTo(200);
        assertThat(product.get("/report").status()).isEqualTo(403);
        assertThat(UsageRequest.read(Armor.read(page.path("usageRequest").path("text").asString()).payload()).license()).isInstanceOf(UsageRequest.LicenseName.ById.class);

        var installed = install(answerTo(page.path("usageRequest").path("text").asString()));
        assertThat(installed.path("outcome").asString()).isEqualTo("activated");
        assertThat(installed.path("message").asString()).isEqualTo("The license is up to date. One thing has changed.");
        assertThat(installed.path("changes").findValuesAsString("kind")).containsExactly("feature-added");
        assertThat(product.get("/report").status()).isEqualTo(200);
        assertThat(authority.activationsUsed(key)).isEqualTo(1);
    }

    @Test void a_refusal_that_came_by_letter_is_told_in_the_vendors_words() {
        var key = sold();
        var request = request(key).json().path("usageRequest").path("text").asString();
        authority.suspends(key);
        var refusal = answerTo(request);

        assertThat(check(refusal).path("kind").asString()).isEqualTo("refusal");
        assertThat(check(refusal).path("installable").asBoolean()).isTrue();
        assertThat(check(refusal).path("message").asString()).contains(RefusalCode.LICENSE_SUSPENDED.advice());
        var installed = install(refusal);
        assertThat(installed.path("outcome").asString()).isEqualTo("refused");
        assertThat(installed.path("code").asString()).isEqualTo("LICENSE_SUSPENDED");
        assertThat(installed.path("license").has("usageRequest")).as("it was answered").isFalse();
    }

    @Test void a_deactivation_shows_its_proof_until_it_is_confirmed_by_letter() {
        var key = sold();
        licensed(key);

        var released = product.post(PAGE + "/deactivations").json().path("license");

        assertThat(released.path("headline").asString()).isEqualTo("Deactivated; here is the code that proves it");
        var proof = released.path("released");
        assertThat(proof.path("acknowledged").asBoolean()).isFalse();
        assertThat(proof.path("fileName").asString()).isEqualTo("deactivation-" + proof.path("licenseId").asString() + ".txt");
        assertThat(proof.path("codes").path(0).asString()).startsWith(PORTAL + "#CHARTER/1/1/");
        assertThat(proof.path("mailto").asString()).startsWith("mailto:licenses@pumps.example?subject=Deactivation%20of%20");
        isA("release", "deactivation code of this host", proof.path("proof").asString());

        var acknowledgement = answerTo(proof.path("proof").asString());
        assertThat(authority.activationsUsed(key)).isZero();
        assertThat(check(acknowledgement).path("kind").asString()).isEqualTo("acknowledgement");
        assertThat(check(acknowledgement).path("installable").asBoolean()).isTrue();
        var installed = install(acknowledgement);
        assertThat(installed.path("outcome").asString()).isEqualTo("acknowledged");
        assertThat(installed.path("license").path("released").path("acknowledged").asBoolean()).isTrue();
        assertThat(product.get(PAGE).json().path("released").path("proof").asString()).as("shown until something new is activated").isEqualTo(proof.path("proof").asString());
    }

    // --- updating in place of Reactivate ---

    @Test void where_nothing_can_be_fetched_the_page_says_what_to_do_instead() {
        assertThat(product.get(PAGE).json().has("reactivationAdvice")).as("there is nothing to reactivate").isFalse();
        licensed(sold());
        assertThat(product.get(PAGE).json().path("reactivationAdvice").asString()).startsWith("This server knows no address of the vendor").contains("Make a usage request for an update");
        var answer = product.post(PAGE + "/reactivations").json();
        assertThat(answer.path("outcome").asString()).isEqualTo("not-possible");
        assertThat(answer.path("message").asString()).isEqualTo(product.get(PAGE).json().path("reactivationAdvice").asString());
    }

    @Test void an_offline_license_is_updated_by_letter_also_where_the_vendor_is_reached() {
        product.close();
        try (var http = FakeAuthorityHttp.serve(authority)) {
            var settings = settings("plant-a");
            settings.put("charter.license.authority", http.url().toString());
            product = RunningProduct.start(settings);
            licensed(authority.sells(license().ofType(LicenseType.OFFLINE)));
            var page = product.get(PAGE).json();
            assertThat(page.path("license").path("type").asString()).isEqualTo("offline");
            assertThat(page.path("reactivationAdvice").asString()).startsWith("This license is updated by letter.");
            assertThat(product.post(PAGE + "/reactivations").json().path("outcome").asString()).isEqualTo("not-possible");
            assertThat(install(answerTo(update().json().path("usageRequest").path("text").asString())).path("message").asString()).isEqualTo("The license is up to date.");
        }
    }

    @Test void an_online_license_of_a_server_that_reaches_the_vendor_has_no_such_advice() {
        product.close();
        try (var http = FakeAuthorityHttp.serve(authority)) {
            var settings = settings("plant-a");
            settings.put("charter.license.authority", http.url().toString());
            product = RunningProduct.start(settings);
            licensed(sold());
            assertThat(product.get(PAGE).json().has("reactivationAdvice")).isFalse();
            assertThat(product.post(PAGE + "/reactivations").json().path("outcome").asString()).isEqualTo("activated");
        }
    }

    // --- what was given ---

    @Test void each_text_is_told_for_what_it_is() {
        var key = sold();
        var request = request(key).json().path("usageRequest").path("text").asString();
        isA("nothing", "no text", " \n\t");
        isA("usage-request", "This is a usage request; the usage license is the answer to it.", request);
        isA("license-key", "This is a license key", "Your license key: " + key.revealSecret());
        isA("unreadable", "BEGIN CHARTER", "Dear customer, the license follows.");
        isA("unreadable", "was cut", answerTo(request).substring(0, 3000) + "\n-----END CHARTER USAGE LICENSE-----\n");
        isA("unreadable", "", answerTo(request).substring(0, 3000));
        isA("unreadable", "damaged", answerTo(request).replaceFirst("(?s)(\n.{20})...(.)", "$1AAA$2"));
        assertThat(check("Your license key: " + key.revealSecret()).toString()).doesNotContain(key.revealSecret().substring(0, 5));
        assertThat(install(request).path("outcome").asString()).isEqualTo("not-possible");
        assertThat(install(request).path("message").asString()).startsWith("This is a usage request; the usage license is the answer to it.");
        assertThat(install("").path("outcome").asString()).isEqualTo("not-possible");
    }

    @Test void a_license_of_another_server_or_another_product_is_told_as_such() {
        var key = sold();
        var own = request(key).json().path("usageRequest").path("text").asString();
        try (var other = RunningProduct.start(settings("plant-b"))) {
            var foreign = other.post(PAGE + "/usage-requests", "{\"key\":\"" + key.revealSecret() + "\"}").json().path("usageRequest").path("text").asString();
            isA("usage-request", "It is another host's (plant-b)", foreign);
            var license = answerTo(foreign);
            isA("usage-license", "This usage license is for another host (plant-b)", license);
            assertThat(install(license).path("outcome").asString()).isEqualTo("not-possible");
            other.post(PAGE + "/usage-licenses", json(license));
            var proof = other.post(PAGE + "/deactivations").json().path("license").path("released").path("proof").asString();
            isA("release", "deactivation code of another host", proof);
            isA("acknowledgement", "another host", answerTo(proof));
        }
        var refusal = new Refusal(Instant.now().truncatedTo(ChronoUnit.SECONDS), "pump-server", dev.charter.format.Digest.of("another".getBytes(StandardCharsets.UTF_8)), RefusalCode.DECLINED, "No.",
                Optional.empty());
        isA("refusal", "another request", Armor.write(TestKeys.hybrid().issuer().issue(refusal)));
        var impostor = Armor.write(TestKeys.classical().issuer().issue(refusal));
        assertThat(check(impostor).path("installable").asBoolean()).isFalse();
        assertThat(install(answerTo(own)).path("outcome").asString()).isEqualTo("activated");
    }

    @Test void an_answer_that_came_too_late_is_told_as_such_before_and_after() {
        product.close();
        product = RunningProduct.start(settings("plant-a"), context -> context.registerBean(LicenseClientCustomizer.class,
                () -> builder -> builder.clock(authority.clock()).monotonicClock(authority.clock()::nanos)));
        var answer = answerTo(request(authority.sells(license().ofType(LicenseType.OFFLINE))).json().path("usageRequest").path("text").asString());
        authority.passes(Duration.ofDays(31));
        isA("usage-license", "Make a new request", answer);
        assertThat(install(answer).path("outcome").asString()).isEqualTo("not-possible");
        assertThat(product.get(PAGE).json().has("usageRequest")).as("it can be superseded").isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parts_of_a_hybrid_license_come_in_any_order_and_the_missing_one_is_named(boolean typedByAScanner) {
        var license = Armor.read(answerTo(request(sold()).json().path("usageRequest").path("text").asString()));
        var codes = new ArrayList<>(Codes.write(license).stream().map(code -> typedByAScanner ? asTyped(code) : code).toList());
        assertThat(codes).hasSizeGreaterThan(10);
        int parts = codes.size();
        var second = codes.remove(1);
        Collections.shuffle(codes, new Random(7));

        var some = check(String.join("\n", codes));
        assertThat(some.path("kind").asString()).isEqualTo("parts");
        assertThat(some.path("installable").asBoolean()).isFalse();
        assertThat(some.path("missing").toString()).isEqualTo("[2]");
        assertThat(some.path("parts").asInt()).isEqualTo(parts);
        assertThat(some.path("message").asString()).startsWith("Part 2 of " + parts + " is missing.");
        assertThat(install(String.join("\n", codes)).path("outcome").asString()).isEqualTo("not-possible");
        assertThat(check(codes.get(0)).path("missing").size()).isEqualTo(parts - 1);

        codes.add(second);
        var all = check(String.join("\n", codes));
        assertThat(all.path("kind").asString()).isEqualTo("usage-license");
        assertThat(all.path("installable").asBoolean()).isTrue();
        assertThat(all.has("missing")).isFalse();
        assertThat(all.has("parts")).isFalse();
        assertThat(install(String.join("\n", codes)).path("outcome").asString()).isEqualTo("activated");
    }

    /// A scanner set to an English keyboard on a German one: another separator, Y and Z exchanged.
    private static String asTyped(String code) {
        return code.replace('Y', '\0').replace('Z', 'Y').replace('\0', 'Z').replace('/', '-');
    }

    @Test void the_text_of_a_whole_mail_is_taken_and_everything_else_stays_small() {
        var answer = answerTo(request(sold()).json().path("usageRequest").path("text").asString());
        var mail = answer + "\n" + "An older mail that is quoted below.\n".repeat(25_000);
        assertThat(mail.length()).isBetween(900_000, 1024 * 1024);
        assertThat(check(mail).path("installable").asBoolean()).isTrue();
        assertThat(product.post(PAGE + "/letter-checks", json("x".repeat(1_200_000))).status()).isEqualTo(413);
        assertThat(product.post(PAGE + "/usage-licenses", json("x".repeat(1_200_000))).json().path("code").asString()).isEqualTo("TOO_LARGE");
        assertThat(product.post(PAGE + "/usage-requests", "{\"key\":\"" + "x".repeat(70_000) + "\"}").status()).isEqualTo(413);
        assertThat(install(mail).path("outcome").asString()).isEqualTo("activated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage-requests", "letter-checks", "usage-licenses"})
    void each_is_guarded_as_every_other_change_is(String route) {
        var body = java.net.http.HttpRequest.BodyPublishers.ofString(json("x"));
        assertThat(RunningProduct.send(product.request(PAGE + "/" + route, "Content-Type", "application/json").POST(body).build()).json().path("code").asString()).isEqualTo("NOT_FROM_OWN_PAGE");
        assertThat(RunningProduct.send(product.request(PAGE + "/" + route, "Content-Type", "application/json", "X-Charter-Page", "1", "Origin", "http://evil.example").POST(body).build()).status())
                .isEqualTo(403);
        assertThat(RunningProduct.send(product.request(PAGE + "/" + route, "Content-Type", "application/json", "X-Charter-Page", "1", "X-Forwarded-For", "192.0.2.7").POST(body).build()).json()
                .path("code").asString()).isEqualTo("NOT_ALLOWED");
        assertThat(RunningProduct.send(product.request(PAGE + "/" + route, "Content-Type", "text/plain", "X-Charter-Page", "1").POST(body).build()).status()).isEqualTo(415);
    }

    @Test void what_waits_survives_a_restart() {
        var request = request(sold()).json().path("usageRequest");
        product.close();
        product = RunningProduct.start(settings("plant-a"));
        assertThat(product.get(PAGE).json().path("usageRequest")).isEqualTo(request);
        assertThat(product.part(LicenseClient.class).waitingRequest()).contains(Armor.read(request.path("text").asString()));
    }

    @Test void nothing_of_a_key_is_in_what_is_shown_or_kept() throws Exception {
        var key = sold();
        var page = request(key);
        var bare = List.of(key.revealSecret().substring(0, 11), key.revealSecret().replace("-", "").substring(0, 12));
        assertThat(page.text()).doesNotContain(bare);
        for (var malformed : List.of("{\"key\":\"" + key.revealSecret() + "\",\"supersede\":\"yes\"}", "{\"text\":\"" + key.revealSecret() + "\"}", "{\"key\":7}", "[]", "")) {
            var answer = product.post(PAGE + "/usage-requests", malformed);
            assertThat(answer.status()).as(malformed).isEqualTo(400);
            assertThat(answer.json().path("code").asString()).isEqualTo("MALFORMED");
            assertThat(answer.text()).doesNotContain(bare);
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(bare);
            }
        }
    }
}
