package dev.charter.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a transaction gets its prepared statements from and gives them back to. Used by one thread at a time.
sealed interface Statements {

    Prepared take(String sql) throws SQLException;

    void giveBack(String sql, Prepared prepared) throws SQLException;

    /// PostgreSQL's driver keeps prepared statements itself, per connection, and knows where their columns stand.
    record LeftToDriver(Connection connection) implements Statements {
        @Override
        public Prepared take(String sql) throws SQLException {
            return new Prepared(connection.prepareStatement(sql), ResultSet::findColumn);
        }

        @Override
        public void giveBack(String sql, Prepared prepared) throws SQLException {
            prepared.statement().close();
        }
    }

    /// SQLite's driver keeps none, and preparing costs more than running a small statement; it looks for each column of each row by comparing names one by one. A statement that is in use is out of
    /// the cache, so a query within a query of the same text gets another one.
    final class Cached implements Statements {
        private static final int MOST = 256;
        private final Connection connection;
        private final Map<String, Prepared> free = new LinkedHashMap<>(16, 0.75f, true);
        private long prepared;

        Cached(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Prepared take(String sql) throws SQLException {
            var known = free.remove(sql);
            if (known != null) {
                return known;
            }
            prepared++;
            return new Prepared(connection.prepareStatement(sql), remembered());
        }

        private static Prepared.Columns remembered() {
            var known = new HashMap<String, Integer>();
            return (results, name) -> {
                var index = known.get(name);
                if (index == null) {
                    index = results.findColumn(name);
                    known.put(name, index);
                }
                return index;
            };
        }

        @Override
        public void giveBack(String sql, Prepared used) throws SQLException {
            used.statement().clearParameters(); // so that large arguments are not held on to
            var twin = free.put(sql, used);
            if (twin != null) {
                twin.statement().close();
            }
            if (free.size() > MOST) {
                var eldest = free.keySet().iterator().next();
                var unused = free.remove(eldest);
                if (unused != null) {
                    unused.statement().close();
                }
            }
        }

        /// How many statements were prepared so far.
        long prepared() {
            return prepared;
        }

        void close() throws SQLException {
            for (var each : free.values()) {
                each.statement().close();
            }
            free.clear();
        }
    }
}
