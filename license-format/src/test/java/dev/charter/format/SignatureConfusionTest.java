package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.json.JsonWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The classics of signed JSON: another algorithm, another kind, another key, a signature less or more. The key decides, the document never does.
class SignatureConfusionTest {
    private static final Map<String, String> KINDS = Map.of("usage-request", "usage-request", "usage-license", "usage-license", "refusal", "refusal", "release", "release",
            "acknowledgement", "release", "usage-report", "usage-report", "pool", "usage-license", "lease", "usage-license", "key-certificate", "key-certificate", "trust-statement", "trust-statement");

    private static void refused(Scene scene, String name, SignedDocument document, Flaw... flaws) {
        assertThatThrownBy(() -> scene.accept(name, document)).as(name).isInstanceOfSatisfying(DocumentRejected.class, rejected -> {
            if (flaws.length > 0) {
                assertThat(rejected.flaw()).as(rejected.getMessage()).isIn((Object[]) flaws);
            }
        });
    }

    private static SeededSigner signerOf(Scene scene, String name) {
        return switch (name) {
            case "usage-request", "release", "usage-report" -> scene.hostSigner;
            case "lease" -> scene.poolHolder();
            case "key-certificate", "trust-statement" -> scene.root;
            default -> scene.issuing;
        };
    }

