package dev.charter.authority.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.activation.Outcome;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Bytes;
import dev.charter.format.LicenseKey;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.TrustAnchor;
import dev.charter.format.Verifier;
import dev.charter.server.testing.Answer;
import dev.charter.server.web.DocumentServlet;
import dev.charter.store.Engine;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@ParameterizedClass
@EnumSource
class ExchangeTest {
    final RunningAuthority authority;
    final TestHost host = TestHost.named("plant-a");

    ExchangeTest(Engine engine) {
        authority = RunningAuthority.on(engine);
    }

    @Test
    void a_host_activates_refreshes_and_releases_over_http() {
        var license = sells();
        var request = host.asksToActivate(key(license));

        var activated = post("/v1/usage-requests", request);
        assertThat(activated.status()).isEqualTo(200);
        assertThat(activated.header("Content-Type")).contains("application/jose+json");
        assertThat(activated.header("Cache-Control")).contains("no-store");
        var held = verifier().answer(SignedDocument.read(activated.body()), request).content();
        assertThat(held.license().id()).isEqualTo(license.get("id").asString());
        assertThat(post("/v1/usage-requests", request).body()).as("the stored bytes").isEqualTo(activated.body());

        var refresh = host.asksToRefresh(held.license().id());
        verifier().answer(SignedDocument.read(post("/v1/usage-requests", refresh).body()), refresh);

        var release = host.releases(held);
        var released = post("/v1/releases", release);
        assertThat(released.status()).isEqualTo(200);
        verifier().acknowledgement(SignedDocument.read(released.body()), release);
        assertThat(post("/v1/releases", release).body()).isEqualTo(released.body());
    }

