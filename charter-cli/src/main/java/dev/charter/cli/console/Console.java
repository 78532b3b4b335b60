package dev.charter.cli.console;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Where a command's words go. Results go to standard output, as text or as exactly one JSON object; messages go to standard error.
public final class Console {
    private static final int LABEL = 16;

    private final Surroundings surroundings;
    private final boolean colours;
    private boolean json;

    public Console(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.colours = surroundings.terminal() && surroundings.variable("NO_COLOR").isEmpty() && !surroundings.variable("TERM").equals(Optional.of("dumb"));
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    /// Results are given as JSON from here on.
    public void speakJson() {
        json = true;
    }

    public boolean colours() {
        return colours;
    }

    public Instant now() {
        return surroundings.clock().instant();
    }

    /// Dates and times as they are seen now and here.
    public When when() {
        return new When(now(), surroundings.zone());
    }

    /// Gives the result: the object where JSON was asked for, else what `text` prints.
    public void answer(ObjectNode object, Runnable text) {
        if (json) {
            surroundings.out().println(object);
            surroundings.out().flush();
        } else {
            text.run();
        }
    }

    /// The line that says what is.
    public void headline(String text) {
        surroundings.out().println(bold(text));
    }

    /// One line of a result.
    public void line(String text) {
        surroundings.out().println(text);
    }

    /// One labelled line of a result; further lines of the value are indented below the first.
    public void line(String label, String value) {
        surroundings.out().println("  " + label + " ".repeat(Math.max(1, LABEL - label.length())) + value.replace("\n", "\n" + " ".repeat(LABEL + 2)));
    }

    /// A message for people, beside the result.
    public void say(String message) {
        surroundings.err().println(message);
    }

    /// What to run or to do next, the most likely first.
    public void next(String... steps) {
        next(List.of(steps));
    }

    private void next(List<String> steps) {
        for (int i = 0; i < steps.size(); i++) {
            surroundings.err().println((i == 0 ? "Next: " : "      ") + steps.get(i));
        }
    }

    /// A command as people type it, for `next`.
    public String command(String arguments) {
        return surroundings.program() + " " + arguments;
    }

    /// Reports a command that ended otherwise than done, and gives its exit code.
    public int failed(CommandFailed failure) {
        var ending = failure.ending();
        var message = String.valueOf(failure.getMessage());
        if (json) {
            var object = Json.object().put("ending", ending.word()).put("exitCode", ending.exitCode());
            failure.code().ifPresent(code -> object.put("code", code));
            object.put("message", message);
            answer(object, () -> {});
        }
        surroundings.err().println(message + failure.code().map(code -> " " + faint("(" + code + ")")).orElse(""));
        next(failure.next());
        return ending.exitCode();
    }

    public String bold(String text) {
        return coloured("1", text);
    }

    public String good(String text) {
        return coloured("32", text);
    }

    public String bad(String text) {
        return coloured("31", text);
    }

    private String faint(String text) {
        return coloured("2", text);
    }

    private String coloured(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
