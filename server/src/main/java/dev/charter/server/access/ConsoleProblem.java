package dev.charter.server.access;

import dev.charter.server.web.ProblemCode;

/// What can go wrong between a user and the console.
public enum ConsoleProblem implements ProblemCode {
    /// Nobody is logged in.
    UNAUTHENTICATED(401, "Log in first."),
    /// The name, the password or the setup token is wrong.
    NOT_KNOWN(401, "That is not known here."),
    /// Whoever is logged in may not do this.
    ROLE_MISSING(403, "Your role does not allow this."),
    /// The license does not let the configuration be changed now.
    CONFIGURATION_LOCKED(409, "The configuration is locked.");

    private final int status;
    private final String title;

    ConsoleProblem(int status, String title) {
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
