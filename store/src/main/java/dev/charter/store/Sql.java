package dev.charter.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The handle of one transaction: runs SQL with `?` for arguments.
///
/// Arguments may be text, whole numbers, booleans, byte arrays, [Instant] (kept as epoch milliseconds, what is finer is cut off), enum
/// constants (kept by name), and an [Optional] of these (empty is NULL). Null itself is refused.
///
/// Only the thread that runs the work may use it, and only until the work returns. After a statement has failed the transaction is lost: further
/// statements are refused and nothing is committed, even when the exception is caught; on both engines.
public final class Sql {
    private static final int ROWS_AT_ONCE = 500;

    /// Makes a value, never null, of a row.
    @FunctionalInterface
    public interface Mapper<T> {
        T from(Row row);
    }

    private interface Step<T> {
        T run(PreparedStatement statement, Prepared.Columns columns) throws SQLException;
    }

    private final Statements statements;
    private final Diagnosis diagnosis;
    private final Thread owner = Thread.currentThread();
    private boolean over;
    private @Nullable StoreFault failure;

    Sql(Statements statements, Diagnosis diagnosis) {
        this.statements = statements;
        this.diagnosis = diagnosis;
    }

    /// Inserts, updates or deletes; returns how many rows that were.
    public int update(String sql, Object... arguments) {
        return with(sql, (statement, _) -> {
            bind(statement, Arrays.asList(arguments));
            return statement.executeUpdate();
        });
    }

    /// Runs one statement once for each list of arguments, in few round trips.
    public void updateEach(String sql, List<? extends List<?>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        with(sql, (statement, _) -> {
            for (int i = 0; i < rows.size(); i++) {
                bind(statement, rows.get(i));
                statement.addBatch();
                if ((i + 1) % ROWS_AT_ONCE == 0) {
                    statement.executeBatch();
                }
            }
            return statement.executeBatch();
        });
    }

    /// All rows of a query, or of a statement with `RETURNING`, in memory: for results of a bounded size.
    public <T> List<T> query(String sql, Mapper<T> mapper, Object... arguments) {
        return with(sql, (statement, columns) -> {
            bind(statement, Arrays.asList(arguments));
            var found = new ArrayList<T>();
            try (var results = statement.executeQuery()) {
                var row = new Row(results, columns, this);
                while (results.next()) {
                    found.add(mapper.from(row));
                }
            }
            return List.copyOf(found);
        });
    }

    /// The only row of a query, or of a statement with `RETURNING`, or empty when there is none.
    ///
    /// @throws StoreFault when there are several
    public <T> Optional<T> one(String sql, Mapper<T> mapper, Object... arguments) {
        return with(sql, (statement, columns) -> {
            bind(statement, Arrays.asList(arguments));
            try (var results = statement.executeQuery()) {
                if (!results.next()) {
                    return Optional.<T>empty();
                }
                var found = Optional.of(mapper.from(new Row(results, columns, this)));
                if (results.next()) {
                    throw new StoreFault("the query found several rows where one was meant: " + sql);
                }
                return found;
            }
        });
    }

    /// Hands over one row after another: for results of any size.
    public void each(String sql, Consumer<Row> consumer, Object... arguments) {
        with(sql, (statement, columns) -> {
            bind(statement, Arrays.asList(arguments));
            statement.setFetchSize(ROWS_AT_ONCE);
            try (var results = statement.executeQuery()) {
                var row = new Row(results, columns, this);
                while (results.next()) {
                    consumer.accept(row);
                }
            }
            return true;
        });
    }

    /// Notes that the transaction is lost.
    StoreFault failed(SQLException cause) {
        var fault = diagnosis.of(cause);
        if (failure == null) {
            failure = fault;
        }
        return fault;
    }

    /// Ends the use of the handle, when the work has returned or thrown.
    void end() {
        over = true;
    }

    /// The failure that lost the transaction, if there was one.
    Optional<StoreFault> failure() {
        return Optional.ofNullable(failure);
    }

    private <T> T with(String sql, Step<T> step) {
        if (over) {
            throw new IllegalStateException("the transaction of this handle is over");
        }
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("the handle of a transaction belongs to the thread that runs the work");
        }
        if (failure != null) {
            throw new StoreFault("the transaction was lost by an earlier statement", failure);
        }
        try {
            var prepared = statements.take(sql);
            T result;
            try {
                result = step.run(prepared.statement(), prepared.columns());
            } catch (Throwable e) {
                discard(prepared.statement(), e);
                throw e;
            }
            statements.giveBack(sql, prepared);
            return result;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    // A statement that failed may be in any state, so it is not used again.
    private static void discard(PreparedStatement statement, Throwable because) {
        try {
            statement.close();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private static void bind(PreparedStatement statement, List<?> arguments) throws SQLException {
        for (int i = 0; i < arguments.size(); i++) {
            bind(statement, i + 1, arguments.get(i));
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object argument) throws SQLException {
        switch (argument) {
            case null -> throw new IllegalArgumentException("argument " + index + " is null; pass Optional.empty() for NULL");
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Boolean flag -> statement.setBoolean(index, flag);
            case byte[] bytes -> statement.setBytes(index, bytes);
            case Instant instant -> statement.setLong(index, instant.toEpochMilli());
            case Enum<?> constant -> statement.setString(index, constant.name());
            case Optional<?> optional when optional.isPresent() -> bind(statement, index, optional.get());
            case Optional<?> _ -> statement.setNull(index, Types.NULL);
            case Object other -> throw new IllegalArgumentException(
                    "argument " + index + " is of a type that the store does not keep: " + other.getClass().getName());
        }
    }
}
