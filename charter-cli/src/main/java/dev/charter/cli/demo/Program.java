package dev.charter.cli.demo;

import dev.charter.cli.console.Surroundings;

/// This very program, run once more within itself.
@FunctionalInterface
public interface Program {
    /// Answers with the exit code.
    int run(Surroundings surroundings, String... arguments);
}
