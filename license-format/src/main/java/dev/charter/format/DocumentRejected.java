package dev.charter.format;

/// A document must not be believed. The message says why, in words for whoever handed it in.
public final class DocumentRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Flaw flaw;

    public DocumentRejected(Flaw flaw, String message) {
        super(message);
        this.flaw = flaw;
    }

    public Flaw flaw() {
        return flaw;
    }
}
