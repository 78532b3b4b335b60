package dev.charter.store;

import java.util.function.Supplier;

/// Refuses a transaction within a transaction. It would wait for itself: on SQLite for the one writer, on PostgreSQL for a
/// connection of a pool that is used up; there only under load, so it is refused always.
final class Nesting {
    private final ScopedValue<Boolean> within = ScopedValue.newInstance();

    <T> T enter(Supplier<T> work) {
        refuseWithin();
        return ScopedValue.where(within, true).call(work::get);
    }

    void refuseWithin() {
        if (within.isBound()) {
            throw new IllegalStateException("already within a transaction: use its handle, and ask for the issuer's time before it begins");
        }
    }
}
