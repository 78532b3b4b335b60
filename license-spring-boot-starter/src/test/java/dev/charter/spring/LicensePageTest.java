package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Armor;
import dev.charter.format.LicenseKey;
import dev.charter.format.Verifier;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.License;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The License page's endpoints, as a browser sees them.
class LicensePageTest {
    static final String PAGE = "/api/license";

    @TempDir Path folder;
    AuthorityInMemory authority;
    FakeAuthorityHttp http;
    RunningProduct product;

    @BeforeEach void aProductWithoutALicense() {
        authority = AuthorityInMemory.on(Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
        http = FakeAuthorityHttp.serve(authority);
        product = RunningProduct.start(settings());
    }

    @AfterEach void stop() {
        product.close();
        http.close();
    }

    Map<String, String> settings() {
        var settings = new HashMap<>(RunningProduct.settings(folder, authority, http));
        settings.put("charter.license.titles.forecast", "Forecast");
        settings.put("charter.license.titles.reports", "Reports");
        settings.put("charter.license.units.pumps", "pumps");
        settings.put("charter.license.words.unlicensed", "Pumps are refused");
        settings.put("charter.license.trial.features", "forecast,reports");
        settings.put("charter.license.vendor.name", "Pumps Inc.");
        settings.put("charter.license.vendor.support-email", "help@pumps.example");
        return settings;
    }

    LicenseKey sold() {
        return authority.sells(License.license().ofProduct("pump-server").forHosts(2).withFeature("forecast").withMeter("pumps", 12).withSupportUntil("2036-01-01T00:00:00Z"));
    }

    RunningProduct.Answer activate(LicenseKey key) {
        return product.post(PAGE + "/activations", "{\"key\":\"" + key.revealSecret() + "\"}");
    }

    @Test void an_unlicensed_server_says_what_is_what_it_means_and_what_to_do() {
        var answer = product.get(PAGE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        var page = answer.json();
        assertThat(page.path("state").asString()).isEqualTo("never-licensed");
        assertThat(page.path("licensed").asBoolean()).isFalse();
        assertThat(page.path("headline").asString()).isEqualTo("This server is not licensed");
        assertThat(page.path("meaning").asString()).isEqualTo("Pumps are refused until it is");
        assertThat(page.path("actions").toString()).isEqualTo("[\"activate\",\"start-trial\"]");
        assertThat(page.path("product").asString()).isEqualTo("pump-server");
        assertThat(page.path("productTitle").asString()).isEqualTo("Pump Server");
        assertThat(page.has("license")).as("what is absent is left out").isFalse();
        assertThat(page.path("host").path("name").asString()).isEqualTo("plant-a");
        assertThat(page.path("host").path("keyId").asString()).hasSize(22);
        assertThat(page.path("contact").path("authority").asString()).isEqualTo(http.url().toString());
        assertThat(page.path("trial").toString()).isEqualTo("{\"available\":true,\"duration\":\"PT2H\"}");
        assertThat(page.path("methods").findValuesAsString("id")).containsExactly("online", "offline", "floating");
        assertThat(page.path("methods").path(0).path("available").asBoolean()).isTrue();
        assertThat(page.path("methods").path(1).path("available").asBoolean()).isTrue();
        assertThat(page.path("gettingStarted").toString())
                .isEqualTo("[{\"id\":\"have-license\",\"available\":true},{\"id\":\"purchase\",\"available\":true},{\"id\":\"trial\",\"available\":true}]");
        assertThat(page.path("vendor").path("supportEmail").asString()).isEqualTo("help@pumps.example");
        assertThat(Instant.parse(page.path("now").asString())).isNotNull();
    }

    @Test void a_license_key_activates_it_and_the_status_shows_what_was_bought() {
        var answer = activate(sold());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("outcome").asString()).isEqualTo("activated");
        assertThat(answer.json().path("changes").size()).isZero();
        var page = answer.json().path("license");
        assertThat(page).isEqualTo(((tools.jackson.databind.node.ObjectNode) product.get(PAGE).json()).set("now", page.path("now")));
        assertThat(page.path("state").asString()).isEqualTo("licensed");
        assertThat(page.path("headline").asString()).isEqualTo("Licensed to ACME Water");
        assertThat(page.path("meaning").asString()).isEqualTo("Pump Server, perpetual. Support until {2036-01-01T00:00:00Z}");
        assertThat(page.path("actions").toString()).isEqualTo("[\"reactivate\",\"deactivate\"]");
        var license = page.path("license");
        assertThat(license.path("type").asString()).isEqualTo("online");
        assertThat(license.path("activationsUsed").asInt()).isEqualTo(1);
        assertThat(license.path("activationsTotal").asInt()).isEqualTo(2);
        assertThat(license.path("features").toString()).isEqualTo("[{\"name\":\"forecast\",\"title\":\"Forecast\",\"active\":true}]");
        assertThat(license.path("meters").toString()).isEqualTo("[{\"name\":\"pumps\",\"title\":\"pumps\",\"unit\":\"pumps\",\"limit\":12,\"active\":true}]");
        assertThat(license.path("supportUntil").asString()).isEqualTo("2036-01-01T00:00:00Z");
        assertThat(page.path("host").path("marks").findValues("matches")).isNotEmpty().allMatch(matches -> matches.asBoolean());
        assertThat(page.path("contact").has("lastAnswer")).isTrue();
        assertThat(page.path("trial").path("available").asBoolean()).isFalse();
    }

    @Test void reactivating_lists_what_changed_without_a_restart() {
        var key = sold();
        activate(key);
        assertThat(product.get("/report").status()).isEqualTo(403);
        authority.changes(key, license -> license.withFeature("reports").withMeter("pumps", 20).until("2037-01-01T00:00:00Z"));

        var answer = product.post(PAGE + "/reactivations").json();

        assertThat(answer.path("outcome").asString()).isEqualTo("activated");
        assertThat(answer.path("changes").findValuesAsString("text")).contains("Reports was added", "The license is now until {2037-01-01T00:00:00Z}, before perpetual");
        assertThat(answer.path("changes").findValuesAsString("kind")).contains("feature-added", "date-changed");
        assertThat(product.get("/report").text()).isEqualTo("all pumps ran");
        assertThat(product.post(PAGE + "/reactivations").json().path("message").asString()).isEqualTo("The license is up to date.");
    }

    @Test void deactivating_frees_the_activation_and_shows_the_proof() {
        var key = sold();
        activate(key);

        var answer = product.post(PAGE + "/deactivations").json();

        assertThat(answer.path("outcome").asString()).isEqualTo("deactivated");
        assertThat(authority.activationsUsed(key)).isZero();
        var page = answer.path("license");
        assertThat(page.path("state").asString()).isEqualTo("released");
        assertThat(page.path("released").path("acknowledged").asBoolean()).isTrue();
        assertThat(Verifier.release(Armor.read(page.path("released").path("proof").asString())).content().product()).isEqualTo("pump-server");
        assertThat(page.path("actions").toString()).isEqualTo("[\"show-proof\",\"activate\",\"start-trial\"]");
        assertThat(product.post(PAGE + "/deactivations").json().path("outcome").asString()).as("again").isEqualTo("deactivated");
        assertThat(activate(key).json().path("outcome").asString()).isEqualTo("activated");
    }

    @Test void a_trial_is_started_and_counts_down() {
        var page = product.post(PAGE + "/trials").json();
        assertThat(page.path("state").asString()).isEqualTo("trial");
        assertThat(page.path("headline").asString()).isEqualTo("Trial: 2 h left");
        assertThat(page.path("licensed").asBoolean()).isFalse();
        assertThat(Instant.parse(page.path("moments").path("trialEnds").asString())).isAfter(Instant.parse(page.path("now").asString()));
        assertThat(product.get("/report").status()).isEqualTo(200);
    }

    @Test void a_trial_over_a_license_is_a_conflict_that_says_why() {
        activate(sold());
        var answer = product.post(PAGE + "/trials");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("code").asString()).isEqualTo("TRIAL_NOT_POSSIBLE");
        assertThat(answer.json().path("detail").asString()).contains("license in force");
    }

