package dev.charter.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// A prepared statement, and where the columns of its results stand.
record Prepared(PreparedStatement statement, Columns columns) {
    /// Finds a column by its name.
    @FunctionalInterface
    interface Columns {
        int of(ResultSet results, String name) throws SQLException;
    }
}
