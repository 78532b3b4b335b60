package dev.charter.authority.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.charter.server.web.HttpProblem;
import dev.charter.server.web.Rejected;
import dev.charter.format.Digest;
import dev.charter.format.KeyCertificate.Role;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.signing.CertificateLimits;
import dev.charter.signing.IssuingKeys;
import dev.charter.signing.MemoryKeyVault;
import dev.charter.signing.RootKeys;
import dev.charter.signing.Strength;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void what_the_certificate_covers_is_signed() {
        var signatures = under(CertificateLimits.NONE.forProducts("mqtt-server").until(MORNING.plus(Duration.ofDays(1))));

        assertThat(signatures.sign(refusal("mqtt-server", MORNING)).signatures()).hasSize(2);
    }

    @Test
    void a_product_that_the_certificate_does_not_cover_is_no_fault_and_not_signed() {
        var signatures = under(CertificateLimits.NONE.forProducts("mqtt-server"));

        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> signatures.sign(refusal("historian", MORNING)))
                .withMessageContaining("historian").satisfies(rejected -> assertThat(rejected.code()).isEqualTo(HttpProblem.UNAVAILABLE));
    }

    @Test
    void nothing_is_signed_at_the_end_of_the_certificate() {
        var end = MORNING.plus(Duration.ofDays(1));
        var signatures = under(CertificateLimits.NONE.until(end));

        assertThat(signatures.sign(refusal("mqtt-server", end.minusSeconds(1))).signatures()).hasSize(2);
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> signatures.sign(refusal("mqtt-server", end)))
                .satisfies(rejected -> assertThat(rejected.code()).isEqualTo(HttpProblem.UNAVAILABLE));
    }

    private static Refusal refusal(String product, Instant issuedAt) {
        return new Refusal(issuedAt, product, Digest.of(new byte[] {1}), RefusalCode.KEY_UNKNOWN, "There is no such license.", Optional.empty());
    }

    private static Signatures under(CertificateLimits limits) {
        var random = new SecureRandom();
        var rootVault = new MemoryKeyVault(random, random);
        var issuingVault = new MemoryKeyVault(random, random);
        var issuing = issuingVault.create(Role.ISSUING, Strength.HYBRID.algorithms());
        var keys = IssuingKeys.of(RootKeys.init("acme", Strength.HYBRID, rootVault, issuing, limits, MORNING), issuingVault);
        return new Signatures(keys.issuer(), 1, new SimpleMeterRegistry());
    }
}