    @Test void a_refused_key_is_answered_with_its_code_and_what_to_do() {
        var unknown = activate(LicenseKey.generate(new Random(5))).json();
        assertThat(unknown.path("outcome").asString()).isEqualTo("refused");
        assertThat(unknown.path("code").asString()).isEqualTo("KEY_UNKNOWN");
        assertThat(unknown.path("message").asString()).contains("letter");
        var typo = product.post(PAGE + "/activations", "{\"key\":\"ABCDE-ABCDE\"}").json();
        assertThat(typo.path("outcome").asString()).isEqualTo("refused");
        assertThat(typo.path("code").asString()).isEqualTo("KEY_MALFORMED");
        assertThat(product.post(PAGE + "/reactivations").json().path("outcome").asString()).isEqualTo("not-possible");
        assertThat(product.post(PAGE + "/deactivations").json().path("outcome").asString()).isEqualTo("not-possible");
        assertThat(product.post(PAGE + "/emergencies").json().path("outcome").asString()).isEqualTo("not-possible");
    }

    @Test void an_authority_that_is_away_is_told_as_such_and_costs_nothing() {
        var key = sold();
        http.close();
        var answer = activate(key).json();
        assertThat(answer.path("outcome").asString()).isEqualTo("unreachable");
        assertThat(answer.path("message").asString()).contains("Nothing has changed");
        assertThat(answer.path("license").path("headline").asString()).isEqualTo("Waiting for the usage license");
        assertThat(answer.path("license").path("waiting").path("byLetter").asBoolean()).isFalse();
        assertThat(answer.path("license").path("contact").path("unreachable").asString()).isNotBlank();
    }

