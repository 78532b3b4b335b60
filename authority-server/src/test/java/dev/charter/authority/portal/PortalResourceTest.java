package dev.charter.authority.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.desk.Notices;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.Codes;
import dev.charter.format.LicenseKey;
import dev.charter.format.UsageLicense;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/// The customers' page as the page itself asks it.
@ParameterizedClass
@EnumSource
class PortalResourceTest {
    private static final ConcurrentLinkedQueue<Notices.Notice> NOTICES = new ConcurrentLinkedQueue<>();
    private static final AtomicReference<Instant> CLOCK = new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60));
    private static final Map<Engine, RunningAuthority> AUTHORITIES = new EnumMap<>(Engine.class);

    static class Carrier {
        @Bean
        Notices keptForTheTest() {
            return (_, notice) -> NOTICES.add(notice);
        }
    }

    final RunningAuthority authority;
    final TestHost plantA = TestHost.named("plant-a");
    final String license;
    final LicenseKey key;

    PortalResourceTest(Engine engine) {
        authority = AUTHORITIES.computeIfAbsent(engine, _ -> RunningAuthority.start(engine,
                Map.of("PUBLIC_URL", "https://licensing.acme.example/", "FAILED_KEYS_BURST", "1000"), CLOCK::get, Carrier.class));
        NOTICES.clear();
        authority.admin().post("/admin/v1/products", "{\"id\":\"mqtt-server\",\"name\":\"MQTT Server\",\"features\":[{\"name\":\"mqtt\",\"title\":\"MQTT\"}]}");
        var customer = authority.admin().post("/admin/v1/customers", "{\"name\":\"ACME Water\",\"email\":\"it@acme.example\"}").json().get("id").asString();
        var sold = authority.admin().post("/admin/v1/licenses", "{\"product\":\"mqtt-server\",\"customer\":\"" + customer
                + "\",\"type\":\"offline\",\"activations\":2,\"entitlements\":[{\"feature\":\"mqtt\"}]}").json();
        license = sold.get("id").asString();
        key = LicenseKey.of(sold.get("key").asString());
    }

    @AfterAll
    static void stop() {
        AUTHORITIES.values().forEach(RunningAuthority::close);
        AUTHORITIES.clear();
    }

    @Test
    void a_request_gets_its_usage_license_as_text_file_and_codes() {
        var request = plantA.asksToActivate(key);

        var answer = letter(Armor.write(request));

        assertThat(answer.get("outcome").asString()).isEqualTo("answered");
        assertThat(answer.get("kind").asString()).isEqualTo("usage-request");
        assertThat(answer.get("update").asBoolean()).isFalse();
        assertThat(answer.get("message").asString()).contains("plant-a", "Install it on that host before");
        assertThat(answer.get("fileName").asString()).isEqualTo("usage-license-" + license + ".txt");
        assertThat(answer.get("license").get("productTitle").asString()).isEqualTo("MQTT Server");
        assertThat(answer.get("license").get("customer").asString()).isEqualTo("ACME Water");
        assertThat(answer.get("license").get("activationsUsed").asInt()).isEqualTo(1);
        assertThat(answer.get("license").get("activationsTotal").asInt()).isEqualTo(2);
        var document = Armor.read(answer.get("document").asString());
        assertThat(UsageLicense.read(document.payload()).request()).isEqualTo(request.digest());
        assertThat(Armor.read(String.join("\n", answer.get("codes").valueStream().map(JsonNode::asString).toList()))).isEqualTo(document);
        assertThat(letter(Armor.write(request))).as("loaded again").isEqualTo(answer);
    }

    @Test
    void a_qr_code_is_found_in_a_whole_mail_of_up_to_1_mib() {
        var request = plantA.asksToActivate(key);
        var mail = "<p>Sent from my phone</p>\n".repeat(20_000) + String.join("\n", Codes.write(request)) + "\n" + "<p>--</p>\n".repeat(30_000);

        var answer = letter(mail);

        assertThat(answer.get("outcome").asString()).as(answer.get("message").asString()).isEqualTo("answered");
        assertThat(UsageLicense.read(Armor.read(answer.get("document").asString()).payload()).request()).isEqualTo(request.digest());
        assertThat(authority.anonymous().post("/portal/v1/letters", "{\"text\":\"" + "x".repeat(1024 * 1024) + "\"}").status()).isEqualTo(413);
        assertThat(authority.anonymous().post("/portal/v1/hosts", "{\"key\":\"" + "x".repeat(64 * 1024) + "\"}").status()).as("nowhere else").isEqualTo(413);
    }

    @Test
    void the_desk_takes_a_letter_in_a_whole_mail_of_up_to_2_mib_and_names_that_limit_beyond_it() {
        int most = 2 * 1024 * 1024;
        var request = plantA.asksToActivate(key);
        var mail = Armor.write(request) + "x".repeat(1024 * 1024);

        var answer = authority.admin().post("/admin/v1/letters", RunningAuthority.JSON.writeValueAsString(Map.of("text", mail)));
        assertThat(answer.json().get("outcome").asString()).as(answer.text()).isEqualTo("answered");
        assertThat(UsageLicense.read(Armor.read(answer.json().get("document").asString()).payload()).request()).isEqualTo(request.digest());

        var around = "{\"text\":\"\"}".length();
        assertThat(authority.admin().post("/admin/v1/letters", "{\"text\":\"" + "x".repeat(most - around) + "\"}").json().get("outcome").asString()).isEqualTo("unreadable");
        var refused = authority.admin().post("/admin/v1/letters", "{\"text\":\"" + "x".repeat(most - around + 1) + "\"}");
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().get("detail").asString()).contains("at most 2097152 bytes");
    }

    @Test
    void what_cannot_be_answered_says_what_to_do() {
        var release = letter(Armor.write(plantA.releases(license, "ul-none")));
        assertThat(release.get("outcome").asString()).isEqualTo("refused");
        assertThat(release.get("code").asString()).isEqualTo("KEY_UNKNOWN");
        assertThat(release.has("license")).isFalse();
        assertThat(letter("hello").get("outcome").asString()).isEqualTo("unreadable");
        assertThat(letter(key.revealSecret()).get("message").asString()).contains("This is a license key");
    }

    @Test
    void a_letter_that_has_to_wait_says_so_and_gets_its_answer_later() {
        var admin = authority.admin();
        admin.put("/admin/v1/products/mqtt-server", "{\"name\":\"MQTT Server\",\"features\":[{\"name\":\"mqtt\",\"title\":\"MQTT\"}],\"meters\":[],\"letters\":\"look\"}");
        try {
            var request = Armor.write(plantA.asksToActivate(key));

            var waits = letter(request);

            assertThat(waits.get("outcome").asString()).isEqualTo("waits");
            assertThat(waits.get("license").get("id").asString()).isEqualTo(license);
            var id = waits.get("letter").asString();
            var listed = admin.get("/admin/v1/letters").json().get("letters").valueStream().filter(one -> one.get("id").asString().equals(id)).findFirst().orElseThrow();
            assertThat(listed.get("channel").asString()).isEqualTo("portal");
            assertThat(listed.get("expected").get("answer").asString()).isEqualTo("usage-license");
            var shown = admin.get("/admin/v1/letters/" + id).json();
            assertThat(shown.get("text").asString()).isEqualTo(request);
            var approved = admin.post("/admin/v1/letters/" + id + "/approve", "{}").json();
            assertThat(letter(request).get("document").asString()).isEqualTo(approved.get("document").asString());
        } finally {
            admin.put("/admin/v1/products/mqtt-server", "{\"name\":\"MQTT Server\",\"features\":[{\"name\":\"mqtt\",\"title\":\"MQTT\"}],\"meters\":[],\"letters\":\"answer\"}");
        }
    }

    @Test
    void a_license_key_shows_the_licenses_hosts() {
        letter(Armor.write(plantA.asksToActivate(key)));

        var shown = authority.anonymous().post("/portal/v1/hosts", "{\"key\":\"" + key.revealSecret().toLowerCase() + "\"}");

        assertThat(shown.header("Cache-Control")).contains("no-store");
        assertThat(shown.json().get("license").get("id").asString()).isEqualTo(license);
        var host = shown.json().get("hosts").get(0);
        assertThat(host.get("name").asString()).isEqualTo("plant-a");
        assertThat(host.get("state").asString()).isEqualTo("active");
        assertThat(Instant.parse(host.get("lastAnswerAt").asString())).isEqualTo(CLOCK.get());
    }

    @Test
    void whatever_opens_no_license_is_answered_alike() {
        var unsold = LicenseKey.generate(new Random(7)).revealSecret();
        var seen = new HashSet<JsonNode>();
        for (var body : List.of("{\"key\":\"" + unsold + "\"}", "{\"key\":\"AAAAA\"}", "{}", "{\"token\":\"" + "x".repeat(32) + "\"}", "{\"token\":\"\"}", "{\"key\":\"" + unsold + "\",\"token\":\"x\"}")) {
            for (var path : List.of("hosts", "losses")) {
                var answer = authority.anonymous().post("/portal/v1/" + path, path.equals("hosts") ? body : body.replaceFirst("}$", (body.length() > 2 ? "," : "") + "\"hostId\":\"act-1\",\"story\":\"burnt\"}"));
                assertThat(answer.status()).isEqualTo(404);
                seen.add(((tools.jackson.databind.node.ObjectNode) answer.json()).without("traceId"));
            }
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_mailed_link_opens_one_license_for_a_while() {
        letter(Armor.write(plantA.asksToActivate(key)));
        var asked = authority.anonymous().post("/portal/v1/links", "{\"licenseId\":\"" + license + "\"}");
        var unknown = authority.anonymous().post("/portal/v1/links", "{\"licenseId\":\"lic-000000000000\"}");

        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.json()).as("nobody learns which licenses there are").isEqualTo(asked.json());
        var link = (Notices.PortalLink) Optional.ofNullable(NOTICES.poll()).orElseThrow();
        assertThat(NOTICES).isEmpty();
        assertThat(link.link().toString()).startsWith("https://licensing.acme.example/portal/#token=");
        assertThat(link.license().buyer().email()).isEqualTo("it@acme.example");
        var token = link.link().getFragment().substring("token=".length());
        assertThat(authority.anonymous().post("/portal/v1/hosts", "{\"token\":\"" + token + "\"}").json().get("license").get("id").asString()).isEqualTo(license);

        CLOCK.updateAndGet(now -> now.plus(Duration.ofMinutes(61)));
        assertThat(authority.anonymous().post("/portal/v1/hosts", "{\"token\":\"" + token + "\"}").status()).as("it is over").isEqualTo(404);
    }

    @Test
    void nobody_is_mailed_one_link_after_the_other() {
        for (int i = 0; i < 2 * Links.MOST_OF_A_LICENSE; i++) {
            assertThat(authority.anonymous().post("/portal/v1/links", "{\"licenseId\":\"" + license + "\"}").status()).isEqualTo(200);
        }

        assertThat(NOTICES).hasSize(Links.MOST_OF_A_LICENSE);
    }

    @Test
    void a_destroyed_host_is_reported_with_the_license_key_and_the_desk_decides() {
        letter(Armor.write(plantA.asksToActivate(key)));
        var host = authority.anonymous().post("/portal/v1/hosts", "{\"key\":\"" + key.revealSecret() + "\"}").json().get("hosts").get(0).get("id").asString();

        var reported = authority.anonymous().post("/portal/v1/losses", "{\"key\":\"" + key.revealSecret() + "\",\"hostId\":\"" + host + "\",\"story\":\"Water came in.\"}");

        assertThat(reported.json().get("outcome").asString()).isEqualTo("waits");
        var loss = authority.admin().get("/admin/v1/losses").json().get("losses").valueStream().filter(one -> one.get("license").asString().equals(license)).findFirst().orElseThrow();
        assertThat(loss.get("reportedBy").asString()).isEqualTo("portal");
        var id = loss.get("id").asString();
        var shown = authority.admin().get("/admin/v1/losses/" + id).json();
        assertThat(shown.get("loss").get("story").asString()).isEqualTo("Water came in.");
        assertThat(shown.get("allowanceCount").asInt()).isEqualTo(2);
        assertThat(authority.admin().post("/admin/v1/losses/" + id + "/restore", "{\"reason\":\"\"}").status()).isEqualTo(400);
        assertThat(authority.admin().post("/admin/v1/losses/" + id + "/restore", "{\"reason\":\"Photo seen.\"}").json().get("state").asString()).isEqualTo("restored");
        assertThat(authority.admin().get("/admin/v1/licenses/" + license).json().get("activationsUsed").asInt()).isZero();
        var audit = authority.admin().get("/admin/v1/licenses/" + license + "/audit").json().get("entries").valueStream().toList();
        assertThat(audit.getLast().get("event").get("event").asString()).isEqualTo("restored");
        assertThat(audit.getLast().get("personal").get("reason").asString()).isEqualTo("Photo seen.");
        assertThat(authority.admin().post("/admin/v1/audit/replay", "{}").json().get("differences")).isEmpty();
    }

    @Test
    void whoever_guesses_keys_is_slowed_down_as_hosts_are() {
        try (var strict = RunningAuthority.start(Engine.SQLITE, Map.of("FAILED_KEYS_BURST", "2", "FAILED_KEYS_PER_SECOND", "1"), CLOCK::get)) {
            int refused = 0;
            for (int i = 0; i < 6; i++) {
                var answer = strict.anonymous().post("/portal/v1/hosts", "{\"key\":\"" + LicenseKey.generate(new Random(i)).revealSecret() + "\"}");
                refused += answer.status() == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
            var letter = RunningAuthority.JSON.writeValueAsString(Map.of("text", Armor.write(plantA.asksToActivate(key))));
            assertThat(strict.anonymous().post("/portal/v1/letters", letter).status()).isEqualTo(429);
            assertThat(strict.anonymous().post("/portal/v1/links", "{\"licenseId\":\"lic-1\"}").status()).isEqualTo(429);
        }
    }

    @Test
    void the_page_runs_nothing_but_its_own_and_tells_nobody_where_it_was() {
        var answer = authority.anonymous().get("/portal/");

        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.header("Content-Security-Policy").orElse("")).contains("default-src 'none'").doesNotContain("unsafe");
        assertThat(authority.anonymous().get("/portal").header("Location")).contains("/portal/");
        for (var path : List.of("/portal/nothing.js", "/portal/assets/nothing.js", "/portal/..", "/portal/assets/%2e%2e")) {
            assertThat(authority.anonymous().get(path).status()).as(path).isIn(400, 404);
        }
    }

    private JsonNode letter(String text) {
        var answer = authority.anonymous().post("/portal/v1/letters", RunningAuthority.JSON.writeValueAsString(Map.of("text", text)));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }
}
