package dev.charter.format;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks a document's signatures against keys that are trusted already. The algorithm comes from the key, never from the document (RFC 8725, section 3.1).
final class Signatures {
    private Signatures() {}

    /// The signer that all of the document's signatures name.
    static KeyId keyId(SignedDocument document) {
        var first = document.signatures().get(0).header().kid();
        if (!document.signatures().stream().allMatch(s -> s.header().kid().equals(first))) {
            throw new DocumentRejected(Flaw.SIGNATURE_DOUBLED, "The document carries signatures of several signers; it has one.");
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
        return required.stream().collect(Collectors.toMap(a -> a, algorithm -> {
            var raw = keys.byAlgorithm().get(algorithm);
            if (raw == null) {
                throw new DocumentRejected(Flaw.SIGNATURE_MISSING, "The signer has no " + algorithm.joseName() + " key, and a signature by one is required.");
            }
            return Cryptography.key(algorithm, raw);
        }));
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
            var signature = document.signatures().stream().filter(s -> s.header().alg().equals(name)).findFirst()
                    .orElseThrow(() -> new DocumentRejected(Flaw.SIGNATURE_MISSING, "The " + name + " signature is missing, and it is required."));
            key.verify(SignedDocument.signingInput(signature.protectedText(), document.payloadText()), signature.value().toArray());
        }
    }

    private static String words(DocumentKind kind) {
        return kind.documentName().replace('-', ' ');
    }
}
