package dev.charter.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// One row of a result. Columns are asked for by name; a getter that is not `optional` refuses NULL. Valid only
/// while it is being mapped.
public final class Row {
    private final ResultSet results;
    private final Prepared.Columns columns;
    private final Sql sql;

    Row(ResultSet results, Prepared.Columns columns, Sql sql) {
        this.results = results;
        this.columns = columns;
        this.sql = sql;
    }

    public String text(String column) {
        return optionalText(column).orElseThrow(() -> isNull(column));
    }

    public long number(String column) {
        return optionalNumber(column).orElseThrow(() -> isNull(column));
    }

    /// @throws ArithmeticException when the number does not fit
    public int smallNumber(String column) {
        return Math.toIntExact(number(column));
    }

    public boolean flag(String column) {
        try {
            boolean value = results.getBoolean(columns.of(results, column));
            if (results.wasNull()) {
                throw isNull(column);
            }
            return value;
        } catch (SQLException e) {
            throw sql.failed(e);
        }
    }

    public byte[] bytes(String column) {
        return optionalBytes(column).orElseThrow(() -> isNull(column));
    }

    /// A time kept as epoch milliseconds.
    public Instant instant(String column) {
        return Instant.ofEpochMilli(number(column));
    }

    /// A constant kept by its name.
    public <E extends Enum<E>> E constant(Class<E> type, String column) {
        return Enum.valueOf(type, text(column));
    }

    public Optional<String> optionalText(String column) {
        try {
            return Optional.ofNullable(results.getString(columns.of(results, column)));
        } catch (SQLException e) {
            throw sql.failed(e);
        }
    }

    public Optional<Long> optionalNumber(String column) {
        try {
            long value = results.getLong(columns.of(results, column));
            return results.wasNull() ? Optional.empty() : Optional.of(value);
        } catch (SQLException e) {
            throw sql.failed(e);
        }
    }

    public Optional<byte[]> optionalBytes(String column) {
        try {
            return Optional.ofNullable(results.getBytes(columns.of(results, column)));
        } catch (SQLException e) {
            throw sql.failed(e);
        }
    }

    public Optional<Instant> optionalInstant(String column) {
        return optionalNumber(column).map(Instant::ofEpochMilli);
    }

    private static StoreFault isNull(String column) {
        return new StoreFault("column " + column + " is NULL, and was asked for as a value that is always there");
    }
}
