package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Where the vendor's anchor requires two signatures, a floating server's leases carry two: one of its host's own key, one of the key that its pool vouches for.
class ServerKeysTest {
    private final ServerScene hybrid = new ServerScene(Scene.hybrid());
    private final ServerScene classical = new ServerScene(Scene.classical());
    private final Verifier verifier = hybrid.scene.verifier();

    private static void rejected(Flaw flaw, String why, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DocumentRejected.class, no -> assertThat(no.flaw()).as(no.getMessage()).isEqualTo(flaw)).hasMessageContaining(why);
    }

    private SignedDocument leaseBy(Signer signer, SignedDocument pool) {
        return SignedDocument.sign(hybrid.leaseContent(), signer).withPool(pool);
    }

    @Test void leases_refusals_and_acknowledgements_are_believed_with_both_signatures() {
        for (var server : List.of(classical, hybrid)) {
            var product = server.scene.verifier();
            assertThat(product.answer(server.signed(server.leaseContent()), server.seatRequest()).content()).isEqualTo(server.leaseContent());
            assertThat(product.leaseRefusal(server.signed(server.refusalContent()), server.seatRequest()).content()).isEqualTo(server.refusalContent());
            assertThat(product.leaseAcknowledgement(server.signed(server.scene.releaseContent()), server.scene.release()).content()).isEqualTo(server.scene.releaseContent());
        }
    }

    @Test void each_of_the_two_signatures_is_needed_for_each_of_them() {
        for (var alone : Algorithm.values()) {
            var missing = "The " + (alone == Algorithm.ED25519 ? Algorithm.ML_DSA_65 : Algorithm.ED25519).joseName() + " signature is missing";
            rejected(Flaw.SIGNATURE_MISSING, missing, () -> verifier.usageLicense(SignedDocument.sign(hybrid.leaseContent(), hybrid.leases, Set.of(alone)).withPool(hybrid.pool())));
            rejected(Flaw.SIGNATURE_MISSING, missing, () -> verifier.leaseRefusal(SignedDocument.sign(hybrid.refusalContent(), hybrid.leases, Set.of(alone)).withPool(hybrid.pool()), hybrid.seatRequest()));
            rejected(Flaw.SIGNATURE_MISSING, missing, () -> verifier.leaseAcknowledgement(SignedDocument.sign(hybrid.scene.releaseContent(), hybrid.leases, Set.of(alone)).withPool(hybrid.pool()),
                    hybrid.scene.release()));
        }
    }

    @Test void whoever_has_broken_one_of_the_two_algorithms_signs_no_lease() {
        var thief = SeededSigner.hybrid(404);
        for (var broken : Algorithm.values()) {
            rejected(Flaw.SIGNATURE_WRONG, (broken == Algorithm.ED25519 ? Algorithm.ML_DSA_65 : Algorithm.ED25519).joseName(), () -> verifier.usageLicense(leaseBy(new Signer() {
                @Override
                public SignerKeys keys() {
                    return hybrid.leases.keys();
                }

                @Override
                public byte[] sign(Algorithm algorithm, byte[] content) {
                    return (algorithm == broken ? hybrid.leases : thief).sign(algorithm, content);
                }
            }, hybrid.pool())));
        }
        rejected(Flaw.UNKNOWN_SIGNER, "not signed by the host that holds its pool", () -> verifier.usageLicense(leaseBy(hybrid.host, hybrid.pool())));
    }

    @Test void a_pool_without_the_second_key_leases_nothing_where_two_signatures_are_required() {
        var pool = hybrid.scene.issue(hybrid.poolContent(LeaseKeys.NONE));
        verifier.usageLicense(pool);
        rejected(Flaw.SIGNATURE_MISSING, "The signer has no ML-DSA-65 key", () -> verifier.usageLicense(leaseBy(hybrid.host, pool)));
        rejected(Flaw.UNKNOWN_SIGNER, "", () -> verifier.usageLicense(leaseBy(hybrid.leases, pool)));
    }

    private UsageReport report(String license, SignerKeys keys) {
        return new UsageReport(Scene.PRODUCT, license, keys, 1, Scene.NOW, Scene.NOW, List.of(), Optional.of(new UsageReport.Records("usage", 2, Digest.of(new byte[2]))));
    }

    @Test void a_report_of_a_floating_server_is_verified_up_to_the_root_and_is_about_its_own_pool() {
        var report = hybrid.signed(report("lic-1", hybrid.leases.keys()));
        assertThat(verifier.serverReport(report).content().records()).isPresent();
        rejected(Flaw.BEYOND_POOL, "beyond the pool", () -> verifier.serverReport(hybrid.signed(report("lic-2", hybrid.leases.keys()))));
        rejected(Flaw.BEYOND_POOL, "beyond the pool", () -> verifier.serverReport(hybrid.signed(report("lic-1", hybrid.host.keys()))));
        rejected(Flaw.UNKNOWN_SIGNER, "not signed by the host that holds the pool", () -> verifier.serverReport(SignedDocument.sign(report("lic-1", hybrid.host.keys()), hybrid.host).withPool(hybrid.pool())));
        rejected(Flaw.UNKNOWN_SIGNER, "not attached", () -> verifier.serverReport(SignedDocument.sign(report("lic-1", hybrid.leases.keys()), hybrid.leases)));
    }

    @Test void what_the_server_tells_goes_with_requests_for_a_pool_and_with_no_others() {
        var told = new FloatingServer(OptionalInt.empty(), LeaseKeys.NONE, Optional.empty(), Optional.empty());
        var plain = hybrid.asksForPool();
        for (var purpose : Purpose.values()) {
            ThrowingCallable making = () -> new UsageRequest(plain.formats(), purpose, plain.product(), plain.license(), plain.host(), 1, plain.madeAt(), plain.nonce(), Optional.empty(), Optional.of(told));
            if (purpose == Purpose.ACQUIRE || purpose == Purpose.RENEW) {
                assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("asks for a pool");
            } else {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(making)).isNull();
            }
        }
        assertThat(new String(new UsageRequest(plain.formats(), Purpose.REFRESH, plain.product(), plain.license(), plain.host(), 1, plain.madeAt(), plain.nonce(), Optional.empty(), Optional.of(told))
                .toBytes(), StandardCharsets.UTF_8)).endsWith(",\"server\":{}}");
    }

    @Test void a_host_has_one_key_of_each_algorithm() {
        assertThatThrownBy(() -> hybrid.leaseKeys().with(hybrid.leases.keys())).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no second one for leases");
        assertThatThrownBy(() -> new LeaseKeys(Map.of(Algorithm.ED25519, Bytes.of(new byte[32])))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("the host's own");
        rejected(Flaw.MALFORMED, "1952 bytes, not 3", () -> UsageLicense.read(poolWith("{\"ML-DSA-65\":\"AAAA\"}")));
        rejected(Flaw.MALFORMED, "the host's own", () -> UsageLicense.read(poolWith("{\"Ed25519\":\"AAAA\"}")));
    }

    private byte[] poolWith(String keys) {
        return new String(hybrid.poolContent(LeaseKeys.NONE).toBytes(), StandardCharsets.UTF_8).replace("\"tls\"", "\"keys\":" + keys + ",\"tls\"").getBytes(StandardCharsets.UTF_8);
    }

    @Test void the_pin_is_of_the_certificates_key() throws Exception {
        var key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
        assertThat(TlsPin.of(key).value()).isEqualTo(Digest.of(key.getEncoded()).value());
        assertThatThrownBy(() -> new TlsPin(Bytes.of(new byte[31]))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("32 bytes");
        rejected(Flaw.MALFORMED, "TLS pin", () -> UsageLicense.read(new String(hybrid.pool().payload(), StandardCharsets.UTF_8).replaceFirst("\"tls\":\"[^\"]+\"", "\"tls\":\"AAAA\"").getBytes(StandardCharsets.UTF_8)));
    }
}
