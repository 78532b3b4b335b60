package dev.charter.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.KeyCertificate;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.SignerKeys;
import dev.charter.format.TrustStatement;
import dev.charter.format.Verifier;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningTest {
    @TempDir Path folder;
    final SecureRandom random = new SecureRandom();

    @Test void ed25519_signs_as_the_standard_says() {
        // RFC 8032, section 7.1, test 2.
        var key = Ed25519Key.expand(HexFormat.of().parseHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));

        assertThat(key.publicKey().toArray()).isEqualTo(HexFormat.of().parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        assertThat(key.sign(new byte[] {0x72})).isEqualTo(HexFormat.of().parseHex(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
    }

    @Test void ml_dsa_signatures_made_either_way_verify_either_way() {
        var seed = new byte[Seeds.LENGTH];
        random.nextBytes(seed);
        var byThisJava = MlDsaKey.expand(seed, random);
        var byBouncyCastle = MlDsaKey.expandForBouncyCastle(seed, random);
        var content = "signed twice".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(byThisJava.signsWithJdk()).isEqualTo(Runtime.version().feature() >= 24);
        assertThat(byThisJava.publicKey()).isEqualTo(byBouncyCastle.publicKey());
        for (var key : List.of(byThisJava, byBouncyCastle)) {
            var signature = key.sign(content);
            assertThat(signature).hasSize(Algorithm.ML_DSA_65.signatureLength()).isNotEqualTo(key.sign(content)); // hedged
            var verification = new MLDSASigner();
            verification.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, key.publicKey().toArray()));
            verification.update(content, 0, content.length);
            assertThat(verification.verifySignature(signature)).isTrue();
            // The format's verifier takes the JDK from 24 on.
            verifyAsAHost(signerOf(seed, key));
        }
    }

    private void verifyAsAHost(dev.charter.format.Signer signer) {
        var statement = SignedDocument.sign(new TrustStatement(1, Instant.EPOCH, List.of()), signer);
        new Verifier(new dev.charter.format.TrustAnchor("acme", EnumSet.allOf(Algorithm.class), List.of(signer.keys()))).learn(statement);
    }

    private static dev.charter.format.Signer signerOf(byte[] seed, MlDsaKey mlDsa) {
        var ed25519 = Ed25519Key.expand(seed);
        var keys = new SignerKeys(Map.of(Algorithm.ED25519, ed25519.publicKey(), Algorithm.ML_DSA_65, mlDsa.publicKey()));
        return new dev.charter.format.Signer() {
            @Override
            public SignerKeys keys() {
                return keys;
            }

            @Override
            public byte[] sign(Algorithm algorithm, byte[] content) {
                return algorithm == Algorithm.ED25519 ? ed25519.sign(content) : mlDsa.sign(content);
            }
        };
    }

    @Test void the_public_ml_dsa_key_of_a_known_seed_is_always_the_same() {
        // Computed by this project's first release; the seed of zeros. FIPS 204 makes key generation from a seed deterministic.
        var key = MlDsaKey.expand(new byte[Seeds.LENGTH], random);

        assertThat(Digest.of(key.publicKey().toArray()).toString()).isEqualTo("CFujgP84bdUuQjScbriEidYFjqVBpOP7Dc6aP9H3qRE");
    }

    @Test void many_threads_sign_at_once_and_every_signature_holds() throws InterruptedException, ExecutionException {
        var vendor = new TestVendor(folder);
        vendor.init(Strength.HYBRID);
        var issuer = vendor.issuer();
        var license = TestVendor.usageLicense(vendor.now);
        int threads = 8;
        var together = new CyclicBarrier(threads);
        Callable<List<SignedDocument>> work = () -> {
            together.await();
            var made = new ArrayList<SignedDocument>();
            for (int i = 0; i < 25; i++) {
                made.add(issuer.issue(license));
            }
            return made;
        };
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var product = vendor.productOfToday();
            for (Future<List<SignedDocument>> made : pool.invokeAll(java.util.Collections.nCopies(threads, work))) {
                for (var document : made.get()) {
                    assertThat(product.usageLicense(document).content()).isEqualTo(license);
                }
            }
        } finally {
            pool.shutdown();
        }
    }

    @Test void an_issuer_does_not_sign_what_its_certificate_does_not_cover() {
        var vendor = new TestVendor(folder);
        new InitVendor(vendor.ceremony()).run("acme", Strength.CLASSICAL, CertificateLimits.NONE.forProducts("mqtt-server").until(vendor.now.plus(Duration.ofDays(30))));
        var issuer = vendor.issuer();

        issuer.issue(TestVendor.usageLicense(vendor.now.plus(Duration.ofDays(29))));
        assertNotCertified(() -> issuer.issue(TestVendor.usageLicense(vendor.now.plus(Duration.ofDays(30)))), "documents of 2026-01-31");
        assertNotCertified(() -> issuer.issue(TestVendor.usageLicense(vendor.now.minus(Duration.ofDays(1)))), "documents of 2025-12-31");
        assertNotCertified(() -> issuer.issue(new dev.charter.format.Refusal(vendor.now, "another", Digest.of(new byte[0]), dev.charter.format.RefusalCode.KEY_UNKNOWN, "no", Optional.empty())), "the product another");
        assertNotCertified(() -> issuer.issue(new TrustStatement(9, vendor.now, List.of())), "a trust statement");
    }

    @Test void an_authority_does_not_start_with_a_key_that_signs_no_refusals() {
        var vendor = new TestVendor(folder);
        new InitVendor(vendor.ceremony()).run("acme", Strength.CLASSICAL, new CertificateLimits(List.of(), EnumSet.of(DocumentKind.USAGE_LICENSE), Optional.empty(), Optional.empty()));

        assertNotCertified(vendor::issuer, "not certified to sign refusals");
    }

    @Test void an_authority_does_not_start_with_a_folder_that_hosts_would_not_believe() {
        var vault = new MemoryKeyVault(new Random(1), random);
        var one = RootKeys.init("acme", Strength.HYBRID, vault, vault.create(KeyCertificate.Role.ISSUING, Strength.HYBRID.algorithms()), CertificateLimits.NONE, Instant.EPOCH);
        var other = RootKeys.init("acme", Strength.HYBRID, vault, vault.create(KeyCertificate.Role.ISSUING, Strength.HYBRID.algorithms()), CertificateLimits.NONE, Instant.EPOCH);

        assertNotCertified(() -> IssuingKeys.of(new VendorKeys(one.anchor(), one.trustStatement(), other.certificates()), vault), "Hosts would not accept");
        assertNotCertified(() -> IssuingKeys.of(new VendorKeys(one.anchor(), other.trustStatement(), one.certificates()), vault), "Hosts would not accept");
        // The classical half of what the anchor requires.
        var stripped = one.certificates().get(0);
        var half = new SignedDocument(stripped.payloadText(), stripped.signatures().subList(0, 1), List.of(), Optional.empty(), Optional.empty());
        assertNotCertified(() -> IssuingKeys.of(new VendorKeys(one.anchor(), one.trustStatement(), List.of(half)), vault), "ML-DSA-65 signature is missing");
    }

    @Test void an_acknowledged_release_is_the_very_payload_under_the_issuers_signatures() {
        var vendor = new TestVendor(folder);
        vendor.init(Strength.HYBRID);
        var host = new MemoryKeyVault(new Random(5), random);
        var keys = host.create(KeyCertificate.Role.ISSUING, EnumSet.of(Algorithm.ED25519));
        var release = SignedDocument.sign(new Release("mqtt-server", "lic-1", "ul-1", keys, vendor.now, Bytes.of(new byte[16])), host.signer(keys.id()));

        var acknowledged = vendor.issuer().issue(Release.read(release.payload()));
        assertThat(acknowledged.payloadText()).isEqualTo(release.payloadText());
        vendor.productOfToday().acknowledgement(acknowledged, release);
    }

    @Test void the_issuer_names_the_key_that_signed() {
        var vendor = new TestVendor(folder);
        vendor.init(Strength.HYBRID);
        var issuer = vendor.issuer();

        assertThat(issuer.issue(TestVendor.usageLicense(vendor.now)).signatures()).allSatisfy(signature -> assertThat(signature.header().kid()).isEqualTo(issuer.keyId().value()));
    }

    @Test void seeded_vaults_make_the_same_keys_each_time() {
        assertThat(new MemoryKeyVault(new Random(9), random).create(KeyCertificate.Role.ROOT, Strength.HYBRID.algorithms()))
                .isEqualTo(new MemoryKeyVault(new Random(9), random).create(KeyCertificate.Role.ROOT, Strength.HYBRID.algorithms()));
        assertThatThrownBy(() -> new MemoryKeyVault(new Random(9), random).signer(new dev.charter.format.KeyId("AAAAAAAAAAAAAAAAAAAAAA"))).isInstanceOf(KeysRefused.class);
    }

    private static void assertNotCertified(org.assertj.core.api.ThrowableAssert.ThrowingCallable asked, String words) {
        assertThatThrownBy(asked).isInstanceOfSatisfying(KeysRefused.class, refused -> assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(KeysRefused.Reason.NOT_CERTIFIED)).hasMessageContaining(words);
    }
}
