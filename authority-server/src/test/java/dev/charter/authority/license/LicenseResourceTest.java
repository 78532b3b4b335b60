package dev.charter.authority.license;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.SignedDocument;
import dev.charter.server.testing.Answer;
import dev.charter.store.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@ParameterizedClass
@EnumSource
class LicenseResourceTest {
    final RunningAuthority authority;
    final RunningAuthority.Client admin;
    String customer = "";

    LicenseResourceTest(Engine engine) {
        authority = RunningAuthority.on(engine);
        admin = authority.admin();
    }

    @BeforeEach
    void there_is_a_product_and_a_customer() {
        admin.post("/admin/v1/products", """
                {"id":"mqtt-server","name":"MQTT Server","features":[{"name":"mqtt","title":"MQTT"}],"meters":[{"name":"messages","title":"Bridge","unit":"messages"}]}""");
        customer = admin.post("/admin/v1/customers", "{\"name\":\"ACME Water\",\"email\":\"it@acme.example\"}").json().get("id").asString();
    }

    @Test
    void a_license_is_issued_and_its_key_is_shown_once_and_to_those_who_may_reveal_it() {
        var issued = issue(",\"activations\":2,\"reference\":\"PO 4711\"");

        assertThat(issued.status()).as(issued.text()).isEqualTo(201);
        var license = issued.json();
        var path = "/admin/v1/licenses/" + license.get("id").asString();
        assertThat(issued.header("Location")).contains(path);
        assertThat(LicenseKey.of(license.get("key").asString())).isNotNull();
        var shown = admin.get(path).json();
        assertThat(shown.has("key")).isFalse();
        assertThat(shown.get("state").asString()).isEqualTo("active");
        assertThat(shown.get("revision").asInt()).isEqualTo(1);
        assertThat(shown.get("type").asString()).isEqualTo("online");
        assertThat(shown.get("graceDays").asInt()).isEqualTo(14);
        assertThat(shown.get("activations").asInt()).isEqualTo(2);
        assertThat(shown.get("activationsUsed").asInt()).isZero();
        assertThat(shown.get("activationsTotal").asInt()).isEqualTo(2);
        assertThat(shown.get("reference").asString()).isEqualTo("PO 4711");
        assertThat(shown.get("customer").get("name").asString()).isEqualTo("ACME Water");
        assertThat(shown.get("entitlements").get(0).get("feature").asString()).isEqualTo("mqtt");
        assertThat(shown.has("until")).as("a perpetual one has no end").isFalse();
        assertThat(admin.get(path + "/key").json().get("key")).isEqualTo(license.get("key"));
        assertThat(admin.get(path + "/key").header("Cache-Control").orElse("")).contains("no-store");
        assertThat(authority.as(authority.tokenWith(List.of("licenses:read"))).get(path + "/key").status()).isEqualTo(403);
    }

    @Test
    void a_license_shows_its_hosts_to_those_who_may_see_activations() {
        var license = issue("").json();
        var path = "/admin/v1/licenses/" + license.get("id").asString();
        var host = TestHost.named("plant-a");
        ask(host.asksToActivate(LicenseKey.of(license.get("key").asString())));

        var seen = admin.get(path).json();

        assertThat(seen.get("activationsUsed").asInt()).isEqualTo(1);
        assertThat(seen.get("hosts")).singleElement().satisfies(held -> {
            assertThat(held.get("host").asString()).isEqualTo(host.keyId());
            assertThat(held.get("name").asString()).isEqualTo("plant-a");
            assertThat(held.get("state").asString()).isEqualTo("active");
            assertThat(held.get("activation").asString()).startsWith("act-");
            assertThat(held.has("answeredAt")).isTrue();
        });
        assertThat(authority.as(authority.tokenWith(List.of("licenses:read"))).get(path).json().has("hosts")).isFalse();
    }

    @Test
    void a_license_is_changed_suspended_reinstated_and_revoked() {
        var path = "/admin/v1/licenses/" + issue(",\"until\":\"2030-01-01T00:00:00Z\"").json().get("id").asString();

        var patched = admin.patch(path, "{\"until\":null,\"graceDays\":3}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.header("ETag")).contains("\"2\"");
        assertThat(patched.json().has("until")).isFalse();
        assertThat(patch(path, "{\"graceDays\":4}", "\"1\"").status()).isEqualTo(412);
        assertThat(patch(path, "{\"graceDays\":4}", "\"2\"").json().get("graceDays").asInt()).isEqualTo(4);
        assertThat(patch(path, "{\"graceDays\":4}", "yesterday").status()).isEqualTo(400);
        assertThat(admin.patch(path, "[]").status()).isEqualTo(400);
        assertThat(admin.patch(path, "{\"customer\":\"cus-1\"}").status()).isEqualTo(400);

        assertThat(admin.post(path + "/suspend", "{\"reason\":\"unpaid\"}").json().get("state").asString()).isEqualTo("suspended");
        assertThat(admin.get(path).json().get("reason").asString()).isEqualTo("unpaid");
        assertThat(admin.post(path + "/suspend", "{\"reason\":\"unpaid\"}").status()).isEqualTo(409);
        assertThat(admin.post(path + "/suspend", "{}").status()).isEqualTo(400);
        assertThat(admin.send("POST", path + "/reinstate", null, Map.of()).json().get("state").asString()).isEqualTo("active");
        assertThat(admin.post(path + "/revoke", "{\"reason\":\"fraud\"}").json().get("state").asString()).isEqualTo("revoked");
    }

