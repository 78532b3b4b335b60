package dev.charter.spring;

/// A request that is answered with a problem.
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemCode code;
    private final String detail;

    /// @param detail what it is, and what to do next, for people
    Refused(ProblemCode code, String detail) {
        super(code + ": " + detail, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    ProblemCode code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
