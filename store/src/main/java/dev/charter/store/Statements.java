package dev.charter.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a transaction gets its prepared statements from and gives them back to. Used by one thread at a time.
sealed interface Statements {

    PreparedStatement take(String sql) throws SQLException;

    void giveBack(String sql, PreparedStatement statement) throws SQLException;

    /// PostgreSQL's driver keeps prepared statements itself, per connection.
    record LeftToDriver(Connection connection) implements Statements {
        @Override
        public PreparedStatement take(String sql) throws SQLException {
            return connection.prepareStatement(sql);
        }

        @Override
        public void giveBack(String sql, PreparedStatement statement) throws SQLException {
            statement.close();
        }
    }

    /// SQLite's driver keeps none, and preparing costs more than running a small statement. A statement that is in use is out of
    /// the cache, so a query within a query of the same text gets another one.
    final class Cached implements Statements {
        private static final int MOST = 256;
        private final Connection connection;
        private final Map<String, PreparedStatement> free = new LinkedHashMap<>(16, 0.75f, true);
        private long prepared;

        Cached(Connection connection) {
            this.connection = connection;
        }

        @Override
        public PreparedStatement take(String sql) throws SQLException {
            var statement = free.remove(sql);
            if (statement != null) {
                return statement;
            }
            prepared++;
            return connection.prepareStatement(sql);
        }

        @Override
        public void giveBack(String sql, PreparedStatement statement) throws SQLException {
            statement.clearParameters(); // so that large arguments are not held on to
            var twin = free.put(sql, statement);
            if (twin != null) {
                twin.close();
            }
            if (free.size() > MOST) {
                var eldest = free.keySet().iterator().next();
                var unused = free.remove(eldest);
                if (unused != null) {
                    unused.close();
                }
            }
        }

        /// How many statements were prepared so far.
        long prepared() {
            return prepared;
        }

        void close() throws SQLException {
            for (var statement : new ArrayList<>(free.values())) {
                statement.close();
            }
            free.clear();
        }
    }
}