    /// The document with one more or another signature, made over a header of the test's own.
    private static SignedDocument.Signature signature(SignedDocument document, Consumer<JsonWriter> header, SigningStep sign) {
        var json = new JsonWriter();
        header.accept(json);
        var protectedText = Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.bytes(json.object()));
        var value = sign.over(SignedDocument.signingInput(protectedText, document.payloadText()));
        var object = json.object();
        return new SignedDocument.Signature(protectedText, new SignedDocument.Header(object.text("alg"), object.text("kid"), object.text("typ"),
                object.has("proof") ? Optional.of(Bytes.of(object.bytes("proof"))) : Optional.empty(), Optional.empty()), Bytes.of(value));
    }

    private interface SigningStep {
        byte[] over(byte[] content);
    }

    private static SignedDocument with(SignedDocument document, List<SignedDocument.Signature> signatures) {
        return new SignedDocument(document.payloadText(), signatures, document.certificates(), document.trustStatement(), document.pool());
    }

    private static Consumer<JsonWriter> header(SignedDocument document, String alg, String kid, String typ) {
        return json -> {
            json.put("alg", alg).put("kid", kid).put("typ", typ);
            document.signatures().get(0).header().proof().ifPresent(proof -> json.put("proof", proof.toBase64Url()));
        };
    }

    @Test void every_document_signed_again_by_its_signer_under_its_own_header_is_accepted() {
        for (var scene : List.of(Scene.classical(), Scene.hybrid())) {
            scene.documents().forEach((name, document) -> {
                var signer = signerOf(scene, name);
                var again = signer.keys().algorithms().stream().map(algorithm -> signature(document, header(document, algorithm.joseName(), signer.keys().id().value(),
                        DocumentKind.named(KINDS.get(name)).typ()), content -> signer.sign(algorithm, content))).toList();
                assertThat(scene.accept(name, with(document, again))).isEqualTo(scene.accept(name, document));
            });
        }
    }

    @Test void each_kind_under_the_type_of_another_is_refused_though_its_signature_is_good() {
        var scene = Scene.classical();
        scene.documents().forEach((name, document) -> {
            var signer = signerOf(scene, name);
            var types = new ArrayList<>(Stream.of(DocumentKind.values()).map(DocumentKind::typ).filter(typ -> !typ.equals(DocumentKind.named(KINDS.get(name)).typ())).toList());
            types.addAll(List.of("JWT", "JOSE+JSON", KINDS.get(name), "application/" + DocumentKind.named(KINDS.get(name)).typ(), DocumentKind.named(KINDS.get(name)).typ().toUpperCase(java.util.Locale.ROOT)));
            for (var typ : types) {
                refused(scene, name, with(document, List.of(signature(document, header(document, "Ed25519", signer.keys().id().value(), typ), content -> signer.sign(Algorithm.ED25519, content)))),
                        Flaw.WRONG_KIND);
            }
        });
    }

    @Test void a_document_of_one_kind_is_never_taken_for_another() {
        var scene = Scene.classical();
        var documents = scene.documents();
        documents.forEach((name, document) -> documents.keySet().stream().filter(other -> !other.equals(name)).forEach(other -> {
            // Leases and pools are usage licenses, and this lease answers the very request; only the pool is another host's.
            var licenses = List.of("usage-license", "lease", "pool");
            if (!licenses.contains(name) || !licenses.contains(other) || name.equals("pool") && other.equals("usage-license")) {
                refused(scene, other, document);
            }
        }));
    }

    @Test void each_algorithm_name_that_is_not_the_keys_own_is_refused() {
        for (var scene : List.of(Scene.classical(), Scene.hybrid())) {
            scene.documents().forEach((name, document) -> {
                var signer = signerOf(scene, name);
                var typ = DocumentKind.named(KINDS.get(name)).typ();
                var kid = signer.keys().id().value();
                for (var alg : List.of("none", "None", "NONE", "HS256", "HS512", "EdDSA", "ed25519", "Ed25519 ", "Ed448", "ES256", "RS256", "ML-DSA-44", "ML-DSA-87")) {
                    refused(scene, name, with(document, List.of(signature(document, header(document, alg, kid, typ), content -> signer.sign(Algorithm.ED25519, content)))), Flaw.SIGNATURE_MISSING);
                    refused(scene, name, with(document, List.of(signature(document, header(document, alg, kid, typ), content -> new byte[0]))), Flaw.SIGNATURE_MISSING);
                }
                // The names swapped between the two algorithms.
                refused(scene, name, with(document, List.of(signature(document, header(document, "ML-DSA-65", kid, typ), content -> signer.sign(Algorithm.ED25519, content)))));
                refused(scene, name, with(document, List.of(signature(document, header(document, "Ed25519", kid, typ), content -> signer.sign(Algorithm.ML_DSA_65, content)))));
            });
        }
    }

    @Test void the_public_key_used_as_a_secret_signs_nothing() {
        var scene = Scene.classical();
        scene.documents().forEach((name, document) -> {
            var signer = signerOf(scene, name);
            var raw = signer.keys().byAlgorithm().get(Algorithm.ED25519).toArray();
            for (var alg : List.of("HS256", "Ed25519")) {
                refused(scene, name, with(document, List.of(signature(document, header(document, alg, signer.keys().id().value(), DocumentKind.named(KINDS.get(name)).typ()),
                        content -> Hmac.sha256(raw, content)))), Flaw.SIGNATURE_MISSING, Flaw.SIGNATURE_WRONG);
            }
        });
    }

    @Test void a_stranger_signs_in_nobodys_name() {
        for (var scene : List.of(Scene.classical(), Scene.hybrid())) {
            var stranger = scene.signer(666);
            scene.documents().forEach((name, document) -> {
                var typ = DocumentKind.named(KINDS.get(name)).typ();
                for (var kid : List.of(stranger.keys().id(), signerOf(scene, name).keys().id(), scene.root.keys().id(), scene.issuing.keys().id(), scene.hostSigner.keys().id())) {
                    var signatures = signerOf(scene, name).keys().algorithms().stream()
                            .map(algorithm -> signature(document, header(document, algorithm.joseName(), kid.value(), typ), content -> stranger.sign(algorithm, content))).toList();
                    refused(scene, name, with(document, signatures), Flaw.SIGNATURE_WRONG, Flaw.UNKNOWN_SIGNER);
                }
            });
        }
    }

    @Test void a_good_signature_under_another_key_id_is_refused() {
        var scene = Scene.classical();
        scene.documents().forEach((name, document) -> {
            var signer = signerOf(scene, name);
            for (var kid : List.of(scene.signer(666).keys().id().value(), "AAAAAAAAAAAAAAAAAAAAAA", "x", signer.keys().id().value() + "A", signer.keys().id().value().toLowerCase(java.util.Locale.ROOT))) {
                refused(scene, name, with(document, List.of(signature(document, header(document, "Ed25519", kid, DocumentKind.named(KINDS.get(name)).typ()), content -> signer.sign(Algorithm.ED25519, content)))),
                        Flaw.UNKNOWN_SIGNER, Flaw.MALFORMED);
            }
        });
    }

    @Test void documents_without_a_signature_do_not_exist() {
        Scene.classical().documents().forEach((name, document) -> assertThatThrownBy(() -> SignedDocument.read(with(document, List.of()).toBytes())).as(name)
                .isInstanceOf(DocumentRejected.class).hasMessageContaining("signatures"));
    }

    @Test void a_hybrid_document_with_either_signature_stripped_is_refused() {
        var scene = Scene.hybrid();
        scene.documents().forEach((name, document) -> {
            if (document.signatures().size() == 2) {
                refused(scene, name, with(document, document.signatures().subList(0, 1)), Flaw.SIGNATURE_MISSING);
                refused(scene, name, with(document, document.signatures().subList(1, 2)), Flaw.SIGNATURE_MISSING);
            }
        });
    }

    @Test void a_hybrid_document_with_either_signature_damaged_or_swapped_in_is_refused() {
        var scene = Scene.hybrid();
        var other = scene.issue(new Refusal(Scene.NOW, Scene.PRODUCT, Digest.of(new byte[9]), RefusalCode.RELEASED, "x", Optional.empty()));
        scene.documents().forEach((name, document) -> {
            for (int i = 0; i < document.signatures().size(); i++) {
                var good = document.signatures().get(i);
                for (var wrong : List.of(damaged(good.value().toArray(), 0), damaged(good.value().toArray(), good.value().length() - 1), new byte[0], new byte[good.value().length()],
                        java.util.Arrays.copyOf(good.value().toArray(), good.value().length() + 1), java.util.Arrays.copyOf(good.value().toArray(), good.value().length() - 1))) {
                    var signatures = new ArrayList<>(document.signatures());
                    signatures.set(i, new SignedDocument.Signature(good.protectedText(), good.header(), Bytes.of(wrong)));
                    refused(scene, name, with(document, signatures), Flaw.SIGNATURE_WRONG);
                }
                if (document.signatures().size() == 2) {
                    var signatures = new ArrayList<>(document.signatures());
                    signatures.set(i, other.signatures().get(i));
                    refused(scene, name, with(document, signatures));
                }
            }
        });
    }

    private static byte[] damaged(byte[] signature, int at) {
        signature[at] ^= 1;
        return signature;
    }

    @Test void a_hybrid_anchor_accepts_no_chain_with_a_classical_link() {
        var hybrid = Scene.hybrid();
        var required = List.of(Algorithm.ED25519);
        var certificateContent = KeyCertificate.read(hybrid.certificate.payload());
        var classicalCertificate = SignedDocument.sign(certificateContent, hybrid.root, required);
        refused(hybrid, "usage-license", hybrid.answer().with(List.of(classicalCertificate), Optional.empty()), Flaw.SIGNATURE_MISSING);

        var classicalIssuing = SeededSigner.classical(2);
        var forClassicalKey = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, classicalIssuing.keys(), List.of(), certificateContent.kinds(), certificateContent.from(), Optional.empty()), hybrid.root);
        refused(hybrid, "usage-license", SignedDocument.sign(hybrid.license(hybrid.request()), classicalIssuing).with(List.of(forClassicalKey), Optional.empty()), Flaw.SIGNATURE_MISSING);

        var classicalStatement = SignedDocument.sign(TrustStatement.read(hybrid.statement.payload()), hybrid.root, required);
        refused(hybrid, "trust-statement", classicalStatement, Flaw.SIGNATURE_MISSING);
        refused(hybrid, "usage-license", hybrid.answer().with(List.of(hybrid.certificate), Optional.of(classicalStatement)), Flaw.SIGNATURE_MISSING);

        var classicalPoolHolder = SeededSigner.classical(20);
        var classicalPool = hybrid.issue(new UsageLicense("ul-pool", Scene.NOW, Scene.PRODUCT, "ACME Water", hybrid.sold(LicenseType.FLOATING), Scene.host(classicalPoolHolder.keys(), "floating"), 3,
                Digest.of(new byte[1]), 1, hybrid.entitlements(), Optional.empty(), Optional.empty(), Optional.of(new Pool(5, LeaseProfile.PLANT))));
        refused(hybrid, "lease", SignedDocument.sign(hybrid.leaseContent(), classicalPoolHolder).withPool(classicalPool), Flaw.SIGNATURE_MISSING);
    }

    @Test void a_classical_vendors_keys_are_no_hybrid_anchor() {
        var classical = Scene.classical();
        assertThatThrownBy(() -> new TrustAnchor("acme", java.util.EnumSet.allOf(Algorithm.class), List.of(classical.root.keys()))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lacks a key");
        assertThatThrownBy(() -> new TrustAnchor("acme", java.util.EnumSet.of(Algorithm.ML_DSA_65), List.of(Scene.hybrid().root.keys()))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test void a_signature_twice_or_beside_a_strangers_is_refused() {
        for (var scene : List.of(Scene.classical(), Scene.hybrid())) {
            scene.documents().forEach((name, document) -> {
                var first = document.signatures().get(0);
                var doubled = new ArrayList<>(document.signatures());
                doubled.add(first);
                refused(scene, name, with(document, doubled), Flaw.SIGNATURE_DOUBLED);

                var stranger = scene.signer(666);
                var typ = DocumentKind.named(KINDS.get(name)).typ();
                var strangers = signature(document, header(document, "Ed25519", stranger.keys().id().value(), typ), content -> stranger.sign(Algorithm.ED25519, content));
                refused(scene, name, with(document, Stream.concat(document.signatures().stream(), Stream.of(strangers)).toList()), Flaw.SIGNATURE_DOUBLED);
                refused(scene, name, with(document, Stream.concat(Stream.of(strangers), document.signatures().stream()).toList()), Flaw.SIGNATURE_DOUBLED);

                var wrongFirst = new SignedDocument.Signature(first.protectedText(), first.header(), Bytes.of(new byte[64]));
                refused(scene, name, with(document, Stream.concat(Stream.of(wrongFirst), document.signatures().stream()).toList()), Flaw.SIGNATURE_DOUBLED);
            });
        }
    }

    @Test void signatures_by_algorithms_of_the_future_beside_the_required_ones_are_passed_over() {
        var scene = Scene.classical();
        scene.documents().forEach((name, document) -> {
            var signer = signerOf(scene, name);
            var future = signature(document, header(document, "SLH-DSA-SHA2-128s", signer.keys().id().value(), DocumentKind.named(KINDS.get(name)).typ()), content -> new byte[10]);
            assertThat(scene.accept(name, with(document, Stream.concat(document.signatures().stream(), Stream.of(future)).toList()))).isEqualTo(scene.accept(name, document));
        });
    }

    @Test void critical_header_extensions_are_refused_and_embedded_keys_are_not_looked_at() {
        var scene = Scene.classical();
        var stranger = scene.signer(666);
        scene.documents().forEach((name, document) -> {
            var signer = signerOf(scene, name);
            var typ = DocumentKind.named(KINDS.get(name)).typ();
            var critical = with(document, List.of(signature(document, header(document, "Ed25519", signer.keys().id().value(), typ).andThen(json -> json.putTexts("crit", List.of("b64")).put("b64", false)),
                    content -> signer.sign(Algorithm.ED25519, content))));
            assertThatThrownBy(() -> SignedDocument.read(critical.toBytes())).isInstanceOf(DocumentRejected.class).hasMessageContaining("critical");

            var jwk = new JsonWriter().put("kty", "OKP").put("crv", "Ed25519").put("x", stranger.keys().byAlgorithm().get(Algorithm.ED25519).toBase64Url()).object();
            for (var kid : List.of(signer.keys().id().value(), stranger.keys().id().value())) {
                refused(scene, name, SignedDocument.read(with(document, List.of(signature(document, header(document, "Ed25519", kid, typ).andThen(json -> json.put("jwk", jwk)
                        .put("jku", "https://evil.example/keys").put("x5u", "https://evil.example/chain")), content -> stranger.sign(Algorithm.ED25519, content)))).toBytes()), Flaw.SIGNATURE_WRONG, Flaw.UNKNOWN_SIGNER);
            }
            var harmless = SignedDocument.read(with(document, List.of(signature(document, header(document, "Ed25519", signer.keys().id().value(), typ).andThen(json -> json.put("jwk", jwk)),
                    content -> signer.sign(Algorithm.ED25519, content)))).toBytes());
            assertThat(scene.accept(name, harmless)).isEqualTo(scene.accept(name, document));
        });
    }

    @Test void an_issuing_key_signs_nothing_beyond_its_certificate() {
        var scene = Scene.classical();
        var license = scene.license(scene.request());
        var certificate = KeyCertificate.read(scene.certificate.payload());
        var cases = Map.of(
                "another kind", new KeyCertificate(KeyCertificate.Role.ISSUING, scene.issuing.keys(), List.of(), java.util.EnumSet.of(DocumentKind.REFUSAL), certificate.from(), Optional.empty()),
                "another product", new KeyCertificate(KeyCertificate.Role.ISSUING, scene.issuing.keys(), List.of("historian"), certificate.kinds(), certificate.from(), Optional.empty()),
                "too early", new KeyCertificate(KeyCertificate.Role.ISSUING, scene.issuing.keys(), List.of(), certificate.kinds(), Scene.NOW.plusSeconds(1), Optional.empty()),
                "at its end", new KeyCertificate(KeyCertificate.Role.ISSUING, scene.issuing.keys(), List.of(), certificate.kinds(), certificate.from(), Optional.of(Scene.NOW)),
                "a root's", new KeyCertificate(KeyCertificate.Role.ROOT, scene.issuing.keys(), List.of(), certificate.kinds(), certificate.from(), Optional.empty()));
        cases.forEach((why, content) -> assertThatThrownBy(() -> scene.verifier().usageLicense(SignedDocument.sign(license, scene.issuing).with(List.of(SignedDocument.sign(content, scene.root)), Optional.empty())))
                .as(why).isInstanceOfSatisfying(DocumentRejected.class, rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.NOT_CERTIFIED)));
        var justInTime = new KeyCertificate(KeyCertificate.Role.ISSUING, scene.issuing.keys(), List.of("other", Scene.PRODUCT), certificate.kinds(), Scene.NOW, Optional.of(Scene.NOW.plusSeconds(1)));
        assertThat(scene.verifier().usageLicense(SignedDocument.sign(license, scene.issuing).with(List.of(SignedDocument.sign(justInTime, scene.root)), Optional.empty())).content()).isEqualTo(license);
    }

    @Test void an_issuing_key_certifies_no_other_key() {
        var scene = Scene.classical();
        var own = scene.signer(667);
        var content = KeyCertificate.read(scene.certificate.payload());
        var byIssuing = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, own.keys(), List.of(), content.kinds(), content.from(), Optional.empty()), scene.issuing);
        refused(scene, "usage-license", SignedDocument.sign(scene.license(scene.request()), own).with(List.of(byIssuing, scene.certificate), Optional.empty()), Flaw.UNKNOWN_SIGNER);
        refused(scene, "usage-license", SignedDocument.sign(scene.license(scene.request()), own).with(List.of(scene.certificate, byIssuing), Optional.empty()), Flaw.UNKNOWN_SIGNER);
    }

    @Test void a_root_issues_nothing_itself() {
        var scene = Scene.classical();
        refused(scene, "usage-license", SignedDocument.sign(scene.license(scene.request()), scene.root).with(List.of(scene.certificate), Optional.empty()), Flaw.UNKNOWN_SIGNER);
        refused(scene, "usage-license", SignedDocument.sign(scene.license(scene.request()), scene.root), Flaw.UNKNOWN_SIGNER);
    }

    @Test void what_a_host_signs_is_no_answer() {
        var scene = Scene.classical();
        refused(scene, "acknowledgement", scene.release().with(List.of(scene.certificate), Optional.empty()), Flaw.UNKNOWN_SIGNER);
        refused(scene, "usage-license", SignedDocument.sign(scene.license(scene.request()), scene.hostSigner).with(List.of(scene.certificate), Optional.empty()), Flaw.UNKNOWN_SIGNER);
        refused(scene, "release", scene.acknowledgement(), Flaw.UNKNOWN_SIGNER);
    }
}