    @Test
    void what_cannot_be_issued_is_refused_with_a_problem() {
        for (var wrong : List.of(",\"activations\":0", ",\"until\":\"tomorrow\"", ",\"colour\":\"blue\"", ",\"seats\":3", ",\"activations\":\"2\"", ",\"graceDays\":1.5")) {
            var answer = issue(wrong);
            assertThat(answer.status()).as(wrong + ": " + answer.text()).isEqualTo(400);
            assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
        }
        assertThat(admin.get("/admin/v1/licenses/lic-none").status()).isEqualTo(404);
    }

    @Test
    void licenses_are_listed_in_pages_and_found_by_a_part_of_what_they_are_called() {
        var mark = "mark" + System.nanoTime();
        for (int i = 0; i < 3; i++) {
            issue(",\"reference\":\"" + mark + " " + i + "\"");
        }

        var first = admin.get("/admin/v1/licenses?query=" + mark + "&match=prefix&limit=2").json();
        assertThat(first.get("licenses")).hasSize(2);
        var second = admin.get("/admin/v1/licenses?query=" + mark + "&match=prefix&limit=2&after=" + first.get("next").asString()).json();
        assertThat(second.get("licenses")).singleElement().extracting(license -> license.get("reference").asString()).isEqualTo(mark + " 2");
        assertThat(second.has("next")).isFalse();
        assertThat(admin.get("/admin/v1/licenses?query=" + mark.substring(3) + "%201").json().get("licenses")).hasSize(1);
        assertThat(admin.get("/admin/v1/licenses?limit=3").json().get("licenses")).hasSize(3);
        for (var wrong : List.of("limit=0", "limit=201", "limit=x", "match=fuzzy", "after=x", "query=%20")) {
            assertThat(admin.get("/admin/v1/licenses?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void the_desk_sees_alarms_and_the_audit_log_and_can_replay_it() {
        var license = issue("").json();
        var id = license.get("id").asString();
        var host = TestHost.named("plant-a");
        ask(host.asksToActivate(LicenseKey.of(license.get("key").asString())));
        var copy = host.copy();
        ask(host.asksToRefresh(id));
        ask(copy.asksToRefresh(id));

        var alarms = admin.get("/admin/v1/alarms?limit=200").json().get("alarms");
        assertThat(alarms).filteredOn(alarm -> alarm.get("license").asString().equals(id)).singleElement().satisfies(alarm -> {
            assertThat(alarm.get("kind").asString()).isEqualTo("clone");
            assertThat(alarm.get("host").asString()).isEqualTo(host.keyId());
            assertThat(alarm.get("hostName").asString()).isEqualTo("plant-a");
        });
        var entries = admin.get("/admin/v1/licenses/" + id + "/audit").json().get("entries");
        assertThat(entries).extracting(entry -> entry.get("event").get("event").asString()).containsExactly("issued", "activated", "refreshed", "clone-seen");
        assertThat(admin.get("/admin/v1/licenses/" + id + "/audit?limit=2").json().get("next").asInt()).isEqualTo(2);
        assertThat(admin.get("/admin/v1/licenses/lic-none/audit").status()).isEqualTo(404);

        var replay = admin.send("POST", "/admin/v1/audit/replay", null, Map.of()).json();
        assertThat(replay.get("differences")).isEmpty();
        assertThat(replay.get("licenses").asInt()).isPositive();
        assertThat(replay.get("entries").asInt()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void alarms_are_listed_in_pages() {
        var license = issue(",\"activations\":5").json();
        for (int i = 0; i < 3; i++) {
            var host = TestHost.named("plant-" + i);
            ask(host.asksToActivate(LicenseKey.of(license.get("key").asString())));
            ask(host.asks(Purpose.ACTIVATE, LicenseKey.of(license.get("key").asString()), 1));
        }

        var first = admin.get("/admin/v1/alarms?limit=2").json();
        var second = admin.get("/admin/v1/alarms?limit=2&after=" + first.get("next").asString()).json();

        assertThat(first.get("alarms")).hasSize(2);
        assertThat(second.get("alarms").get(0).get("id")).isNotIn(first.get("alarms").get(0).get("id"), first.get("alarms").get(1).get("id"));
        assertThat(admin.get("/admin/v1/alarms?after=x").status()).isEqualTo(400);
        assertThat(admin.get("/admin/v1/alarms?limit=0").status()).isEqualTo(400);
    }

    private Answer issue(String more) {
        return admin.post("/admin/v1/licenses", """
                {"product":"mqtt-server","customer":"%s","type":"online","entitlements":[{"feature":"mqtt"}]%s}""".formatted(customer, more));
    }

    private Answer patch(String path, String json, String ifMatch) {
        return admin.send("PATCH", path, json.getBytes(), Map.of("Content-Type", "application/merge-patch+json", "If-Match", ifMatch));
    }

    private JsonNode ask(SignedDocument request) {
        return authority.anonymous().send("POST", "/v1/usage-requests", request.toBytes(), Map.of("Content-Type", "application/jose+json")).json();
    }
}
