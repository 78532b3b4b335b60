package dev.charter.signing;

/// A vendor's keys cannot be used, or changed, in the way that was asked. The message says why and what to do next; it never holds a part of a key or a passphrase.
public final class KeysRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why it was refused.
    public enum Reason {
        /// The folder or the key is not there.
        NOT_THERE,
        /// A vendor's keys are there already and are not overwritten.
        THERE_ALREADY,
        /// The passphrase does not open the key.
        WRONG_PASSPHRASE,
        /// A file was altered, cut or mixed up.
        DAMAGED,
        /// The key was revoked, or its certificate does not cover what it should sign.
        NOT_CERTIFIED,
        /// The key is the one in use; another must take its place first.
        IN_USE,
        /// Nothing more of this kind fits.
        TOO_MANY
    }

    private final Reason reason;

    KeysRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
