package dev.charter.store;

/// A constraint of the database refused the transaction, which is rolled back whole; also when the exception was caught
/// inside. Where a conflict is expected, `ON CONFLICT` or a conditional update says so without failing.
public final class ConstraintViolated extends StoreFault {
    private static final long serialVersionUID = 1;

    /// Which kind of constraint it was.
    public enum Kind { UNIQUE, FOREIGN_KEY, NOT_NULL, CHECK, OTHER }

    private final Kind kind;

    ConstraintViolated(Kind kind, Throwable cause) {
        super("a constraint of the database refused the transaction (" + kind + ")", cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
