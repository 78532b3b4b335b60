package dev.charter.cli.console;

import java.util.List;
import java.util.Optional;

/// A command that ends otherwise than done. The message says what is and what it means; `next` says what to do.
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Ending ending;
    private final transient Optional<String> code;
    private final transient List<String> next;

    private CommandFailed(Ending ending, Optional<String> code, String message, List<String> next) {
        super(message);
        this.ending = ending;
        this.code = code;
        this.next = List.copyOf(next);
    }

    /// @param next sentences or commands, the most likely first
    public static CommandFailed with(Ending ending, String message, String... next) {
        return new CommandFailed(ending, Optional.empty(), message, List.of(next));
    }

    /// One that has a name in a closed list: a refusal code, or the `code` of a problem.
    public static CommandFailed named(Ending ending, String code, String message, String... next) {
        return new CommandFailed(ending, Optional.of(code), message, List.of(next));
    }

    public Ending ending() {
        return ending;
    }

    public Optional<String> code() {
        return code;
    }

    public List<String> next() {
        return next;
    }
}
