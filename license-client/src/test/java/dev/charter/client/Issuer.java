package dev.charter.client;

import dev.charter.format.Algorithm;
import dev.charter.format.Allowance;
import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.Entitlement;
import dev.charter.format.KeyCertificate;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.Term;
import dev.charter.format.TrustAnchor;
import dev.charter.format.TrustStatement;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/// An authority of the smallest kind: raw signers and the answers that a test wants. Reached without a network.
final class Issuer implements Transport {
    final Signer root = HostKey.generate(new SecureRandom());
    Signer issuing = HostKey.generate(new SecureRandom());
    final TrustAnchor anchor = new TrustAnchor("acme", Set.of(Algorithm.ED25519), List.of(root.keys()));
    final List<SignedDocument> received = new ArrayList<>();
    final List<byte[]> answers = new ArrayList<>();
    private final Map<Digest, byte[]> stored = new HashMap<>();
    private final Supplier<Instant> clock;
    private int number;

    // What is sold; tests change it.
    Optional<Instant> until = Optional.empty();
    Duration grace = Duration.ofDays(14);
    Optional<Duration> horizon = Optional.empty();
    int emergencyDays;
    int activations = 2;
    int factorsRequired = 3;
    String product = "mqtt-server";
    String licenseId = "lic-1";
    LicenseType type = LicenseType.ONLINE;
    Optional<LeaseProfile> lease = Optional.empty();
    List<Entitlement> entitlements = new ArrayList<>(List.of(new Entitlement.Feature("sparkplug", Optional.empty()),
            new Entitlement.Meter("messages", OptionalLong.of(1000), Optional.empty())));
    long trustNumber = 1;
    Optional<RefusalCode> refuses = Optional.empty();
    final Map<Purpose, RefusalCode> refusesPurpose = new EnumMap<>(Purpose.class);
    /// What happens on the way back; nothing unless a test says so.
    Way way = reply -> reply;

    interface Way {
        Reply back(Reply reply);
    }

    Issuer(Supplier<Instant> clock) {
        this.clock = clock;
    }

    @Override
    public Reply post(DocumentKind kind, byte[] bytes) {
        var document = SignedDocument.read(bytes);
        received.add(document);
        // The same request, the same bytes.
        var answer = stored.computeIfAbsent(document.digest(), digest -> answerTo(kind, document).toBytes());
        answers.add(answer);
        return way.back(new Reply.Answered(answer));
    }

    SignedDocument answerTo(DocumentKind kind, SignedDocument document) {
        if (kind == DocumentKind.USAGE_REQUEST && refusesPurpose.containsKey(UsageRequest.read(document.payload()).purpose())) {
            return refusal(document, refusesPurpose.get(UsageRequest.read(document.payload()).purpose()));
        }
        if (refuses.isPresent()) {
            return refusal(document, refuses.get());
        }
        return kind == DocumentKind.RELEASE ? acknowledge(document) : license(document);
    }

    SignedDocument license(SignedDocument request) {
        return license(request, Optional.empty());
    }

    SignedDocument licenseToInstallBefore(SignedDocument request, Instant end) {
        return license(request, Optional.of(end));
    }

    private SignedDocument license(SignedDocument request, Optional<Instant> installBefore) {
        var asked = Verifier.request(request).content();
        var sold = new UsageLicense.SoldLicense(licenseId, type, until.map(end -> Term.between(Instant.parse("2020-01-01T00:00:00Z"), end))
                .orElseGet(() -> Term.perpetual(Instant.parse("2020-01-01T00:00:00Z"))), grace, horizon, emergencyDays, 0, new Allowance(2, 365), 1, activations);
        number++;
        return issue(new UsageLicense("ul-" + number, now(), product, "ACME Water", sold, asked.host(), Math.min(factorsRequired, asked.host().fingerprint().factors().size()),
                request.digest(), asked.sequence(), entitlements, installBefore, lease, Optional.empty()));
    }

    SignedDocument refusal(SignedDocument request, RefusalCode code) {
        return issue(new Refusal(now(), product, request.digest(), code, code.advice(), Optional.of(licenseId)));
    }

    SignedDocument acknowledge(SignedDocument release) {
        return issue(Release.read(release.payload()));
    }

    SignedDocument issue(Payload payload) {
        var from = Instant.parse("2020-01-01T00:00:00Z");
        var certificate = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, issuing.keys(), List.of(),
                EnumSet.of(DocumentKind.USAGE_LICENSE, DocumentKind.REFUSAL, DocumentKind.RELEASE), from, Optional.empty()), root);
        var statement = SignedDocument.sign(new TrustStatement(trustNumber, from, List.of()), root);
        return SignedDocument.sign(payload, issuing).with(List.of(certificate), Optional.of(statement));
    }

    private Instant now() {
        return clock.get();
    }

    UsageRequest asked(int index) {
        return UsageRequest.read(received.get(index).payload());
    }

    static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
