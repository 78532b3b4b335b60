package dev.charter.store;

import java.util.function.Consumer;

/// Runs work in transactions. Threads of any kind may call it at once, virtual ones too.
///
/// **Work may run more than once**, and on another thread, so it has no effect outside the database: it sends nothing,
/// signs nothing, counts nothing, and changes no object that outlives it. It does not start another transaction, read or ask
/// for the issuer's time inside; that is refused with an [IllegalStateException], always, on both engines.
public sealed interface Transactions permits GroupCommit, PooledTransactions {

    /// What is to be done within one transaction.
    @FunctionalInterface
    interface Work<T> {
        /// The result, never null. Whatever this throws rolls the transaction back and reaches the caller.
        T in(Sql sql);
    }

    /// Runs the work in one transaction and returns its result once that is durable. Also a failure is answered only then:
    /// no answer ever rests on what another transaction might still lose.
    ///
    /// - **SQLite**: one writer runs waiting work one after another, each behind a savepoint of its own, then commits all of it at once
    ///   and answers. Slow work holds everyone up.
    /// - **PostgreSQL**: a connection of its own, at READ COMMITTED: a conditional update there sees the row as the winner left it
    ///   and decides again, without failing, where a stricter level would abort and retry each loser. Invariants are
    ///   kept by conditional updates and constraints, which hold at this level. Serialization failures and deadlocks (SQLState 40001,
    ///   40P01) are tried again, with a growing pause of random length, a bounded number of times.
    ///
    /// An interrupt makes a caller of SQLite give up only while its work has not begun; after that it gets its true answer, with the interrupt
    /// kept. On PostgreSQL an interrupted virtual thread loses its connection, with the exceptions below.
    ///
    /// @throws CommitUnknown when the commit was under way as the database failed
    /// @throws ConstraintViolated when a constraint refused it
    /// @throws StoreUnavailable when asking again later may work
    /// @throws StoreFault when it is a mistake
    <T> T inOne(Work<T> work);

    /// As [#inOne], for work without a result.
    default void doInOne(Consumer<Sql> work) {
        inOne(sql -> {
            work.accept(sql);
            return true;
        });
    }

    /// Runs queries on one unchanging snapshot of the database, which holds everything that was answered before. Writing is refused by the
    /// database itself.
    ///
    /// @throws StoreUnavailable when asking again later may work
    /// @throws StoreFault when it is a mistake
    <T> T reading(Work<T> work);
}
