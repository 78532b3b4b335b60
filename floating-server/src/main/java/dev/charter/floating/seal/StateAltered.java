package dev.charter.floating.seal;

/// The database was changed by somebody else than this server, so that nothing can be decided by it.
public final class StateAltered extends RuntimeException {
    private static final long serialVersionUID = 1;

    StateAltered(String message) {
        super(message);
    }
}
