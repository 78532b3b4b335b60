package dev.charter.format;

import java.util.Optional;

/// Something that a [Verifier] has found authentic; nothing else makes one.
public final class Verified<T extends Payload> {
    private final T content;
    private final SignedDocument document;
    private final Optional<SignedDocument> trustStatement;

    Verified(T content, SignedDocument document, Optional<SignedDocument> trustStatement) {
        this.content = content;
        this.document = document;
        this.trustStatement = trustStatement;
    }

    public T content() {
        return content;
    }

    /// The document as it was received.
    public SignedDocument document() {
        return document;
    }

    /// The newest trust statement known after this verification: what a host keeps.
    public Optional<SignedDocument> trustStatement() {
        return trustStatement;
    }
}