    @Test
    void a_refusal_is_a_signed_document_under_the_status_of_its_code() {
        var unknown = host.asksToActivate(LicenseKey.generate(new SecureRandom()));

        var refused = post("/v1/usage-requests", unknown);

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.header("Content-Type")).contains("application/jose+json");
        assertThat(verifier().refusal(SignedDocument.read(refused.body()), unknown.digest()).content().code()).isEqualTo(RefusalCode.KEY_UNKNOWN);
        assertThat(post("/v1/releases", host.releases("lic-none", "ul-none")).status()).isEqualTo(404);
    }

    @Test
    void every_code_has_the_status_that_the_protocol_says() {
        var statuses = new EnumMap<RefusalCode, Integer>(RefusalCode.class);
        for (var code : RefusalCode.values()) {
            statuses.put(code, Exchange.status(new Outcome.Refused(code, Bytes.of(new byte[0]))));
        }

        assertThat(statuses).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                Map.entry(RefusalCode.KEY_UNKNOWN, 404), Map.entry(RefusalCode.KEY_MALFORMED, 400), Map.entry(RefusalCode.LICENSE_SUSPENDED, 403), Map.entry(RefusalCode.LICENSE_REVOKED, 403),
                Map.entry(RefusalCode.LICENSE_EXPIRED, 403), Map.entry(RefusalCode.LICENSE_NOT_STARTED, 403), Map.entry(RefusalCode.ACTIVATIONS_EXHAUSTED, 409),
                Map.entry(RefusalCode.ALLOWANCE_EXHAUSTED, 409), Map.entry(RefusalCode.NO_SEAT_FREE, 409), Map.entry(RefusalCode.ALREADY_LICENSED, 409), Map.entry(RefusalCode.HOST_MISMATCH, 409),
                Map.entry(RefusalCode.RELEASED, 410), Map.entry(RefusalCode.REQUEST_SUPERSEDED, 409), Map.entry(RefusalCode.WRONG_PRODUCT, 409), Map.entry(RefusalCode.TYPE_MISMATCH, 409),
                Map.entry(RefusalCode.DECLINED, 403)));
    }

    @Test
    void what_is_no_document_is_a_problem_and_no_refusal() {
        assertProblem(post("/v1/usage-requests", "nonsense".getBytes()), 400, "MALFORMED");
        assertProblem(post("/v1/usage-requests", "{\"payload\":\"e30\",\"signatures\":[]}".getBytes()), 400, "MALFORMED");
        assertProblem(post("/v1/usage-requests", new byte[70_000]), 413, "TOO_LARGE");
        assertProblem(authority.anonymous().post("/v1/usage-requests", "{}"), 415, "WRONG_MEDIA_TYPE");
        assertProblem(authority.anonymous().get("/v1/usage-requests"), 405, "METHOD_NOT_ALLOWED");
        assertProblem(post("/v1/releases", host.asksToRefresh("lic-none")), 400, "MALFORMED");
        assertProblem(post("/v1/usage-requests", host.releases("lic-none", "ul-none")), 400, "MALFORMED");
    }

    @Test
    void a_document_is_known_by_its_media_type_whatever_parameters_it_has_and_what_may_be_sent_is_told() {
        var request = host.asksToActivate(key(sells())).toBytes();

        assertThat(authority.anonymous().send("POST", "/v1/usage-requests", request, Map.of("Content-Type", "Application/JOSE+json; charset=utf-8")).status()).isEqualTo(200);
        assertProblem(authority.anonymous().send("POST", "/v1/usage-requests", request, Map.of("Content-Type", "no/media/type")), 415, "WRONG_MEDIA_TYPE");
        assertProblem(authority.anonymous().send("PUT", "/v1/usage-requests", request, Map.of("Content-Type", DocumentServlet.DOCUMENT)), 405, "METHOD_NOT_ALLOWED");
        assertThat(authority.anonymous().get("/v1/releases").header("Allow")).contains("POST");
        assertThat(authority.anonymous().send("OPTIONS", "/v1/releases", null, Map.of()).header("Allow").orElse("")).contains("POST");
    }

    @Test
    void what_hosts_post_is_measured_by_its_route() {
        post("/v1/usage-requests", host.asksToActivate(key(sells())));

        assertThat(authority.anonymous().get("/metrics").text()).contains("http_server_requests_seconds_count{method=\"POST\",route=\"/v1/usage-requests\",status=\"200\"}");
    }

    @Test
    void a_request_whose_bits_were_changed_is_never_answered_with_a_license() {
        var request = host.asksToActivate(key(sells())).toBytes();
        for (int i = 0; i < request.length; i += 97) {
            var changed = request.clone();
            changed[i] ^= 2;

            var answer = post("/v1/usage-requests", changed);

            assertThat(answer.status()).as("byte " + i).isGreaterThanOrEqualTo(400).isLessThan(500);
        }
    }

    @Test
    void the_trust_anchor_is_shown_for_first_contact() {
        var answer = authority.anonymous().get("/v1/trust-anchor");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(TrustAnchor.read(answer.body()).roots()).hasSize(1);
    }

    @Test
    void what_was_answered_is_counted_for_operators() {
        post("/v1/usage-requests", host.asksToActivate(key(sells())));

        var metrics = authority.anonymous().get("/metrics").text();

        assertThat(metrics).contains("charter_activations_total{kind=\"new\"}").contains("charter_signing_seconds_count").contains("charter_refusals_total{code=\"KEY_UNKNOWN\"}");
    }

    private JsonNode sells() {
        var admin = authority.admin();
        admin.post("/admin/v1/products", """
                {"id":"mqtt-server","name":"MQTT Server","features":[{"name":"mqtt","title":"MQTT"}],"meters":[]}""");
        var customer = admin.post("/admin/v1/customers", "{\"name\":\"ACME Water\",\"email\":\"it@acme.example\"}").json().get("id").asString();
        var sold = admin.post("/admin/v1/licenses", """
                {"product":"mqtt-server","customer":"%s","type":"online","entitlements":[{"feature":"mqtt"}]}""".formatted(customer));
        assertThat(sold.status()).as(sold.text()).isEqualTo(201);
        return sold.json();
    }

    private static LicenseKey key(JsonNode license) {
        return LicenseKey.of(license.get("key").asString());
    }

    private Answer post(String path, SignedDocument document) {
        return post(path, document.toBytes());
    }

    private Answer post(String path, byte[] body) {
        return authority.anonymous().send("POST", path, body, Map.of("Content-Type", DocumentServlet.DOCUMENT));
    }

    private Verifier verifier() {
        return new Verifier(TrustAnchor.read(authority.anonymous().get("/v1/trust-anchor").body()));
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.json().get("code").asString()).isEqualTo(code);
    }
}
