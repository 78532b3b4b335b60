package dev.charter.floating.console;

import dev.charter.server.web.ProblemCode;

/// What can go wrong with what an administrator asks of licenses and seats.
enum ConsoleRefusal implements ProblemCode {
    KEY_MALFORMED(400, false, "This is not a complete license key."),
    /// Whoever knows what it means says so with `supersede`.
    REQUEST_WAITING(409, false, "A usage request waits for its answer already."),
    REQUEST_NOT_POSSIBLE(409, false, "A usage request cannot be made now."),
    /// The vendor said no, signed.
    REFUSED(409, false, "The vendor refused it."),
    NOT_POSSIBLE(409, false, "This is not possible now."),
    /// The license's allowance is used up, or the host holds no seat.
    NOT_RECLAIMED(409, false, "The seat was not taken back."),
    NOT_REACHED(503, true, "The vendor was not reached.");

    private final int status;
    private final boolean retry;
    private final String title;

    ConsoleRefusal(int status, boolean retry, String title) {
        this.status = status;
        this.retry = retry;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public boolean retry() {
        return retry;
    }

    @Override
    public String title() {
        return title;
    }
}
