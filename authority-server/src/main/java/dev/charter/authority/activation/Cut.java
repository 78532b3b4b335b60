package dev.charter.authority.activation;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.SignedDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A document's bytes in two parts: its payload and signatures, and its attachments, which are two thirds of it and the same for all answers under one issuing key.
///
/// @param content the document up to its attachments
/// @param hash of the rest
record Cut(Bytes content, Bytes rest, Bytes hash) {
    static Cut of(SignedDocument document) {
        var whole = document.toBytes();
        var bare = document.with(List.of(), Optional.empty()).toBytes();
        int length = bare.length - 1; // without its closing brace
        if (!Arrays.equals(whole, 0, length, bare, 0, length)) {
            throw new IllegalStateException("a document's attachments stand behind its payload and signatures");
        }
        var rest = Arrays.copyOfRange(whole, length, whole.length);
        return new Cut(Bytes.of(Arrays.copyOf(whole, length)), Bytes.of(rest), Digest.of(rest).value());
    }

    Bytes whole() {
        return join(content, rest);
    }

    static Bytes join(Bytes content, Bytes rest) {
        var whole = Arrays.copyOf(content.toArray(), content.length() + rest.length());
        System.arraycopy(rest.toArray(), 0, whole, content.length(), rest.length());
        return Bytes.of(whole);
    }
}
