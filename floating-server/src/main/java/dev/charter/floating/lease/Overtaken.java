package dev.charter.floating.lease;

/// What was decided holds no longer: the transaction is rolled back, and it is decided again.
final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Overtaken() {
        super("overtaken", null, false, false);
    }
}
