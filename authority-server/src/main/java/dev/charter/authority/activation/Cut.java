package dev.charter.authority.activation;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.SignedDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A document's bytes in two parts: its payload and signatures, and its attachments, which are two thirds of it and the same for all answers under one issuing key.
///
/// @param content the document up to its attachments
/// @param rest its attachments
/// @param hash of the rest
record Cut(Bytes content, Bytes rest, Bytes hash) {

    Bytes whole() {
        return content.plus(rest);
    }

    /// Cuts documents, and writes attachments out only when they are others than the last ones of that kind of document: writing them takes longer than all the rest.
    static final class Knife {
        private record Attached(List<SignedDocument> certificates, Optional<SignedDocument> trustStatement, Bytes rest, Bytes hash) {
            /// Whether these are the very objects that the document carries: an issuer attaches the same ones again and again, and comparing what is in them would
            /// cost as much as writing them out.
            @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
            boolean isOf(SignedDocument document) {
                return certificates == document.certificates() && trustStatement == document.trustStatement();
            }
        }

        private final Map<DocumentKind, Attached> last = new ConcurrentHashMap<>();

        Cut cut(SignedDocument document) {
            var bare = document.with(List.of(), Optional.empty()).toBytes();
            int length = bare.length - 1; // without its closing brace
            var known = last.get(document.claimedKind());
            if (known == null || !known.isOf(document)) {
                known = attached(document, bare, length);
                last.put(document.claimedKind(), known);
            }
            return new Cut(Bytes.of(bare, length), known.rest(), known.hash());
        }

        private static Attached attached(SignedDocument document, byte[] bare, int length) {
            var whole = document.toBytes();
            if (!Arrays.equals(whole, 0, length, bare, 0, length)) {
                throw new IllegalStateException("a document's attachments stand behind its payload and signatures");
            }
            var rest = Arrays.copyOfRange(whole, length, whole.length);
            return new Attached(document.certificates(), document.trustStatement(), Bytes.of(rest), Digest.of(rest).value());
        }
    }
}
