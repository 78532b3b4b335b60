package dev.charter.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;

/// The golden vectors: what was released verifies for ever, byte for byte.
class VectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final JsonObject INDEX = JsonReader.object(file("vectors.json"));
    private static final JsonObject FLOATING = JsonReader.object(file("floating-server.json"));
    private static final JsonObject SELF_HELP = JsonReader.object(file("self-help.json"));
    private static final JsonObject RELEASES = JsonReader.object(file("self-help-releases.json"));

    private static Path folder() {
        try {
            return Path.of(VectorsTest.class.getResource("/vectors/vectors.json").toURI()).getParent();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] file(String name) {
        try {
            return Files.readAllBytes(folder().resolve(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// A text of any length; what the vectors hold may be longer, or shorter, than a text of a document.
    private static String text(JsonObject object, String name) {
        return ((JsonValue.Text) object.members().get(name)).value();
    }

    private static byte[] hex(JsonObject object, String name) {
        return HEX.parseHex(text(object, name));
    }

    private record Vendor(String name, TrustAnchor anchor, Map<KeyId, JsonObject> signers, Map<String, JsonObject> documents) {
        SignedDocument document(String kind) {
            return SignedDocument.read(file(name + "-" + kind + ".json"));
        }
    }

    private static List<Vendor> vendors() {
        return Stream.of("classical", "hybrid").map(name -> {
            var vendor = INDEX.object(name);
            var signers = new HashMap<KeyId, JsonObject>();
            indexed(name, "keys").forEach(signer -> signers.put(new KeyId(text(signer, "kid")), signer));
            var documents = indexed(name, "documents").collect(Collectors.toMap(d -> text(d, "name"), d -> d));
            return new Vendor(name, TrustAnchor.read(file(text(vendor, "trustAnchor"))), signers, documents);
        }).toList();
    }

    private static Stream<JsonObject> indexed(String vendor, String member) {
        return Stream.of(INDEX, FLOATING, SELF_HELP, RELEASES).flatMap(index -> index.object(vendor).objects(member).stream());
    }

    private static SignerKeys publicKeys(JsonObject signer) {
        var keys = new EnumMap<Algorithm, Bytes>(Algorithm.class);
        signer.object("publicKeys").names().forEach(name -> keys.put(Algorithm.named(name), Bytes.of(hex(signer.object("publicKeys"), name))));
        return new SignerKeys(keys);
    }

    private static Payload payload(DocumentKind kind, byte[] bytes) {
        return switch (kind) {
            case USAGE_REQUEST -> UsageRequest.read(bytes);
            case USAGE_LICENSE -> UsageLicense.read(bytes);
            case REFUSAL -> Refusal.read(bytes);
            case RELEASE -> Release.read(bytes);
            case USAGE_REPORT -> UsageReport.read(bytes);
            case KEY_CERTIFICATE -> KeyCertificate.read(bytes);
            case TRUST_STATEMENT -> TrustStatement.read(bytes);
        };
    }

    @Test void key_ids_follow_from_the_public_keys_and_these_from_their_seeds() {
        for (var vendor : vendors()) {
            vendor.signers().forEach((kid, signer) -> {
                var keys = publicKeys(signer);
                assertThat(keys.id()).isEqualTo(kid);
                var seeds = signer.object("privateSeeds");
                assertThat(new Ed25519PrivateKeyParameters(hex(seeds, "Ed25519"), 0).generatePublicKey().getEncoded()).isEqualTo(keys.byAlgorithm().get(Algorithm.ED25519).toArray());
                if (keys.algorithms().contains(Algorithm.ML_DSA_65)) {
                    assertThat(new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, hex(seeds, "ML-DSA-65")).getPublicKey()).isEqualTo(keys.byAlgorithm().get(Algorithm.ML_DSA_65).toArray());
                }
            });
        }
    }

    @Test void each_document_has_these_bytes_digests_and_signing_inputs() {
        for (var vendor : vendors()) {
            vendor.documents().forEach((name, vector) -> {
                var bytes = file(text(vector, "json"));
                var document = SignedDocument.read(bytes);
                assertThat(document.toBytes()).as(name).isEqualTo(bytes);
                assertThat(new String(document.payload(), StandardCharsets.UTF_8)).as(name).isEqualTo(text(vector, "payload"));
                assertThat(document.digest().value().toArray()).as(name).isEqualTo(hex(vector, "digest"));
                assertThat(document.claimedKind().documentName()).as(name).isEqualTo(text(vector, "kind"));
                var signatures = vector.objects("signatures");
                assertThat(document.signatures()).hasSize(signatures.size());
                for (int i = 0; i < signatures.size(); i++) {
                    var signature = document.signatures().get(i);
                    assertThat(new String(SignedDocument.signingInput(signature.protectedText(), document.payloadText()), StandardCharsets.US_ASCII)).isEqualTo(text(signatures.get(i), "signingInput"));
                    assertThat(new String(java.util.Base64.getUrlDecoder().decode(signature.protectedText()), StandardCharsets.UTF_8)).isEqualTo(text(signatures.get(i), "protectedHeader"));
                    assertThat(signature.value().toArray()).isEqualTo(hex(signatures.get(i), "signature"));
                }
            });
        }
    }

    @Test void each_payload_is_read_and_written_to_the_very_bytes() {
        for (var vendor : vendors()) {
            vendor.documents().forEach((name, vector) -> {
                var bytes = text(vector, "payload").getBytes(StandardCharsets.UTF_8);
                assertThat(payload(DocumentKind.named(text(vector, "kind")), bytes).toBytes()).as(name).isEqualTo(bytes);
            });
        }
    }

    @Test void each_armored_text_holds_the_same_document() {
        for (var vendor : vendors()) {
            vendor.documents().forEach((name, vector) -> {
                var document = SignedDocument.read(file(text(vector, "json")));
                assertThat(Armor.read(new String(file(text(vector, "armored")), StandardCharsets.US_ASCII))).as(name).isEqualTo(document);
                assertThat(Armor.read(Armor.write(document))).as(name).isEqualTo(document);
            });
        }
    }

    @Test void each_codes_hold_the_document_that_they_name() {
        var vectors = JsonReader.object(file("codes.json")).objects("codes");
        assertThat(vectors).hasSize(6);
        for (var vector : vectors) {
            var document = SignedDocument.read(file(text(vector, "document")));
            var codes = vector.texts("codes");
            assertThat(Armor.read(String.join("\n", codes))).as(text(vector, "document")).isEqualTo(document);
            // How tightly zlib packs is its own affair; the name, the numbers and the check are not.
            assertThat(Codes.write(document).get(0)).startsWith(codes.get(0).substring(0, codes.get(0).lastIndexOf('/')));
        }
    }

    @Test void each_signature_verifies_and_ed25519_signs_the_same_again() {
        for (var vendor : vendors()) {
            vendor.documents().forEach((name, vector) -> {
                for (var signature : vector.objects("signatures")) {
                    var header = JsonReader.object(text(signature, "protectedHeader"));
                    var algorithm = Algorithm.named(header.text("alg"));
                    var signer = vendor.signers().get(new KeyId(header.text("kid")));
                    var input = text(signature, "signingInput").getBytes(StandardCharsets.US_ASCII);
                    Cryptography.key(algorithm, publicKeys(signer).byAlgorithm().get(algorithm)).verify(input, hex(signature, "signature"));
                    if (algorithm == Algorithm.ED25519) {
                        var again = new Ed25519Signer();
                        again.init(true, new Ed25519PrivateKeyParameters(hex(signer.object("privateSeeds"), "Ed25519"), 0));
                        again.update(input, 0, input.length);
                        assertThat(again.generateSignature()).as(name).isEqualTo(hex(signature, "signature"));
                    }
                }
            });
        }
    }

    @Test void each_chain_verifies_up_to_the_anchor() {
        for (var vendor : vendors()) {
            var request = vendor.document("usage-request");
            var key = LicenseKey.of(text(INDEX.objects("licenseKeys").get(6), "key"));
            Verifier.proof(Verifier.request(request).document(), key);
            Verifier.request(vendor.document("usage-request-by-id"));
            var release = vendor.document("release");
            Verifier.release(release);
            Verifier.report(vendor.document("usage-report"));
            var verifier = new Verifier(vendor.anchor());
            assertThat(verifier.answer(vendor.document("usage-license"), request).trustStatement()).contains(vendor.document("trust-statement"));
            verifier.answer(vendor.document("usage-license-perpetual"), request);
            verifier.answer(vendor.document("lease-by-authority"), request);
            verifier.answer(vendor.document("lease"), request);
            verifier.usageLicense(vendor.document("pool"));
            verifier.refusal(vendor.document("refusal"), request.digest());
            verifier.acknowledgement(vendor.document("acknowledgement"), release);
            assertThat(verifier.learn(vendor.document("trust-statement")).number()).isEqualTo(3);
            assertThat(verifier.learn(vendor.document("trust-statement-succession")).number()).isEqualTo(4);
            // That statement revokes the first root, so that nothing under it is accepted any more.
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> verifier.usageLicense(vendor.document("usage-license"))).isInstanceOfSatisfying(DocumentRejected.class,
                    rejected -> assertThat(rejected.flaw()).isEqualTo(Flaw.REVOKED));
        }
    }

    @Test void each_floating_server_leases_under_the_keys_that_its_pool_adds() {
        for (var vendor : vendors()) {
            var verifier = new Verifier(vendor.anchor());
            var asked = vendor.document("server-request");
            var server = Verifier.request(asked).content().server().orElseThrow();
            var pool = verifier.answer(vendor.document("server-pool"), asked).content();
            assertThat(pool.pool().orElseThrow().keys()).isEqualTo(server.keys());
            assertThat(pool.pool().orElseThrow().tls()).isEqualTo(server.tls()).isPresent();
            assertThat(pool.host().keys().algorithms()).containsExactly(Algorithm.ED25519);
            assertThat(pool.leaseKeys().algorithms()).isEqualTo(vendor.anchor().required());
            var wish = vendor.document("seat-request");
            Verifier.request(wish);
            verifier.answer(vendor.document("server-lease"), wish);
            verifier.leaseRefusal(vendor.document("server-refusal"), wish);
            verifier.leaseAcknowledgement(vendor.document("server-acknowledgement"), vendor.document("release"));
            assertThat(Verifier.release(vendor.document("server-release")).content().leasesUntil()).isPresent();
        }
    }

    @Test void each_host_tells_what_was_done_without_asking() {
        for (var vendor : vendors()) {
            var server = Verifier.request(vendor.document("server-request-with-self-help")).content();
            assertThat(server.server()).isPresent();
            assertThat(server.selfHelp()).contains(ServerScene.SELF_HELP);
            assertThat(Verifier.request(vendor.document("usage-request-with-self-help")).content().selfHelp().orElseThrow().reclaims()).isEmpty();
            var given = vendor.document("server-release-with-self-help");
            assertThat(Verifier.release(given).document().selfHelp()).contains(ServerScene.SELF_HELP);
            assertThat(given.payloadText()).as("the payload says nothing of it").isEqualTo(vendor.document("server-release").payloadText());
            var release = vendor.document("release-with-self-help");
            assertThat(Verifier.release(release).document().selfHelp().orElseThrow().reclaims()).isEmpty();
            new Verifier(vendor.anchor()).acknowledgement(vendor.document("acknowledgement"), release);
        }
    }

    @Test void locators_and_proofs_follow_from_the_license_keys() {
        var payload = text(INDEX.object("classical").objects("documents").stream().filter(d -> text(d, "name").equals("classical-usage-request")).findFirst().orElseThrow(), "payload").getBytes(StandardCharsets.UTF_8);
        for (var vector : INDEX.objects("licenseKeys")) {
            var key = LicenseKey.of(text(vector, "key"));
            assertThat(key.revealSecret()).isEqualTo(text(vector, "key"));
            assertThat(key.locator().value().toArray()).isEqualTo(hex(vector, "locator"));
            assertThat(key.prove(new byte[0]).toArray()).isEqualTo(hex(vector, "proofOverNothing"));
            assertThat(key.prove(payload).toArray()).isEqualTo(hex(vector, "proofOverClassicalUsageRequest"));
        }
    }

    @Test void fingerprint_factors_follow_from_vendor_name_and_value() {
        for (var vector : INDEX.objects("fingerprintFactors")) {
            assertThat(Fingerprint.factor(text(vector, "vendor"), text(vector, "name"), text(vector, "value")).toArray()).isEqualTo(hex(vector, "factor"));
        }
    }

    @Test void every_file_is_named_in_the_index_and_every_kind_is_there() throws IOException {
        var named = new HashSet<>(List.of("vectors.json", "codes.json", "floating-server.json", "self-help.json", "self-help-releases.json"));
        var kinds = new ArrayList<String>();
        for (var name : List.of("classical", "hybrid")) {
            named.add(text(INDEX.object(name), "trustAnchor"));
            indexed(name, "documents").forEach(document -> {
                named.add(text(document, "json"));
                named.add(text(document, "armored"));
                kinds.add(text(document, "kind"));
            });
        }
        try (var files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
        assertThat(kinds).contains(Stream.of(DocumentKind.values()).map(DocumentKind::documentName).toArray(String[]::new));
    }
}
