package dev.charter.store;

/// The store cannot serve this now: no connection, disk full or read-only, too much contention, interrupted, closed.
/// Nothing was kept; asking again later may work.
public final class StoreUnavailable extends StoreFault {
    private static final long serialVersionUID = 1;

    StoreUnavailable(String message) {
        super(message);
    }

    StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
