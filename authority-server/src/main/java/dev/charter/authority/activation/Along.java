package dev.charter.authority.activation;

import dev.charter.store.Sql;

/// What is to be written together with an answer: in the very transaction that keeps it, or, where nothing new is kept, in one of its own.
@FunctionalInterface
public interface Along {
    Along NOTHING = _ -> _ -> { };

    /// Makes ready what is to be written, ahead of the transaction, so that nobody waits for that work. Where the race for a license is lost it is called again, with another answer.
    Prepared prepare(Outcome answer);

    /// What was made ready.
    @FunctionalInterface
    interface Prepared {
        /// What it throws undoes the transaction, and nothing leaves.
        void write(Sql sql);
    }
}
