package dev.charter.floating.protocol;

import dev.charter.server.web.ProblemCode;

/// What can go wrong with a host's document alone.
enum ExchangeProblem implements ProblemCode {
    /// It names a host whose key did not sign it.
    FOREIGN_SIGNATURE(403, "The document was not signed by the host that it names.");

    private final int status;
    private final String title;

    ExchangeProblem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public boolean retry() {
        return false;
    }

    @Override
    public String title() {
        return title;
    }
}
