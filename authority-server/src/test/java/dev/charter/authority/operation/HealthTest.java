package dev.charter.authority.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.operation.Health.Part;
import dev.charter.server.settings.Surroundings;
import dev.charter.format.KeyCertificate.Role;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.IssuingKeys;
import dev.charter.signing.MemoryKeyVault;
import dev.charter.signing.RootKeys;
import dev.charter.signing.Strength;
import dev.charter.store.Engine;
import dev.charter.store.IssuerTime;
import dev.charter.store.Store;
import dev.charter.store.testing.Engines;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {
    private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");

    private final AtomicReference<Instant> clock = new AtomicReference<>(MORNING);

    @ParameterizedTest
    @EnumSource
    void an_authority_that_can_keep_and_sign_is_up(Engine engine) {
        var answer = RunningAuthority.on(engine).anonymous().get("/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("up");
        assertThat(answer.json().get("database").get("status").asString()).isEqualTo("up");
        assertThat(answer.json().get("signingKey").get("status").asString()).isEqualTo("up");
        assertThat(answer.json().get("clock").get("status").asString()).isEqualTo("up");
        assertThat(answer.json().get("mail").get("status").asString()).isEqualTo("up");
    }

    @Test
    void it_is_down_from_the_moment_on_at_which_hosts_accept_its_signatures_no_more() {
        try (var store = store()) {
            var health = health(store, CertificateLimits.NONE.until(MORNING.plus(Duration.ofDays(365))));
            assertThat(health.lookNow()).satisfies(report -> {
                assertThat(report.isUp()).isTrue();
                assertThat(report.keyUntil()).contains(MORNING.plus(Duration.ofDays(365)));
            });

            clock.set(MORNING.plus(Duration.ofDays(365)));

            assertThat(health.lookNow()).satisfies(report -> {
                assertThat(report.signingKey()).isEqualTo(Part.DOWN);
                assertThat(report.isUp()).isFalse();
            });
        }
    }

    @Test
    void a_clock_that_was_set_back_is_told_and_does_not_stop_it() {
        try (var store = store()) {
            var health = health(store, CertificateLimits.NONE);
            clock.set(MORNING.plus(Duration.ofHours(1)));
            assertThat(health.lookNow().clock()).isEqualTo(Part.UP);

            clock.set(MORNING);

            var report = health.lookNow();
            assertThat(report.clock()).isEqualTo(Part.DOWN);
            assertThat(report.clockBehind()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
            assertThat(report.isUp()).isTrue();
        }
    }

    @Test
    void it_is_down_without_its_database() {
        var store = store();
        var health = health(store, CertificateLimits.NONE);
        store.close();
        clock.set(MORNING.plus(Duration.ofMinutes(1)));

        var report = health.lookNow();

        assertThat(report.database()).isEqualTo(Part.DOWN);
        assertThat(report.isUp()).isFalse();
    }

    @Test
    void all_who_ask_at_the_same_time_get_the_same_answer() {
        try (var store = store()) {
            var health = health(store, CertificateLimits.NONE);

            assertThat(health.look()).isSameAs(health.look());
        }
    }

    @Test
    void metrics_tell_routes_and_no_addresses() {
        var authority = RunningAuthority.on(Engine.SQLITE);
        authority.admin().get("/admin/v1/products/some-product-of-mine");
        authority.anonymous().get("/made-up-address");
        authority.anonymous().send("BREW", "/health", null, Map.of());

        var metrics = authority.anonymous().get("/metrics");

        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.header("Content-Type").orElseThrow()).startsWith("text/plain").contains("version=0.0.4");
        assertThat(metrics.text()).contains("http_server_requests_seconds_count{method=\"GET\",route=\"/admin/v1/products/{id}\",status=\"404\"}")
                .contains("jvm_memory_used_bytes").contains("process_uptime_seconds").contains("method=\"other\"")
                .doesNotContain("some-product-of-mine").doesNotContain("made-up-address").doesNotContain("BREW");
    }

    private Store store() {
        return Store.open(Engines.fresh(Engine.SQLITE), "classpath:db/authority");
    }

    private Health health(Store store, CertificateLimits limits) {
        IssuerTime time = store.issuerTime(clock::get);
        var rootVault = new MemoryKeyVault(new SecureRandom(), new SecureRandom());
        var issuingVault = new MemoryKeyVault(new SecureRandom(), new SecureRandom());
        var issuing = issuingVault.create(Role.ISSUING, Strength.CLASSICAL.algorithms());
        var keys = IssuingKeys.of(RootKeys.init("acme", Strength.CLASSICAL, rootVault, issuing, limits, MORNING), issuingVault);
        return new Health(time, new Surroundings(Map.of(), System.out, clock::get), keys);
    }
}
