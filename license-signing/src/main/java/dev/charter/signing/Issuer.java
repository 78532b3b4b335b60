package dev.charter.signing;

import dev.charter.format.DocumentKind;
import dev.charter.format.KeyCertificate;
import dev.charter.format.KeyId;
import dev.charter.format.Payload;
import dev.charter.format.Refusal;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.TrustAnchor;
import dev.charter.format.UsageLicense;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Signs what hosts receive, under the issuing key in use and with all of its algorithms, and attaches what a host needs to believe it.
/// It reads nothing again by itself: after a rotation or a revocation the folder is opened anew. Safe for use by several threads, without a lock.
public final class Issuer {
    private final TrustAnchor anchor;
    private final Signer signer;
    private final KeyId keyId;
    private final KeyCertificate certificate;
    private final List<SignedDocument> attachedCertificates;
    private final Optional<SignedDocument> trustStatement;
    private final boolean rootWasSucceeded;

    Issuer(VendorKeys vendorKeys, Signer signer) {
        this.anchor = vendorKeys.anchor();
        this.signer = signer;
        this.keyId = signer.keys().id();
        this.certificate = KeyCertificate.read(vendorKeys.certificate().payload());
        this.attachedCertificates = List.of(vendorKeys.certificate());
        this.trustStatement = Optional.of(vendorKeys.trustStatement());
        this.rootWasSucceeded = !vendorKeys.trustStatement().certificates().isEmpty();
    }

    /// Signs it and attaches the key's certificate. A usage license carries the trust statement as well; so do refusals and acknowledged releases once a root has
    /// succeeded another, because a host may know only the older one.
    /// Throws [KeysRefused] for what the certificate does not cover: no host would accept it.
    public SignedDocument issue(Payload payload) {
        requireCovered(payload);
        boolean tellsTrust = payload.kind() == DocumentKind.USAGE_LICENSE || rootWasSucceeded;
        return SignedDocument.sign(payload, signer).with(attachedCertificates, tellsTrust ? trustStatement : Optional.empty());
    }

    private void requireCovered(Payload payload) {
        if (!certificate.kinds().contains(payload.kind())) {
            throw notCovered("a " + payload.kind().documentName().replace('-', ' '));
        }
        if (payload instanceof UsageLicense license) {
            requireCovered(license.product(), license.issuedAt());
        } else if (payload instanceof Refusal refusal) {
            requireCovered(refusal.product(), refusal.issuedAt());
        }
    }

    private void requireCovered(String product, Instant issuedAt) {
        if (!certificate.products().isEmpty() && !certificate.products().contains(product)) {
            throw notCovered("documents of the product " + product);
        }
        if (issuedAt.isBefore(certificate.from()) || certificate.until().filter(end -> !issuedAt.isBefore(end)).isPresent()) {
            throw notCovered("documents of " + issuedAt);
        }
    }

    private KeysRefused notCovered(String what) {
        return new KeysRefused(KeysRefused.Reason.NOT_CERTIFIED, "The issuing key " + keyId + " is not certified to sign " + what + ". Rotate it with other limits.");
    }

    /// What products of this vendor are built with.
    public TrustAnchor anchor() {
        return anchor;
    }

    /// The key under which everything is signed that this issuer issues: for the audit.
    public KeyId keyId() {
        return keyId;
    }
}
