package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Made the golden vectors, once, from fixed seeds. It is not run by the build and must never be run over vectors that were released: what they say must verify
/// for ever. A later format gets a folder of its own, made by a generator of its own:
///
///     java -cp target/classes:target/test-classes:bcprov-jdk18on.jar dev.charter.format.VectorGenerator FOLDER
final class VectorGenerator {
    private static final HexFormat HEX = HexFormat.of();

    private final Path folder;

    private VectorGenerator(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        if (Files.exists(folder.resolve("vectors.json"))) {
            throw new IllegalStateException("there are vectors in " + folder + ", and they stay as they are");
        }
        new VectorGenerator(folder).write();
    }

    private void write() throws IOException {
        Files.createDirectories(folder);
        var index = new JsonWriter().put("format", 1);
        for (var scene : List.of(Scene.classical(), Scene.hybrid())) {
            index.put(scene.hybrid ? "hybrid" : "classical", vendor(scene, scene.hybrid ? "hybrid" : "classical"));
        }
        index.putObjects("licenseKeys", licenseKeys());
        index.putObjects("fingerprintFactors", factors());
        Files.writeString(folder.resolve("vectors.json"), Pretty.print(index.object()));
    }

    private JsonObject vendor(Scene scene, String name) throws IOException {
        var successor = scene.signer(30);
        var signers = new LinkedHashMap<String, SeededSigner>();
        signers.put("root", scene.root);
        signers.put("successor", successor);
        signers.put("issuing", scene.issuing);
        signers.put("host", scene.hostSigner);
        signers.put("floatingServer", scene.poolHolder());
        var keys = new ArrayList<JsonObject>();
        signers.forEach((who, signer) -> keys.add(signer(who, signer)));
        Files.write(folder.resolve(name + "-trust-anchor.json"), scene.anchor().toBytes());

        var documents = new ArrayList<JsonObject>();
        for (var entry : documents(scene, successor).entrySet()) {
            documents.add(document(folder, name + "-" + entry.getKey(), entry.getValue()));
        }
        return new JsonWriter().put("trustAnchor", name + "-trust-anchor.json").putObjects("keys", keys).putObjects("documents", documents).object();
    }

