package dev.charter.server.settings;

/// The server cannot start, and its operator can do something about it. The message says what, in whole sentences and without any secret.
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1;
    /// `EX_CONFIG` of BSD's sysexits.h: something is set up wrongly.
    public static final int WRONG_SETTINGS = 78;
    /// `EX_UNAVAILABLE`: what the server needs is not there, or in use.
    public static final int NOT_AVAILABLE = 69;

    private final int exitCode;

    private CannotStart(int exitCode, String message) {
        super(message, null, false, false); // told to a person, who has no use for a stack trace
        this.exitCode = exitCode;
    }

    public static CannotStart wrongSettings(String message) {
        return new CannotStart(WRONG_SETTINGS, message);
    }

    public static CannotStart notAvailable(String message) {
        return new CannotStart(NOT_AVAILABLE, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
