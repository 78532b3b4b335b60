package dev.charter.store;

/// Something went wrong in the store. Where it is not one of the narrower kinds, it is a mistake in a query or in
/// the use of the store, and asking again will not help.
///
/// Unless it is [CommitUnknown], nothing of the transaction was kept.
public sealed class StoreFault extends RuntimeException permits CommitUnknown, ConstraintViolated, StoreUnavailable {
    private static final long serialVersionUID = 1;

    StoreFault(String message) {
        super(message);
    }

    StoreFault(String message, Throwable cause) {
        super(message, cause);
    }
}
