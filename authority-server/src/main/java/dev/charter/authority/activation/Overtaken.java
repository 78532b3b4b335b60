package dev.charter.authority.activation;

/// Rolls a transaction back that lost its race.
final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overtaken() {
        super("overtaken", null, false, false);
    }
}
