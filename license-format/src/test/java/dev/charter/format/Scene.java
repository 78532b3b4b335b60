package dev.charter.format;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// One vendor, one host and every kind of document between them, all from fixed seeds.
final class Scene {
    static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    static final String PRODUCT = "mqtt-server";

    final boolean hybrid;
    final SeededSigner root;
    final SeededSigner issuing;
    final SeededSigner hostSigner;
    final SignedDocument certificate;
    final SignedDocument statement;
    final LicenseKey key = LicenseKey.generate(new Random(7));
    final Host host;
    private final SignedDocument request;
    private final SignedDocument refusal;
    private final SignedDocument release;

    private Scene(boolean hybrid) {
        this.hybrid = hybrid;
        root = signer(1);
        issuing = signer(2);
        hostSigner = SeededSigner.classical(3);
        certificate = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, issuing.keys(), List.of(PRODUCT),
                EnumSet.of(DocumentKind.USAGE_LICENSE, DocumentKind.REFUSAL, DocumentKind.RELEASE), NOW.minusSeconds(86400), Optional.of(NOW.plusSeconds(86400 * 365))), root);
        statement = SignedDocument.sign(new TrustStatement(3, NOW.minusSeconds(3600), List.of(signer(99).keys().id())), root);
        host = host(hostSigner.keys(), "plant-a");
        request = SignedDocument.sign(requestContent(1), hostSigner, key);
        refusal = issue(new Refusal(NOW, PRODUCT, request.digest(), RefusalCode.NO_SEAT_FREE, RefusalCode.NO_SEAT_FREE.advice(), Optional.of("lic-1")));
        release = SignedDocument.sign(releaseContent(), hostSigner);
    }

    static Scene classical() {
        return new Scene(false);
    }

    static Scene hybrid() {
        return new Scene(true);
    }

    SeededSigner signer(long seed) {
        return hybrid ? SeededSigner.hybrid(seed) : SeededSigner.classical(seed);
    }

    Set<Algorithm> required() {
        return hybrid ? EnumSet.allOf(Algorithm.class) : EnumSet.of(Algorithm.ED25519);
    }

    TrustAnchor anchor() {
        return new TrustAnchor("acme", required(), List.of(root.keys()));
    }

    Verifier verifier() {
        return new Verifier(anchor());
    }

    static Host host(SignerKeys keys, String name) {
        var factors = new TreeMap<String, Bytes>();
        for (var factor : List.of("board", "disk", "machine", "network", "place")) {
            factors.put(factor, Fingerprint.factor("acme", factor, name + "/" + factor));
        }
        return new Host(keys, Optional.of(name), new Fingerprint(factors));
    }

    UsageRequest requestContent(long sequence) {
        return requestContent(host, sequence);
    }

    UsageRequest requestContent(Host asking, long sequence) {
        var nonce = new byte[16];
        new Random(sequence).nextBytes(nonce);
        return new UsageRequest(List.of(1), Purpose.ACTIVATE, PRODUCT, new UsageRequest.LicenseName.ByLocator(key.locator()), asking, sequence, NOW, Bytes.of(nonce));
    }

    SignedDocument request() {
        return request;
    }

    UsageLicense.SoldLicense sold(LicenseType type) {
        return new UsageLicense.SoldLicense("lic-1", type, Term.between(NOW, NOW.plusSeconds(86400 * 400)), Duration.ofDays(14), Optional.of(Duration.ofDays(90)), 7, 1,
                new Allowance(2, 365), 1, 5);
    }

    List<Entitlement> entitlements() {
        return List.of(new Entitlement.Feature("sparkplug", Optional.of(NOW.plusSeconds(86400 * 300))), new Entitlement.Meter("messages", OptionalLong.of(1_000_000), Optional.empty()),
                new Entitlement.Support(NOW.plusSeconds(86400 * 200)));
    }

    UsageLicense license(SignedDocument request) {
        var asked = UsageRequest.read(request.payload());
        return new UsageLicense("ul-1", NOW, PRODUCT, "ACME Water", sold(LicenseType.ONLINE), asked.host(), 3, request.digest(), asked.sequence(), entitlements(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    SignedDocument issue(Payload payload) {
        return SignedDocument.sign(payload, issuing).with(List.of(certificate), payload instanceof UsageLicense ? Optional.of(statement) : Optional.empty());
    }

    SignedDocument answer() {
        return issue(license(request()));
    }

    SignedDocument refusal() {
        return refusal;
    }

    Release releaseContent() {
        return new Release(PRODUCT, "lic-1", "ul-1", hostSigner.keys(), NOW, Bytes.of(new byte[16]));
    }

    SignedDocument release() {
        return release;
    }

    SignedDocument acknowledgement() {
        return issue(releaseContent());
    }

    SignedDocument report() {
        return SignedDocument.sign(new UsageReport(PRODUCT, "lic-1", hostSigner.keys(), 4, NOW, NOW.plusSeconds(86400), List.of(new UsageReport.Reading("messages", 12, 3456))), hostSigner);
    }

    /// The floating server's own keys.
    SeededSigner poolHolder() {
        return signer(20);
    }

    UsageLicense poolContent() {
        return new UsageLicense("ul-pool", NOW, PRODUCT, "ACME Water", sold(LicenseType.FLOATING), host(poolHolder().keys(), "floating"), 3, Digest.of(new byte[1]), 1, entitlements(),
                Optional.empty(), Optional.empty(), Optional.of(new Pool(5, LeaseProfile.PLANT)));
    }

    SignedDocument pool() {
        return issue(poolContent());
    }

    UsageLicense leaseContent() {
        return new UsageLicense("ul-lease", NOW, PRODUCT, "ACME Water", sold(LicenseType.FLOATING), host, 3, request().digest(), 1, entitlements().subList(0, 1),
                Optional.empty(), Optional.of(LeaseProfile.PLANT), Optional.empty());
    }

    SignedDocument lease(UsageLicense content) {
        return SignedDocument.sign(content, poolHolder()).withPool(pool());
    }

    /// Every kind of document by a name of its own.
    Map<String, SignedDocument> documents() {
        var all = new LinkedHashMap<String, SignedDocument>();
        all.put("usage-request", request());
        all.put("usage-license", answer());
        all.put("refusal", refusal());
        all.put("release", release());
        all.put("acknowledgement", acknowledgement());
        all.put("usage-report", report());
        all.put("pool", pool());
        all.put("lease", lease(leaseContent()));
        all.put("key-certificate", certificate);
        all.put("trust-statement", statement);
        return all;
    }

    /// Verifies a document as the named one of [#documents()] and returns what it says; throws [DocumentRejected].
    Payload accept(String name, SignedDocument document) {
        return accept(name, document, verifier());
    }

    Payload accept(String name, SignedDocument document, Verifier verifier) {
        return switch (name) {
            case "usage-request" -> {
                var verified = Verifier.request(document);
                Verifier.proof(document, key);
                yield verified.content();
            }
            case "usage-license" -> verifier.answer(document, request()).content();
            case "refusal" -> verifier.refusal(document, request().digest()).content();
            case "release" -> Verifier.release(document).content();
            case "acknowledgement" -> verifier.acknowledgement(document, release()).content();
            case "usage-report" -> Verifier.report(document).content();
            case "pool", "lease" -> verifier.usageLicense(document).content();
            case "key-certificate" -> {
                // A certificate is never asked for by itself: it is believed where a document under it is.
                verifier.refusal(refusal().with(List.of(document), Optional.empty()));
                yield KeyCertificate.read(document.payload());
            }
            case "trust-statement" -> verifier.learn(document);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
