package dev.charter.format;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Checks a document's signatures against keys that are trusted already. The algorithm comes from the key, never from the document (RFC 8725, section 3.1).
final class Signatures {
    private Signatures() {}

    /// The signer that all of the document's signatures name.
    static KeyId keyId(SignedDocument document) {
        var first = document.signatures().get(0).header().kid();
        for (var signature : document.signatures()) {
            if (!signature.header().kid().equals(first)) {
                throw new DocumentRejected(Flaw.SIGNATURE_DOUBLED, "The document carries signatures of several signers; it has one.");
            }
        }
        try {
            return new KeyId(first);
        } catch (IllegalArgumentException malformed) {
            throw new DocumentRejected(Flaw.MALFORMED, "The document is damaged: " + malformed.getMessage() + ".");
        }
    }

    static void verify(SignedDocument document, DocumentKind kind, SignerKeys keys, Set<Algorithm> required) {
        verify(document, kind, ready(keys, required));
    }

    /// Keys that are ready to verify with: exactly those that are required.
    static Map<Algorithm, Cryptography.Key> ready(SignerKeys keys, Set<Algorithm> required) {
        var ready = new EnumMap<Algorithm, Cryptography.Key>(Algorithm.class);
        for (var algorithm : required) {
            var raw = keys.byAlgorithm().get(algorithm);
            if (raw == null) {
                throw new DocumentRejected(Flaw.SIGNATURE_MISSING, "The signer has no " + algorithm.joseName() + " key, and a signature by one is required.");
            }
            ready.put(algorithm, Cryptography.key(algorithm, raw));
        }
        return ready;
    }

    /// Throws [DocumentRejected] unless the document is of that kind and carries exactly one good signature by each of the keys.
    static void verify(SignedDocument document, DocumentKind kind, Map<Algorithm, Cryptography.Key> keys) {
        keyId(document);
        var seen = new HashSet<String>();
        for (var signature : document.signatures()) {
            if (!signature.header().typ().equals(kind.typ())) {
                throw new DocumentRejected(Flaw.WRONG_KIND, "This is a " + words(document.claimedKind()) + "; a " + words(kind) + " is needed here.");
            }
            if (!seen.add(signature.header().alg())) {
                throw new DocumentRejected(Flaw.SIGNATURE_DOUBLED, "Two signatures claim the algorithm " + signature.header().alg() + ".");
            }
        }
        for (var key : keys.values()) {
            var name = key.algorithm().joseName();
            var signature = by(name, document);
            key.verify(SignedDocument.signingInput(signature.protectedText(), document.payloadText()), signature.value().toArray());
        }
    }

    private static SignedDocument.Signature by(String algorithm, SignedDocument document) {
        for (var signature : document.signatures()) {
            if (signature.header().alg().equals(algorithm)) {
                return signature;
            }
        }
        throw new DocumentRejected(Flaw.SIGNATURE_MISSING, "The " + algorithm + " signature is missing, and it is required.");
    }

    private static String words(DocumentKind kind) {
        return kind.documentName().replace('-', ' ');
    }
}
