package dev.charter.testkit;

import static dev.charter.testkit.License.license;
import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.client.Activation.Activated;
import dev.charter.client.Activation.Refused;
import dev.charter.client.Activation.Unreachable;
import dev.charter.client.Deactivation;
import dev.charter.client.LicenseClient;
import dev.charter.client.LicenseState;
import dev.charter.format.RefusalCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real client against the authority in memory.
class ClientOnAuthorityInMemoryTest {
    @TempDir Path folder;
    final AuthorityInMemory authority = AuthorityInMemory.on("2026-03-01");

    private LicenseClient open(String host) {
        return authority.clientOn(Host.named(host), folder.resolve(host)).open();
    }

    @Test void a_lost_answer_costs_a_retry_and_no_activation() {
        var key = authority.sells(license());
        try (var client = open("plant-a")) {
            authority.losesItsNextAnswer();
            assertThat(client.activate(key)).isInstanceOf(Unreachable.class);
            assertThat(authority.activationsUsed(key)).isEqualTo(1);

            assertThat(client.activate(key)).isInstanceOf(Activated.class);
            assertThat(authority.activationsUsed(key)).isEqualTo(1);
        }
    }

    @Test void a_license_given_back_here_can_be_activated_elsewhere() {
        var key = authority.sells(license());
        try (var here = open("plant-a"); var elsewhere = open("plant-b")) {
            here.activate(key);
            assertThat(elsewhere.activate(key)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.ACTIVATIONS_EXHAUSTED));
            assertThat(here.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, gone -> assertThat(gone.acknowledged()).isTrue());
            assertThat(elsewhere.activate(key)).isInstanceOf(Activated.class);
            assertThat(here.allows(License.FEATURE)).isFalse();
            assertThat(elsewhere.allows(License.FEATURE)).isTrue();
        }
    }

    @Test void a_revoked_license_stops_at_the_next_contact_and_not_before() {
        var key = authority.sells(license());
        try (var client = open("plant-a")) {
            client.activate(key);
            authority.revokes(key);
            assertThat(client.allows(License.FEATURE)).isTrue();

            authority.passes(Duration.ofDays(2));
            assertThat(client.state()).isInstanceOf(LicenseState.Revoked.class);
            assertThat(client.allows(License.FEATURE)).isFalse();
        }
    }

    @Test void a_cut_network_stops_nothing_before_the_refresh_horizon() {
        var key = authority.sells(license().withRefreshHorizonDays(90).withGraceDays(14));
        try (var client = open("plant-a")) {
            client.activate(key);
            authority.cannotBeReached();
            authority.passes(Duration.ofDays(89));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            authority.passes(Duration.ofDays(2));
            assertThat(client.state()).isInstanceOf(LicenseState.Grace.class);
            assertThat(client.allows(License.FEATURE)).isTrue();

            authority.canBeReached();
            authority.passes(Duration.ofHours(13));
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void listeners_hear_of_changes_before_the_test_goes_on() {
        var key = authority.sells(license().until("2026-04-01"));
        var heard = new ArrayList<LicenseState.Kind>();
        try (var client = open("plant-a")) {
            client.onChange(state -> heard.add(state.kind()));
            client.activate(key);
            authority.itIsNow("2026-04-01");
        }
        assertThat(heard).startsWith(LicenseState.Kind.LICENSED).endsWith(LicenseState.Kind.ENDED);
    }

    @Test void a_client_keeps_its_license_over_a_restart() {
        var key = authority.sells(license());
        try (var client = open("plant-a")) {
            client.activate(key);
        }
        authority.cannotBeReached();
        try (var client = open("plant-a")) {
            assertThat(client.allows(License.FEATURE)).isTrue();
        }
    }

    @Test void over_real_http_it_is_the_same_exchange_with_the_statuses_of_the_protocol() throws Exception {
        var key = authority.sells(license());
        try (var http = FakeAuthorityHttp.serve(authority);
                var client = LicenseClient.builder().product(License.PRODUCT).trustAnchor(authority.anchor()).home(folder).clock(authority.clock())
                        .machine(Host.named("plant-a").machine()).authority(http.url()).open()) {
            assertThat(client.activate(key)).isInstanceOf(Activated.class);
            assertThat(client.reactivate()).isInstanceOf(Activated.class);
            assertThat(client.deactivate()).isInstanceOfSatisfying(Deactivation.Deactivated.class, gone -> assertThat(gone.acknowledged()).isTrue());

            var unknown = Host.named("stranger").asks(dev.charter.format.LicenseKey.generate(new java.util.Random(5)), authority.clock().instant());
            assertThat(post(http.url(), "/v1/usage-requests", "application/jose+json", unknown.toBytes()).statusCode()).isEqualTo(404);
            assertThat(post(http.url(), "/v1/usage-requests", "application/json", unknown.toBytes()).statusCode()).isEqualTo(415);
            assertThat(post(http.url(), "/v1/usage-requests", "application/jose+json", new byte[70_000]).statusCode()).isEqualTo(413);
            var malformed = post(http.url(), "/v1/releases", "application/jose+json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(malformed.statusCode()).isEqualTo(400);
            assertThat(malformed.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    private static HttpResponse<String> post(URI url, String path, String type, byte[] body) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(url.resolve(path)).header("Content-Type", type).timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test void hosts_and_clients_are_refused_alike() {
        var key = authority.sells(license());
        authority.activate(key, Host.named("plant-b"));
        try (var client = open("plant-a")) {
            assertThat(client.activate(key)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.ACTIVATIONS_EXHAUSTED));
        }
        assertThat(List.of(authority.activate(key, Host.named("plant-c")))).containsExactly(new Answer.Refused(RefusalCode.ACTIVATIONS_EXHAUSTED));
    }
}
