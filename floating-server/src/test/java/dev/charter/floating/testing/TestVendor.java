package dev.charter.floating.testing;

import dev.charter.format.Algorithm;
import dev.charter.format.Armor;
import dev.charter.format.DocumentKind;
import dev.charter.format.FloatingServer;
import dev.charter.format.KeyCertificate;
import dev.charter.format.LeaseKeys;
import dev.charter.format.Payload;
import dev.charter.format.Pool;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.TrustAnchor;
import dev.charter.format.TrustStatement;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import dev.charter.signing.MemoryKeyVault;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A vendor with a root and an issuing key, who answers whatever floating server asks.
public final class TestVendor {
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private final Signer root;
    private final Signer issuing;
    public final TrustAnchor anchor;

    private TestVendor(Set<Algorithm> algorithms) {
        root = signer(algorithms);
        issuing = signer(algorithms);
        anchor = new TrustAnchor("acme", algorithms, List.of(root.keys()));
    }

    /// Whose documents carry one signature, Ed25519.
    public static TestVendor classical() {
        return new TestVendor(EnumSet.of(Algorithm.ED25519));
    }

    /// Whose documents carry two.
    public static TestVendor hybrid() {
        return new TestVendor(EnumSet.allOf(Algorithm.class));
    }

    /// A new key pair, as hosts have them.
    public static Signer signer() {
        return signer(EnumSet.of(Algorithm.ED25519));
    }

    private static Signer signer(Set<Algorithm> algorithms) {
        var random = new SecureRandom();
        var vault = new MemoryKeyVault(random, random);
        return vault.signer(vault.create(KeyCertificate.Role.ISSUING, algorithms).id());
    }

    /// The answer to a letter, as a letter: it vouches for what the server tells of itself.
    public String answer(String letter, TestPool pool) {
        var request = Verifier.request(Armor.read(letter));
        UsageRequest asked = request.content();
        var plain = pool.usageLicense(asked.host().keys(), request.document().digest());
        return Armor.write(issue(new UsageLicense(plain.id(), plain.issuedAt(), asked.product(), plain.customer(), plain.license(), asked.host(), Math.min(2, asked.host().fingerprint().factors().size()),
                request.document().digest(), asked.sequence(), plain.entitlements(), Optional.empty(), Optional.empty(), plain.pool().map(of -> vouchedFor(of, asked)))));
    }

    private static Pool vouchedFor(Pool pool, UsageRequest asked) {
        return new Pool(pool.seats(), pool.profile(), pool.featureSeats(), asked.server().map(FloatingServer::keys).orElse(LeaseKeys.NONE), asked.server().flatMap(FloatingServer::tls));
    }

    private SignedDocument issue(Payload payload) {
        var certificate = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, issuing.keys(), List.of(), EnumSet.of(DocumentKind.USAGE_LICENSE, DocumentKind.REFUSAL, DocumentKind.RELEASE),
                FROM, Optional.empty()), root);
        return SignedDocument.sign(payload, issuing).with(List.of(certificate), Optional.of(SignedDocument.sign(new TrustStatement(1, FROM, List.of()), root)));
    }
}
