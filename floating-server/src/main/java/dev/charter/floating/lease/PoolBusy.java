package dev.charter.floating.lease;

/// So many ask for the same pool at once that this one was overtaken again and again. Nothing was changed; the same request may be sent again.
public final class PoolBusy extends RuntimeException {
    private static final long serialVersionUID = 1;

    PoolBusy() {
        super("The pool is being changed by others. Ask again.", null, false, false);
    }
}
