package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

class WholeChainTest {
    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    static Signer signer(Algorithm... algorithms) throws Exception {
        var bc = new BouncyCastleProvider();
        var pairs = new EnumMap<Algorithm, KeyPair>(Algorithm.class);
        var publics = new EnumMap<Algorithm, Bytes>(Algorithm.class);
        for (var algorithm : algorithms) {
            var pair = KeyPairGenerator.getInstance(algorithm.joseName(), bc).generateKeyPair();
            var encoded = pair.getPublic().getEncoded();
            pairs.put(algorithm, pair);
            publics.put(algorithm, Bytes.of(Arrays.copyOfRange(encoded, encoded.length - algorithm.publicKeyLength(), encoded.length)));
        }
        var keys = new SignerKeys(publics);
        return new Signer() {
            @Override public SignerKeys keys() {
                return keys;
            }

            @Override public byte[] sign(Algorithm algorithm, byte[] content) {
                try {
                    var signature = Signature.getInstance(algorithm.joseName(), bc);
                    signature.initSign(pairs.get(algorithm).getPrivate());
                    signature.update(content);
                    return signature.sign();
                } catch (java.security.GeneralSecurityException fault) {
                    throw new IllegalStateException(fault);
                }
            }
        };
    }

    @Test void a_hybrid_usage_license_survives_the_mail_and_verifies_up_to_the_root() throws Exception {
        var root = signer(Algorithm.values());
        var issuing = signer(Algorithm.values());
        var hostSigner = signer(Algorithm.ED25519);
        var certificate = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, issuing.keys(), List.of(),
                EnumSet.of(DocumentKind.USAGE_LICENSE, DocumentKind.REFUSAL, DocumentKind.RELEASE), NOW, Optional.empty()), root);
        var statement = SignedDocument.sign(new TrustStatement(1, NOW, List.of()), root);
        var verifier = new Verifier(new TrustAnchor("acme", EnumSet.allOf(Algorithm.class), List.of(root.keys())));
        var key = LicenseKey.generate(new Random(7));
        var host = new Host(hostSigner.keys(), Optional.of("plant-a"), Fingerprint.of(Map.of("machine", Fingerprint.factor("acme", "machine", "abc"),
                "board", Fingerprint.factor("acme", "board", "abc"), "disk", Fingerprint.factor("acme", "disk", "abc"), "network", Fingerprint.factor("acme", "network", "abc"), "place", Fingerprint.factor("acme", "place", "abc"))));
        var request = SignedDocument.sign(new UsageRequest(List.of(1), Purpose.ACTIVATE, "mqtt-server", new UsageRequest.LicenseName.ByLocator(key.locator()), host, 1, NOW, Bytes.of(new byte[16])), hostSigner, key);
        Verifier.proof(Verifier.request(SignedDocument.read(request.toBytes())).document(), key);
        var license = new UsageLicense("ul-1", NOW, "mqtt-server", "ACME Water", new UsageLicense.SoldLicense("lic-1", LicenseType.ONLINE, Term.perpetual(NOW), Duration.ofDays(14), Optional.empty(), 7, 0, new Allowance(2, 365), 1, 2),
                host, 2, request.digest(), 1, List.of(new Entitlement.Feature("mqtt", Optional.empty())), Optional.empty(), Optional.empty(), Optional.empty());
        var document = SignedDocument.sign(license, issuing).with(List.of(certificate), Optional.of(statement));
        var mailed = Armor.read("Dear all,\r\n\r\n> " + Armor.write(document).replace("\n", "\r\n> "));
        assertThat(verifier.answer(mailed, request).content()).isEqualTo(license);
        assertThat(verifier.trustStatement()).contains(statement);
        var stripped = new SignedDocument(mailed.payloadText(), mailed.signatures().subList(0, 1), mailed.certificates(), mailed.trustStatement(), mailed.pool());
        assertThatThrownBy(() -> verifier.usageLicense(stripped)).isInstanceOf(DocumentRejected.class).hasMessageContaining("ML-DSA-65");
    }
}
