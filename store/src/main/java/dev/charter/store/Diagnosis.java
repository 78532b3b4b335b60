package dev.charter.store;

import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Says what a database's error means to the caller: which kind of [StoreFault], whether to try again, whether a commit was kept.
sealed interface Diagnosis {

    StoreFault of(SQLException cause);

    /// What it means that a commit failed: [CommitUnknown] unless it is certain that nothing was kept.
    StoreFault ofCommit(SQLException cause);

    /// Result codes: sqlite.org/rescode.html. `writing` tells a disk that has become read-only from a write where only reading is allowed.
    record OfSqlite(boolean writing) implements Diagnosis {
        @Override
        public StoreFault of(SQLException cause) {
            return switch (cause.getErrorCode() & 0xff) {
                case 19 -> new ConstraintViolated(kind(cause), cause);
                case 5, 6 -> new StoreUnavailable("the SQLite file is locked by another program", cause);
                case 13 -> new StoreUnavailable("the disk of the SQLite file is full", cause);
                case 8 -> writing
                        ? new StoreUnavailable("the SQLite file or its disk is read-only", cause)
                        : new StoreFault("only reading is allowed here", cause);
                case 7, 10, 14 -> new StoreUnavailable("the SQLite file cannot be used now", cause);
                default -> new StoreFault("SQLite refused the statement", cause);
            };
        }

        @Override
        public StoreFault ofCommit(SQLException cause) {
            return switch (cause.getErrorCode() & 0xff) {
                // Refused before, or while, the log was written: without its last frame SQLite will never take it for committed.
                case 5, 6, 8, 13, 19 -> of(cause);
                // The log may have reached the disk whole although the sync failed: a crash now could bring it back.
                default -> new CommitUnknown(cause);
            };
        }

        private static ConstraintViolated.Kind kind(SQLException cause) {
            var code = cause instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.SQLITE_CONSTRAINT;
            return switch (code) {
                case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID -> ConstraintViolated.Kind.UNIQUE;
                case SQLITE_CONSTRAINT_FOREIGNKEY -> ConstraintViolated.Kind.FOREIGN_KEY;
                case SQLITE_CONSTRAINT_NOTNULL -> ConstraintViolated.Kind.NOT_NULL;
                case SQLITE_CONSTRAINT_CHECK -> ConstraintViolated.Kind.CHECK;
                default -> ConstraintViolated.Kind.OTHER;
            };
        }
    }

    /// SQLState codes: PostgreSQL's manual, appendix A.
    record OfPostgres(boolean writing) implements Diagnosis {
        @Override
        public StoreFault of(SQLException cause) {
            var state = state(cause);
            return switch (state.substring(0, 2)) {
                case "23" -> new ConstraintViolated(kind(state), cause);
                case "08", "53", "57", "58" -> new StoreUnavailable("PostgreSQL cannot be reached or cannot serve this now", cause);
                case "40" -> new StoreUnavailable("the transaction lost against others too often", cause);
                case "25" -> writing && state.equals("25006")
                        ? new StoreUnavailable("PostgreSQL is read-only now: a standby?", cause)
                        : new StoreFault("the transaction does not allow this statement", cause);
                default -> new StoreFault("PostgreSQL refused the statement", cause);
            };
        }

        @Override
        public StoreFault ofCommit(SQLException cause) {
            if (!writing) {
                return of(cause); // there was nothing to keep
            }
            var state = state(cause);
            return switch (state.substring(0, 2)) {
                // The server itself said that it rolled back. 40003 says that it does not know.
                case "40" -> state.equals("40003") ? new CommitUnknown(cause) : of(cause);
                case "22", "23", "25", "42", "53", "P0" -> of(cause);
                default -> new CommitUnknown(cause);
            };
        }

        private static ConstraintViolated.Kind kind(String state) {
            return switch (state) {
                case "23505" -> ConstraintViolated.Kind.UNIQUE;
                case "23503" -> ConstraintViolated.Kind.FOREIGN_KEY;
                case "23502" -> ConstraintViolated.Kind.NOT_NULL;
                case "23514" -> ConstraintViolated.Kind.CHECK;
                default -> ConstraintViolated.Kind.OTHER;
            };
        }

        // Without a code it is the driver that speaks, not the server.
        private static String state(SQLException cause) {
            return Optional.ofNullable(cause.getSQLState()).filter(state -> state.length() == 5).orElse("08000");
        }
    }

    /// True when the transaction lost a race and may well win the next: a serialization failure or a deadlock.
    static boolean worthAnotherTry(Throwable failure) {
        for (Optional<Throwable> at = Optional.of(failure); at.isPresent(); at = at.map(Throwable::getCause)) {
            if (at.get() instanceof SQLException e && ("40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState()))) {
                return true;
            }
        }
        return false;
    }
}
