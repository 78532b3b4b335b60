package dev.charter.floating.testing;

import dev.charter.format.Algorithm;
import dev.charter.format.Armor;
import dev.charter.format.DocumentKind;
import dev.charter.format.KeyCertificate;
import dev.charter.format.Payload;
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
    private final Signer root = signer();
    private final Signer issuing = signer();
    public final TrustAnchor anchor = new TrustAnchor("acme", Set.of(Algorithm.ED25519), List.of(root.keys()));

    /// A new key pair.
    public static Signer signer() {
        var random = new SecureRandom();
        var vault = new MemoryKeyVault(random, random);
        return vault.signer(vault.create(KeyCertificate.Role.ISSUING, EnumSet.of(Algorithm.ED25519)).id());
    }

    /// The answer to a letter, as a letter.
    public String answer(String letter, TestPool pool) {
        var request = Verifier.request(Armor.read(letter));
        UsageRequest asked = request.content();
        var plain = pool.usageLicense(asked.host().keys(), request.document().digest());
        return Armor.write(issue(new UsageLicense(plain.id(), plain.issuedAt(), asked.product(), plain.customer(), plain.license(), asked.host(), Math.min(2, asked.host().fingerprint().factors().size()),
                request.document().digest(), asked.sequence(), plain.entitlements(), Optional.empty(), Optional.empty(), plain.pool())));
    }

    private SignedDocument issue(Payload payload) {
        var certificate = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, issuing.keys(), List.of(), EnumSet.of(DocumentKind.USAGE_LICENSE, DocumentKind.REFUSAL, DocumentKind.RELEASE),
                FROM, Optional.empty()), root);
        return SignedDocument.sign(payload, issuing).with(List.of(certificate), Optional.of(SignedDocument.sign(new TrustStatement(1, FROM, List.of()), root)));
    }
}
