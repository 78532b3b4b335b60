package dev.charter.authority.activation;

import dev.charter.store.Sql;

/// What is to be written together with an answer: in the very transaction that keeps it, or, where nothing new is kept, in one of its own.
/// What it throws undoes that transaction, and nothing leaves.
@FunctionalInterface
public interface Along {
    Along NOTHING = (_, _) -> { };

    void write(Sql sql, Outcome answer);
}