    @Test void a_suspended_license_says_so_with_its_code() {
        var key = sold();
        activate(key);
        authority.suspends(key);
        product.post(PAGE + "/reactivations");
        var page = product.get(PAGE).json();
        assertThat(page.path("state").asString()).isEqualTo("suspended");
        assertThat(page.path("code").asString()).isEqualTo("LICENSE_SUSPENDED");
        assertThat(page.path("license").path("features").path(0).path("active").asBoolean()).isFalse();
        assertThat(page.path("actions").path(0).asString()).isEqualTo("contact-vendor");
    }

    @Test void what_is_not_the_json_of_the_page_is_a_problem_and_never_quoted() {
        var secret = sold().revealSecret();
        for (var body : new String[] {"", "{", "[]", "{\"key\":null}", "{}", "{\"key\":7}", "{\"key\":{\"" + secret + "\":1}}", "{\"" + secret + "\":1}", "{\"key\":\"a\",\"key\":\"" + secret + "\"}",
                "{\"key\":\"" + secret + "\"} more"}) {
            var answer = product.post(PAGE + "/activations", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().path("code").asString()).isEqualTo("MALFORMED");
            assertThat(answer.json().path("retry").asBoolean()).isFalse();
            assertThat(answer.text()).doesNotContain(secret.substring(0, 5));
        }
        assertThat(product.post(PAGE + "/key-checks", "{\"text\":\"" + "x".repeat(70_000) + "\"}").status()).isEqualTo(413);
        assertThat(RunningProduct.send(product.request(PAGE + "/activations", "X-Charter-Page", "1", "Content-Type", "text/plain")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(secret)).build()).status()).isEqualTo(415);
        assertThat(RunningProduct.send(product.request(PAGE, "X-Charter-Page", "1").DELETE().build()).json().path("code").asString()).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test void a_key_is_checked_while_it_is_typed_and_found_in_a_letter() {
        var key = sold().revealSecret();
        assertThat(check(key.toLowerCase(java.util.Locale.ROOT).replace("-", " "))).contains("\"verdict\":\"complete\"");
        assertThat(check("Dear customer,\n\nyour license key is\n  " + key + "\nBest regards")).contains("\"verdict\":\"complete\"", key.substring(0, 5));
        assertThat(check(key.substring(0, 13))).contains("\"verdict\":\"incomplete\"");
        var mistyped = (key.charAt(7) == 'A' ? 'B' : 'A');
        assertThat(check(key.substring(0, 7) + mistyped + key.substring(8))).contains("\"verdict\":\"mistyped\"", "\"wrong\":[{\"group\":1,\"position\":1}]");
        assertThat(check("AB*DE")).contains("incomplete");
        assertThat(check("ABÄDE")).contains("mistyped", "{\"group\":0,\"position\":2}");
        assertThat(check("")).contains("incomplete");
    }

    private String check(String typed) {
        return product.post(PAGE + "/key-checks", "{\"text\":" + JsonMapper.shared().writeValueAsString(typed) + "}").text();
    }
}
