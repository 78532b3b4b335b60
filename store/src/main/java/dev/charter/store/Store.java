package dev.charter.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Random;

/// A server's database: opened and migrated from one URL, then used through [#transactions].
public final class Store implements AutoCloseable {
    // Readers wait for disk and locks more than for a processor. More PostgreSQL connections than these make a small server slower.
    private static final int READERS = 4;
    private static final int WRITERS = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

    private sealed interface Opened {
        record OnSqlite(Path file, GroupCommit transactions) implements Opened {}

        record OnPostgres(PooledTransactions transactions) implements Opened {}
    }

    private final Opened opened;

    private Store(Opened opened) {
        this.opened = opened;
    }

    /// Opens the database, applies the store's own migrations and then the server's, and is ready.
    ///
    /// @param migrations where the server's migrations lie, in Flyway's notation and with Flyway's file names: say, `classpath:db/authority`
    /// @throws StoreUnavailable when the database cannot be reached or used
    /// @throws StoreFault when a migration fails, or has been changed after it was applied
    public static Store open(StoreUrl url, String... migrations) {
        return switch (url) {
            case StoreUrl.SqliteFile(var file) -> {
                try {
                    SqliteConnection.makeFileOfOwner(file);
                    SqliteConnection.forWriting(file).close();
                } catch (IOException | SQLException e) {
                    throw new StoreUnavailable("the SQLite file cannot be used: %s: %s".formatted(file, e.getMessage()), e);
                }
                Migrations.apply(SqliteConnection.dataSource(file), migrations);
                yield new Store(new Opened.OnSqlite(file, new GroupCommit(file, new SqliteReaders(file, READERS))));
            }
            case StoreUrl.PostgresDatabase database -> {
                try {
                    PooledTransactions.dataSource(database).getConnection().close();
                } catch (SQLException e) {
                    throw new StoreUnavailable("PostgreSQL cannot be used at %s: %s".formatted(database, e.getMessage()), e);
                }
                // Migrations may take long, so they have connections of their own, without the pools' limits.
                Migrations.applyInTurn(PooledTransactions.dataSource(database), migrations);
                yield new Store(new Opened.OnPostgres(new PooledTransactions(database, WRITERS, READERS, new Random())));
            }
        };
    }

    public Engine engine() {
        return switch (opened) {
            case Opened.OnSqlite _ -> Engine.SQLITE;
            case Opened.OnPostgres _ -> Engine.POSTGRESQL;
        };
    }

    public Transactions transactions() {
        return switch (opened) {
            case Opened.OnSqlite(_, var transactions) -> transactions;
            case Opened.OnPostgres(var transactions) -> transactions;
        };
    }

    /// The issuer's time, kept in this store and pushed on by the given clock. One per process.
    public IssuerTime issuerTime(InstantSource clock) {
        return switch (opened) {
            case Opened.OnSqlite(_, var transactions) -> new IssuerTime(transactions, transactions::refuseWithin, clock);
            case Opened.OnPostgres(var transactions) -> new IssuerTime(transactions, transactions::refuseWithin, clock);
        };
    }

    /// Writes a copy of a SQLite database, as it is at one moment, while the store goes on working. The copy appears whole and synced or not at all,
    /// and only its owner may read it.
    ///
    /// @throws UnsupportedOperationException on PostgreSQL, whose own tools do this
    /// @throws StoreUnavailable when the target exists already, its folder does not, or it cannot be written
    public void backupTo(Path target) {
        switch (opened) {
            case Opened.OnSqlite(var file, _) -> SqliteBackup.copy(file, target);
            case Opened.OnPostgres _ -> throw new UnsupportedOperationException(
                    "PostgreSQL is backed up with its own tools: pg_dump, or continuous archiving");
        }
    }

    /// Writes such a copy of a database that another process may have open.
    ///
    /// @throws StoreUnavailable when there is no such database, the target exists already, its folder does not, or it cannot be written
    public static void copy(StoreUrl.SqliteFile database, Path target) {
        if (!Files.exists(database.file())) {
            throw new StoreUnavailable("there is no database to copy: " + database.file());
        }
        SqliteBackup.copy(database.file(), target);
    }

    /// Finishes what was accepted and refuses everything after.
    @Override
    public void close() {
        switch (opened) {
            case Opened.OnSqlite(_, var transactions) -> {
                try {
                    transactions.close();
                } catch (SQLException e) {
                    throw new StoreFault("SQLite could not be closed; everything that was answered is kept", e);
                }
            }
            case Opened.OnPostgres(var transactions) -> transactions.close();
        }
    }
}
