package dev.charter.format;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whom a host trusts at one moment: the anchor's roots and their successors, less what the newest trust statement revokes. Immutable.
record Trust(TrustAnchor anchor, Map<KeyId, SignerKeys> roots, Set<KeyId> revoked, long number, Optional<SignedDocument> statement) {
    Trust {
        roots = Map.copyOf(roots);
        revoked = Set.copyOf(revoked);
    }

    static Trust in(TrustAnchor anchor) {
        var roots = new HashMap<KeyId, SignerKeys>();
        anchor.roots().forEach(root -> roots.put(root.id(), root));
        return new Trust(anchor, roots, Set.of(), 0, Optional.empty());
    }

    /// This trust, or the newer one that the statement brings. A statement that is not newer changes nothing, so that an old one cannot undo a revocation.
    Trust with(SignedDocument newStatement) {
        if (statement.isPresent() && statement.get().equals(newStatement)) {
            return this;
        }
        var known = new HashMap<>(roots);
        // Each root names its successor, oldest first, so one walk over the certificates climbs the whole chain.
        for (var attached : newStatement.certificates()) {
            var certificate = KeyCertificate.read(attached.payload());
            var successor = certificate.keys();
            if (known.containsKey(successor.id())) {
                continue; // trusted before; its predecessor may have been revoked since
            }
            if (!known.containsKey(Signatures.keyId(attached))) {
                continue; // named by a root from before this product's anchor: it adds no trust here, and its successors may be in the anchor
            }
            if (certificate.role() != KeyCertificate.Role.ROOT || !successor.algorithms().containsAll(anchor.required())) {
                throw new DocumentRejected(Flaw.NOT_CERTIFIED, "A trust statement names a succeeding root that this product cannot accept.");
            }
            Signatures.verify(attached, DocumentKind.KEY_CERTIFICATE, signer(attached, known), anchor.required());
            known.put(successor.id(), successor);
        }
        Signatures.verify(newStatement, DocumentKind.TRUST_STATEMENT, signer(newStatement, known), anchor.required());
        var content = TrustStatement.read(newStatement.payload());
        return content.number() <= number ? this : new Trust(anchor, known, Set.copyOf(content.revoked()), content.number(), Optional.of(newStatement));
    }

    /// The same for a statement that came along with a document: where it is not newer it is not even verified, so that an old license goes on after the root that
    /// signed its statement was revoked. Nothing protects an attachment from being taken off, so nothing is lost by passing over it.
    Trust withAttached(SignedDocument attached) {
        if (statement.isPresent() && (statement.get().payloadText().equals(attached.payloadText()) || TrustStatement.read(attached.payload()).number() <= number)) {
            return this;
        }
        return with(attached);
    }

    /// The root that the document names as its signer, unless it was revoked.
    SignerKeys root(SignedDocument document) {
        return signer(document, roots);
    }

    void refuseRevoked(KeyId key) {
        if (revoked.contains(key)) {
            throw new DocumentRejected(Flaw.REVOKED, "The key " + key + " that signed this was revoked by the vendor. Ask for a new document.");
        }
    }

    private SignerKeys signer(SignedDocument document, Map<KeyId, SignerKeys> known) {
        var signer = known.get(Signatures.keyId(document));
        if (signer == null) {
            throw new DocumentRejected(Flaw.UNKNOWN_SIGNER, "This was not signed by " + anchor.vendor() + ": no root that this product trusts vouches for it.");
        }
        refuseRevoked(signer.id());
        return signer;
    }
}
