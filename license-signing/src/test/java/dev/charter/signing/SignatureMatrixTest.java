package dev.charter.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.Algorithm;
import dev.charter.format.DocumentKind;
import dev.charter.format.DocumentRejected;
import dev.charter.format.KeyCertificate.Role;
import dev.charter.format.Payload;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.Verifier;
import dev.charter.format.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every combination of claimed type, claimed algorithm, signing key, and number of signatures: only the one that is right is accepted.
class SignatureMatrixTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> CLAIMS = List.of("Ed25519", "ML-DSA-65", "EdDSA", "none", "HS256", "ed25519");

    /// One signature on a document: the algorithm that its header claims, and which key made it in which way.
    private record Made(String alg, String by) {}

    private final MemoryKeyVault vault = new MemoryKeyVault(new Random(42), new SecureRandom());
    private final Map<Object, SignedDocument.Signature> signatures = new HashMap<>();

    @ParameterizedTest @EnumSource(Strength.class)
    void only_the_right_type_algorithm_and_key_are_accepted(Strength strength) {
        var keys = vendor(strength);
        var license = TestVendor.usageLicense(NOW);
        var verifier = new Verifier(keys.anchor());
        var ways = ways(keys);
        int accepted = 0;
        int refused = 0;
        for (var kind : DocumentKind.values()) {
            for (var first : made(ways)) {
                if (accepts(verifier, document(keys, kind, license, List.of(first), ways))) {
                    assertThat(strength).isEqualTo(Strength.CLASSICAL);
                    assertThat(kind).isEqualTo(DocumentKind.USAGE_LICENSE);
                    assertThat(first).isEqualTo(new Made("Ed25519", "issuing Ed25519"));
                    accepted++;
                } else {
                    refused++;
                }
                for (var second : made(ways)) {
                    if (accepts(verifier, document(keys, kind, license, List.of(first, second), ways))) {
                        assertThat(kind).isEqualTo(DocumentKind.USAGE_LICENSE);
                        assertThat(first.alg()).isNotEqualTo(second.alg());
                        assertThat(List.of(first, second)).contains(new Made("Ed25519", "issuing Ed25519"));
                        if (strength == Strength.HYBRID) {
                            assertThat(List.of(first, second)).contains(new Made("ML-DSA-65", "issuing ML-DSA-65"));
                        }
                        accepted++;
                    } else {
                        refused++;
                    }
                }
            }
        }
        int singles = DocumentKind.values().length * made(ways).size();
        assertThat(accepted + refused).isEqualTo(singles * (1 + made(ways).size()));
        // Classical: the right one alone, and beside it, on either side, any signature that claims another algorithm, which is not looked at. Hybrid: the two right ones, in either order.
        assertThat(accepted).isEqualTo(strength == Strength.HYBRID ? 2 : 1 + 2 * (CLAIMS.size() - 1) * ways.size());
    }

    @ParameterizedTest @EnumSource(Strength.class)
    void a_document_of_one_kind_never_passes_for_another(Strength strength) {
        var keys = vendor(strength);
        var issuing = vault.signer(keys.issuing().id());
        var verifier = new Verifier(keys.anchor());
        var request = dev.charter.format.Digest.of(new byte[] {1});
        var refusal = SignedDocument.sign(TestVendor.refusal(NOW, request), issuing).with(keys.certificates(), Optional.empty());
        var license = SignedDocument.sign(TestVendor.usageLicense(NOW), issuing).with(keys.certificates(), Optional.empty());

        verifier.refusal(refusal, request);
        verifier.usageLicense(license);
        assertThatThrownBy(() -> verifier.usageLicense(refusal)).isInstanceOf(DocumentRejected.class);
        assertThatThrownBy(() -> verifier.refusal(license, request)).isInstanceOf(DocumentRejected.class);
        assertThatThrownBy(() -> verifier.learn(license)).isInstanceOf(DocumentRejected.class);
        assertThatThrownBy(() -> verifier.learn(keys.certificate())).isInstanceOf(DocumentRejected.class);
        assertThatThrownBy(() -> verifier.usageLicense(keys.trustStatement())).isInstanceOf(DocumentRejected.class);
    }

    @Test void a_hybrid_vendor_never_accepts_less_in_any_link_of_the_chain() {
        var keys = vendor(Strength.HYBRID);
        var issuer = IssuingKeys.of(keys, vault).issuer();
        var whole = issuer.issue(TestVendor.usageLicense(NOW));
        new Verifier(keys.anchor()).usageLicense(whole);

        for (int kept = 0; kept < 2; kept++) {
            int only = kept;
            var strippedDocument = only(whole, only).with(whole.certificates(), whole.trustStatement());
            var strippedCertificate = whole.with(List.of(only(keys.certificate(), only)), whole.trustStatement());
            var strippedStatement = whole.with(whole.certificates(), whole.trustStatement().map(statement -> only(statement, only)));
            for (var less : List.of(strippedDocument, strippedCertificate, strippedStatement)) {
                assertThatThrownBy(() -> new Verifier(keys.anchor()).usageLicense(less)).isInstanceOf(DocumentRejected.class).hasMessageContaining("signature is missing");
            }
        }
    }

    @Test void a_hybrid_vendor_refuses_either_signature_damaged_in_any_byte() {
        var keys = vendor(Strength.HYBRID);
        var whole = IssuingKeys.of(keys, vault).issuer().issue(TestVendor.usageLicense(NOW));
        var verifier = new Verifier(keys.anchor());
        for (int which = 0; which < 2; which++) {
            var signature = whole.signatures().get(which);
            for (int at = 0; at < signature.value().length(); at += which == 0 ? 1 : 13) {
                var damaged = signature.value().toArray();
                damaged[at] ^= 1;
                var signatures = new ArrayList<>(whole.signatures());
                signatures.set(which, new SignedDocument.Signature(signature.protectedText(), signature.header(), dev.charter.format.Bytes.of(damaged)));
                var altered = new SignedDocument(whole.payloadText(), signatures, whole.certificates(), whole.trustStatement(), Optional.empty());
                assertThatThrownBy(() -> verifier.usageLicense(altered)).isInstanceOf(DocumentRejected.class);
            }
        }
    }

    @Test void a_succession_that_the_old_root_signed_with_one_algorithm_only_is_refused() {
        var keys = vendor(Strength.HYBRID);
        var next = new RootKeys(keys, vault).succeed(NOW);
        var chain = next.trustStatement().certificates().get(0);
        for (int kept = 0; kept < 2; kept++) {
            var weak = next.trustStatement().with(List.of(only(chain, kept)), Optional.empty());
            assertThatThrownBy(() -> new Verifier(keys.anchor()).learn(weak)).isInstanceOf(DocumentRejected.class).hasMessageContaining("signature is missing");
        }
        assertThat(new Verifier(keys.anchor()).learn(next.trustStatement()).number()).isEqualTo(2);
    }

    private VendorKeys vendor(Strength strength) {
        return RootKeys.init("acme", strength, vault, vault.create(Role.ISSUING, strength.algorithms()), CertificateLimits.NONE, NOW);
    }

    /// All that can be done to make a signature's bytes: right keys, other roles' keys, and a MAC under the public key (the classic confusion).
    private Map<String, Way> ways(VendorKeys keys) {
        var ways = new LinkedHashMap<String, Way>();
        var issuing = vault.signer(keys.issuing().id());
        var root = vault.signer(keys.root().id());
        var stranger = vault.signer(vault.create(Role.ISSUING, Strength.HYBRID.algorithms()).id());
        for (var algorithm : keys.anchor().required()) {
            ways.put("issuing " + algorithm.joseName(), input -> issuing.sign(algorithm, input));
            ways.put("root " + algorithm.joseName(), input -> root.sign(algorithm, input));
        }
        ways.put("stranger Ed25519", input -> stranger.sign(Algorithm.ED25519, input));
        ways.put("stranger ML-DSA-65", input -> stranger.sign(Algorithm.ML_DSA_65, input));
        ways.put("MAC under the public key", input -> mac(issuing, input));
        ways.put("nothing", input -> new byte[0]);
        return ways;
    }

    private interface Way {
        byte[] sign(byte[] input);
    }

    private static List<Made> made(Map<String, Way> ways) {
        return CLAIMS.stream().flatMap(alg -> ways.keySet().stream().map(by -> new Made(alg, by))).toList();
    }

    private static byte[] mac(Signer signer, byte[] input) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(signer.keys().byAlgorithm().get(Algorithm.ED25519).toArray(), "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SignedDocument document(VendorKeys keys, DocumentKind kind, Payload payload, List<Made> made, Map<String, Way> ways) {
        var signatures = made.stream().map(one -> signature(keys, kind, payload, one, ways)).toList();
        return new SignedDocument(base64(payload.toBytes()), signatures, keys.certificates(), Optional.empty(), Optional.empty());
    }

    /// Each is made, written and read once; the matrix then puts them together.
    private SignedDocument.Signature signature(VendorKeys keys, DocumentKind kind, Payload payload, Made made, Map<String, Way> ways) {
        return signatures.computeIfAbsent(List.of(keys.issuing().id(), kind, made), unread -> {
            var payloadText = base64(payload.toBytes());
            var protectedText = base64(JsonWriter.bytes(new JsonWriter().put("alg", made.alg()).put("kid", keys.issuing().id().value()).put("typ", kind.typ()).object()));
            var value = ways.get(made.by()).sign((protectedText + "." + payloadText).getBytes(StandardCharsets.US_ASCII));
            var written = new JsonWriter().put("protected", protectedText).put("signature", base64(value)).object();
            return SignedDocument.read(JsonWriter.bytes(new JsonWriter().put("payload", payloadText).putObjects("signatures", List.of(written)).object())).signatures().get(0);
        });
    }

    private static boolean accepts(Verifier verifier, SignedDocument document) {
        try {
            verifier.usageLicense(document);
            return true;
        } catch (DocumentRejected rejected) {
            return false;
        }
    }

    private static SignedDocument only(SignedDocument document, int signature) {
        return new SignedDocument(document.payloadText(), document.signatures().subList(signature, signature + 1), document.certificates(), document.trustStatement(), document.pool());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
