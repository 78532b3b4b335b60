package dev.charter.cli.console;

import java.util.Locale;

/// The ends that a command can come to, each with its exit code. Scripts rely on the numbers: none is ever given another meaning.
public enum Ending {
    DONE(0, "What was asked for is done."),
    FAULT(1, "Something broke that should not break; CHARTER_TRACE=1 with the same command shows where."),
    USAGE(2, "The command was not understood, or something that it needs was not given. Nothing was done."),
    REFUSED(3, "A \"no\" with a reason, such as (ACTIVATIONS_EXHAUSTED): signed by the authority, from its admin API, or because something stands in the way here."),
    UNREACHABLE(4, "The authority did not answer, or the answer did not come from it. The same command can be run again."),
    NOT_LICENSED(5, "This host is not licensed."),
    NOT_VERIFIED(6, "The document is damaged, or does not verify, or there was no trust anchor to verify it with."),
    NOT_FOUND(7, "There is no such file, license, product or customer."),
    NOT_PERMITTED(8, "The token is unknown or lacks the scope, the passphrase is wrong, or a file may not be read or written."),
    MISSING(69, "Something that the machine must have is missing: a JDK 25, Maven, a free port.");

    private final int exitCode;
    private final String meaning;

    Ending(int exitCode, String meaning) {
        this.exitCode = exitCode;
        this.meaning = meaning;
    }

    public int exitCode() {
        return exitCode;
    }

    /// What the exit code says, in one or two sentences.
    public String meaning() {
        return meaning;
    }

    /// The ending's name in JSON, such as `not-licensed`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
