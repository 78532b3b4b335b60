package dev.charter.floating.backup;

/// What was given cannot be restored. Nothing was changed; the message says why, in a sentence for people.
final class NoBackup extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoBackup(String message) {
        super(message, null, false, false);
    }
}