    private static Map<String, SignedDocument> documents(Scene scene, SeededSigner successor) {
        var all = new LinkedHashMap<>(scene.documents());
        var asked = scene.requestContent(2);
        all.put("usage-request-by-id", SignedDocument.sign(new UsageRequest(List.of(1), Purpose.REFRESH, asked.product(), new UsageRequest.LicenseName.ById("lic-1"),
                new Host(scene.hostSigner.keys(), Optional.empty(), Fingerprint.of(Map.of())), 2, Scene.NOW, asked.nonce()), scene.hostSigner));
        var plain = scene.license(scene.request());
        all.put("usage-license-perpetual", scene.issue(new UsageLicense("ul-2", Scene.NOW, plain.product(), "B\u00fccher & S\u00f6hne \u2014 \ud83c\udf0a", new UsageLicense.SoldLicense("lic-2", LicenseType.OFFLINE, Term.perpetual(Scene.NOW),
                java.time.Duration.ZERO, Optional.empty(), 0, 0, new Allowance(0, 365), 1, 1), plain.host(), 3, plain.request(), 1, List.of(new Entitlement.Feature("core", Optional.empty())),
                Optional.of(Scene.NOW.plusSeconds(86400 * 30)), Optional.empty(), Optional.empty())));
        all.put("lease-by-authority", scene.issue(new UsageLicense("ul-3", Scene.NOW, plain.product(), plain.customer(), scene.sold(LicenseType.LEASED), plain.host(), 0, plain.request(), 1, plain.entitlements(),
                Optional.empty(), Optional.of(LeaseProfile.ELASTIC), Optional.empty())));
        var succession = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ROOT, successor.keys(), List.of(), java.util.EnumSet.noneOf(DocumentKind.class), Scene.NOW, Optional.empty()), scene.root);
        all.put("trust-statement-succession", SignedDocument.sign(new TrustStatement(4, Scene.NOW, List.of(scene.root.keys().id(), scene.signer(99).keys().id())), successor).with(List.of(succession), Optional.empty()));
        return all;
    }

    /// A signer of that name, as an index of vectors shows it.
    static JsonObject signer(String name, SeededSigner signer) {
        var publics = new JsonWriter();
        var seeds = new JsonWriter();
        signer.keys().byAlgorithm().forEach((algorithm, raw) -> {
            publics.put(algorithm.joseName(), HEX.formatHex(raw.toArray()));
            seeds.put(algorithm.joseName(), HEX.formatHex(signer.privateSeed(algorithm)));
        });
        return new JsonWriter().put("name", name).put("kid", signer.keys().id().value()).put("publicKeys", publics.object()).put("privateSeeds", seeds.object()).object();
    }

    /// Writes a document's files, and returns what an index of vectors shows of it.
    static JsonObject document(Path folder, String file, SignedDocument document) throws IOException {
        Files.write(folder.resolve(file + ".json"), document.toBytes());
        Files.writeString(folder.resolve(file + ".txt"), Armor.write(document));
        var signatures = document.signatures().stream().map(s -> new JsonWriter().put("protectedHeader", new String(java.util.Base64.getUrlDecoder().decode(s.protectedText()), StandardCharsets.UTF_8))
                .put("signingInput", new String(SignedDocument.signingInput(s.protectedText(), document.payloadText()), StandardCharsets.US_ASCII)).put("signature", HEX.formatHex(s.value().toArray())).object()).toList();
        return new JsonWriter().put("name", file).put("json", file + ".json").put("armored", file + ".txt").put("kind", document.claimedKind().documentName())
                .put("payload", new String(document.payload(), StandardCharsets.UTF_8)).put("digest", HEX.formatHex(document.digest().value().toArray())).putObjects("signatures", signatures).object();
    }

    private static List<JsonObject> licenseKeys() {
        var keys = new ArrayList<JsonObject>();
        var payload = Scene.classical().requestContent(1).toBytes();
        for (int seed = 1; seed <= 10; seed++) {
            var key = LicenseKey.generate(new Random(seed));
            keys.add(new JsonWriter().put("key", key.revealSecret()).put("locator", HEX.formatHex(key.locator().value().toArray()))
                    .put("proofOverNothing", HEX.formatHex(key.prove(new byte[0]).toArray())).put("proofOverClassicalUsageRequest", HEX.formatHex(key.prove(payload).toArray())).object());
        }
        return keys;
    }

    private static List<JsonObject> factors() {
        var factors = new ArrayList<JsonObject>();
        for (var value : List.of("c0ffee00-0000-4000-8000-000000000001", "/opt/mqtt-server", "M\u00fcnchen", "")) {
            for (var vendor : List.of("acme", "other-vendor")) {
                factors.add(new JsonWriter().put("vendor", vendor).put("name", "machine").put("value", value).put("factor", HEX.formatHex(Fingerprint.factor(vendor, "machine", value).toArray())).object());
            }
        }
        return factors;
    }

    /// JSON for people: one member a line.
    static final class Pretty {
        private Pretty() {}

        static String print(JsonObject object) {
            var out = new StringBuilder();
            boolean text = false;
            int depth = 0;
            var compact = new String(JsonWriter.bytes(object), StandardCharsets.UTF_8);
            for (int i = 0; i < compact.length(); i++) {
                char c = compact.charAt(i);
                if (text) {
                    out.append(c);
                    if (c == '\\') {
                        out.append(compact.charAt(++i));
                    } else if (c == '"') {
                        text = false;
                    }
                    continue;
                }
                switch (c) {
                    case '"' -> {
                        text = true;
                        out.append(c);
                    }
                    case '{', '[' -> out.append(c).append('\n').append("  ".repeat(++depth));
                    case '}', ']' -> out.append('\n').append("  ".repeat(--depth)).append(c);
                    case ',' -> out.append(c).append('\n').append("  ".repeat(depth));
                    case ':' -> out.append(": ");
                    default -> out.append(c);
                }
            }
            return out.append('\n').toString();
        }
    }
}
