package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.charter.format.LicenseKey;
import dev.charter.format.RefusalCode;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.Host;
import dev.charter.testkit.License;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Whatever goes wrong on the way to a license: a message that says what happened and what to do next.
class RefusalsTest {
    @TempDir Path folder;
    AuthorityInMemory authority;
    FakeAuthorityHttp http;
    Map<String, String> settings;

    @BeforeEach void anAuthority() {
        authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        http = FakeAuthorityHttp.serve(authority);
        settings = new HashMap<>(RunningProduct.settings(folder, authority, http));
    }

    @AfterEach void stop() {
        http.close();
    }

    static JsonNode activate(RunningProduct product, LicenseKey key) {
        return product.post("/api/license/activations", "{\"key\":\"" + key.revealSecret() + "\"}").json();
    }

    static License license() {
        return License.license().ofProduct("pump-server");
    }

    @Test void each_refusal_comes_with_its_code_and_what_to_do_next() {
        var exhausted = authority.sells(license());
        authority.activate(exhausted, Host.named("plant-z").running("pump-server"));
        var suspended = authority.sells(license());
        authority.suspends(suspended);
        var revoked = authority.sells(license());
        authority.revokes(revoked);
        var refusals = Map.of(exhausted, RefusalCode.ACTIVATIONS_EXHAUSTED, suspended, RefusalCode.LICENSE_SUSPENDED, revoked, RefusalCode.LICENSE_REVOKED,
                authority.sells(license().from("2020-01-01").until("2021-01-01")), RefusalCode.LICENSE_EXPIRED,
                authority.sells(license().from("2090-01-01").until("2091-01-01")), RefusalCode.LICENSE_NOT_STARTED,
                authority.sells(license().ofProduct("valve-server")), RefusalCode.WRONG_PRODUCT);
        try (var product = RunningProduct.start(settings)) {
            refusals.forEach((key, code) -> {
                var answer = activate(product, key);
                assertThat(answer.path("outcome").asString()).as(code.name()).isEqualTo("refused");
                assertThat(answer.path("code").asString()).isEqualTo(code.name());
                assertThat(answer.path("message").asString()).isEqualTo(code.advice());
                assertThat(answer.path("license").path("headline").asString()).isEqualTo("This server is not licensed");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"407, Who are you?", "200, <html>Please accept our terms</html>", "502, <html>Bad gateway</html>"})
    void what_a_proxy_says_in_place_of_the_vendor_is_no_refusal(int status, String page) throws IOException {
        var proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            var bytes = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(status, bytes.length);
            try (exchange) {
                exchange.getResponseBody().write(bytes);
            }
        });
        proxy.start();
        settings.put("charter.license.proxy", "127.0.0.1:" + proxy.getAddress().getPort());
        try (var product = RunningProduct.start(settings)) {
            var answer = activate(product, authority.sells(license()));
            assertThat(answer.path("outcome").asString()).isEqualTo("unreachable");
            assertThat(answer.path("message").asString()).startsWith("The vendor was not reached: ").endsWith("Nothing has changed, and no activation is lost by trying again.");
            assertThat(answer.path("license").path("contact").path("unreachable").asString()).isNotBlank();
        } finally {
            proxy.stop(0);
        }
    }

    @Test void an_address_without_a_vendor_is_told_and_the_product_runs() {
        settings.remove("charter.license.authority");
        try (var product = RunningProduct.start(settings)) {
            assertThat(product.get("/api/license").json().path("methods").path(0).path("available").asBoolean()).as("nothing is offered that cannot work").isFalse();
            assertThat(activate(product, authority.sells(license())).path("outcome").asString()).isEqualTo("unreachable");
            assertThat(product.get("/pressure").status()).isEqualTo(200);
        }
    }

    @Test void the_wrong_address_and_an_impostor_never_activate() {
        var impostor = AuthorityInMemory.on("2026-03-01", dev.charter.testkit.TestKeys.classical());
        try (var fake = FakeAuthorityHttp.serve(impostor)) {
            settings.put("charter.license.authority", fake.url().toString());
            try (var product = RunningProduct.start(settings)) {
                var answer = activate(product, impostor.sells(license()));
                assertThat(answer.path("outcome").asString()).isEqualTo("unreachable");
                assertThat(answer.path("message").asString()).contains("not the authority of this product's vendor");
                assertThat(product.get("/api/license").json().path("licensed").asBoolean()).isFalse();
            }
        }
    }
}
