package dev.charter.endtoend;

import dev.charter.format.Algorithm;
import dev.charter.format.Allowance;
import dev.charter.format.Armor;
import dev.charter.format.DocumentKind;
import dev.charter.format.Entitlement;
import dev.charter.format.KeyCertificate;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.Pool;
import dev.charter.format.SignedDocument;
import dev.charter.format.Term;
import dev.charter.format.TrustAnchor;
import dev.charter.format.TrustStatement;
import dev.charter.format.UsageLicense;
import dev.charter.format.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A vendor without an authority, who answers a floating server's letter by hand: for tests of what becomes of seats, in which nobody asks a vendor any more.
final class PoolVendor {
    static final String PRODUCT = "mqtt-server";
    static final String LICENSE = "lic-pool";
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");

    private final Ed25519Key root = Ed25519Key.make();
    private final Ed25519Key issuing = Ed25519Key.make();
    private final LeaseProfile profile;
    final TrustAnchor anchor = new TrustAnchor("demo", Set.of(Algorithm.ED25519), List.of(root.keys()));

    PoolVendor() {
        this(LeaseProfile.PLANT);
    }

    /// @param profile how long the leases of its pools last
    PoolVendor(LeaseProfile profile) {
        this.profile = profile;
    }

    /// The usage license of a pool of so many seats, as a letter.
    String answer(String letter, int seats) {
        var request = Verifier.request(Armor.read(letter));
        var asked = request.content();
        var sold = new UsageLicense.SoldLicense(LICENSE, LicenseType.FLOATING, new Term(FROM, Optional.empty()), Duration.ZERO, Optional.empty(), 0, 0, new Allowance(2, 365), 1, 1);
        return Armor.write(issue(new UsageLicense("ul-pool", Instant.now().truncatedTo(ChronoUnit.SECONDS), asked.product(), "ACME Water", sold, asked.host(),
                Math.min(2, asked.host().fingerprint().factors().size()), request.document().digest(), asked.sequence(), List.of(new Entitlement.Feature("mqtt", Optional.empty())), Optional.empty(),
                Optional.empty(), Optional.of(new Pool(seats, profile)))));
    }

    private SignedDocument issue(Payload payload) {
        var certificate = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, issuing.keys(), List.of(), EnumSet.of(DocumentKind.USAGE_LICENSE), FROM, Optional.empty()), root);
        return SignedDocument.sign(payload, issuing).with(List.of(certificate), Optional.of(SignedDocument.sign(new TrustStatement(1, FROM, List.of()), root)));
    }
}
