package dev.charter.signing;

import dev.charter.format.Algorithm;
import dev.charter.format.KeyCertificate;
import dev.charter.format.KeyCertificate.Role;
import dev.charter.format.KeyId;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.TrustAnchor;
import dev.charter.format.TrustStatement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a vendor's root signs: certificates of issuing keys, certificates of the roots that succeed it, and trust statements.
/// Each method answers with the vendor's keys as they are afterwards and keeps nothing; [Ceremony] is where they are kept.
public final class RootKeys {
    private final VendorKeys present;
    private final KeyVault vault;

    /// @param present the vendor's keys as they are
    /// @param vault holds the root
    public RootKeys(VendorKeys present, KeyVault vault) {
        this.present = present;
        this.vault = vault;
    }

    /// A vendor's first root, which certifies a first issuing key and states trust for the first time.
    public static VendorKeys init(String vendor, Strength strength, KeyVault vault, SignerKeys issuing, CertificateLimits limits, Instant now) {
        var root = vault.signer(vault.create(Role.ROOT, strength.algorithms()).id());
        var anchor = new TrustAnchor(vendor, strength.algorithms(), List.of(root.keys()));
        var statement = new TrustStatement(1, second(now), List.of());
        return new VendorKeys(anchor, SignedDocument.sign(statement, root), List.of(certificate(root, issuing, limits, now)));
    }

    /// Certifies a new issuing key, which is in use from then on.
    public VendorKeys certify(SignerKeys issuing, CertificateLimits limits, Instant now) {
        if (!issuing.algorithms().containsAll(required())) {
            throw new KeysRefused(KeysRefused.Reason.NOT_CERTIFIED, "The issuing key " + issuing.id() + " lacks an algorithm that the vendor's products require.");
        }
        var certificates = new ArrayList<>(present.certificates());
        certificates.add(certificate(signer(), issuing, limits, now));
        return new VendorKeys(present.anchor(), present.trustStatement(), certificates);
    }

    /// States that signatures by that key, issuing or root, are no longer accepted, of whatever time: what it signed must be asked for again.
    /// The keys in use are not revoked; others take their place first.
    public VendorKeys revoke(KeyId key, Instant now) {
        if (present.revokes(key)) {
            return present;
        }
        if (key.equals(present.issuing().id())) {
            throw new KeysRefused(KeysRefused.Reason.IN_USE, "The key " + key + " is the issuing key in use. Rotate it first, then revoke it.");
        }
        if (key.equals(present.root().id())) {
            throw new KeysRefused(KeysRefused.Reason.IN_USE, "The key " + key + " is the root in use. Name its successor first (rotate the root), then revoke it.");
        }
        if (!isKnown(key)) {
            throw new KeysRefused(KeysRefused.Reason.NOT_THERE, "The key " + key + " is none of this vendor's.");
        }
        var revoked = new ArrayList<>(present.statement().revoked());
        revoked.add(key);
        var anchor = present.anchor();
        var roots = anchor.roots().stream().filter(root -> !root.id().equals(key)).toList();
        return new VendorKeys(new TrustAnchor(anchor.vendor(), anchor.required(), roots), state(revoked, present.trustStatement().certificates(), signer(), now), present.certificates());
    }

    private boolean isKnown(KeyId key) {
        return present.roots().stream().anyMatch(root -> root.id().equals(key))
                || present.certificates().stream().anyMatch(document -> KeyCertificate.read(document.payload()).keys().id().equals(key));
    }

    /// Makes a new root in the vault and names it the successor: with a certificate by the present root, and a statement that the new one signs.
    /// The issuing key in use gets a certificate by the new root as well, so that products built with the new root alone accept what it signs.
    public VendorKeys succeed(Instant now) {
        var old = signer();
        var successor = vault.signer(vault.create(Role.ROOT, required()).id());
        var chain = new ArrayList<>(present.trustStatement().certificates());
        chain.add(SignedDocument.sign(new KeyCertificate(Role.ROOT, successor.keys(), List.of(), Set.of(), second(now), Optional.empty()), old, required()));
        var statement = state(present.statement().revoked(), chain, successor, now);
        var certificates = new ArrayList<>(present.certificates());
        certificates.set(certificates.size() - 1, SignedDocument.sign(KeyCertificate.read(present.certificate().payload()), successor, required()));
        var roots = new ArrayList<>(present.anchor().roots());
        roots.add(successor.keys());
        var next = new VendorKeys(new TrustAnchor(present.anchor().vendor(), required(), roots), statement, certificates);
        next.refuseTooLong();
        return next;
    }

    private SignedDocument state(List<KeyId> revoked, List<SignedDocument> chain, Signer root, Instant now) {
        return SignedDocument.sign(new TrustStatement(present.statement().number() + 1, second(now), revoked), root, required()).with(chain, Optional.empty());
    }

    private static SignedDocument certificate(Signer root, SignerKeys issuing, CertificateLimits limits, Instant now) {
        return SignedDocument.sign(new KeyCertificate(Role.ISSUING, issuing, limits.products(), limits.kinds(), second(limits.begin(now)), limits.until()), root);
    }

    private Signer signer() {
        return vault.signer(present.root().id());
    }

    private Set<Algorithm> required() {
        return present.anchor().required();
    }

    /// Documents hold whole seconds.
    private static Instant second(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS);
    }
}
