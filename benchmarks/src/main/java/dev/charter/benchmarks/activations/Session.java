package dev.charter.benchmarks.activations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One plain JDBC connection, with each statement prepared once.
final class Session {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Session(Connection connection) {
        this.connection = connection;
    }

    /// Runs steps one after another; results are read to their end.
    void run(List<Step> steps) throws SQLException {
        for (var step : steps) {
            run(step);
        }
    }

    private void run(Step step) throws SQLException {
        var statement = prepared.get(step.sql());
        if (statement == null) {
            statement = connection.prepareStatement(step.sql());
            prepared.put(step.sql(), statement);
        }
        if (step.rows().size() > 1) {
            for (var row : step.rows()) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
            return;
        }
        bind(statement, step.rows().getFirst());
        if (statement.execute()) {
            try (var results = statement.getResultSet()) {
                int columns = results.getMetaData().getColumnCount();
                while (results.next()) {
                    for (int i = 1; i <= columns; i++) {
                        results.getObject(i);
                    }
                }
            }
        } else if (statement.getUpdateCount() != 1) {
            throw new SQLException("one row was to be changed, not " + statement.getUpdateCount() + ": " + step.sql());
        }
    }

    private static void bind(PreparedStatement statement, List<Object> row) throws SQLException {
        for (int i = 0; i < row.size(); i++) {
            switch (row.get(i)) {
                case String text -> statement.setString(i + 1, text);
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case Object other -> throw new IllegalArgumentException("not an argument: " + other.getClass());
            }
        }
    }

    Connection connection() {
        return connection;
    }

    void close() throws SQLException {
        for (var statement : prepared.values()) {
            statement.close();
        }
        connection.close();
    }
}
