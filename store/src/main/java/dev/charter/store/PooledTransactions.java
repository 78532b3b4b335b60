package dev.charter.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PostgreSQL's transactions: concurrent, each on a connection of its own. Two pools, so that each connection has its settings once
/// and for all: one that writes at READ COMMITTED, one that only reads, at REPEATABLE READ, which there is a snapshot that never fails.
final class PooledTransactions implements Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(PooledTransactions.class);
    private static final int MOST_TRIES = 12;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT_FOR_CONNECTION = Duration.ofSeconds(10);
    // A server that has vanished without a word is noticed after this; one statement or commit may not take longer.
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final HikariDataSource writers;
    private final HikariDataSource readers;
    private final RandomGenerator jitter;
    private final Nesting nesting = new Nesting();

    /// @param jitter is used by many threads at once
    PooledTransactions(StoreUrl.PostgresDatabase url, int mostWriters, int mostReaders, RandomGenerator jitter) {
        this.jitter = jitter;
        this.writers = pool(url, "writers", mostWriters, false);
        try {
            this.readers = pool(url, "readers", mostReaders, true);
        } catch (Throwable e) {
            writers.close();
            throw e;
        }
    }

    static PGSimpleDataSource dataSource(StoreUrl.PostgresDatabase url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        url.user().ifPresent(source::setUser);
        url.password().ifPresent(source::setPassword);
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true); // many rows are then a few statements
        source.setApplicationName("charter");
        return source;
    }

    private static HikariDataSource pool(StoreUrl.PostgresDatabase url, String name, int most, boolean readOnly) {
        var source = dataSource(url);
        if (source.getSocketTimeout() == 0) {
            source.setSocketTimeout(Math.toIntExact(LONGEST_SILENCE.toSeconds()));
        }
        var settings = new HikariConfig();
        settings.setDataSource(source);
        settings.setPoolName("store-" + name);
        settings.setMaximumPoolSize(most);
        settings.setMinimumIdle(readOnly ? 1 : most);
        settings.setAutoCommit(false);
        settings.setReadOnly(readOnly);
        settings.setTransactionIsolation(readOnly ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
        settings.setConnectionTimeout(LONGEST_WAIT_FOR_CONNECTION.toMillis());
        try {
            return new HikariDataSource(settings);
        } catch (RuntimeException e) {
            throw new StoreUnavailable("PostgreSQL cannot be reached at " + url, e);
        }
    }

    @Override
    public <T> T inOne(Work<T> work) {
        return nesting.enter(() -> untilItWins(work));
    }

    @Override
    public <T> T reading(Work<T> work) {
        return nesting.enter(() -> once(readers, new Diagnosis.OfPostgres(false), work));
    }

    void refuseWithin() {
        nesting.refuseWithin();
    }

    void close() {
        try (writers; readers) {
            LOG.debug("closing the connections to PostgreSQL");
        }
    }

    private <T> T untilItWins(Work<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return once(writers, new Diagnosis.OfPostgres(true), work);
            } catch (RuntimeException e) {
                if (e instanceof CommitUnknown || !Diagnosis.worthAnotherTry(e)) {
                    throw e;
                }
                if (tries == MOST_TRIES) {
                    throw new StoreUnavailable("the transaction lost against others " + tries + " times", e);
                }
                pause(tries, e);
            }
        }
    }

    /// Up to 2, 4, 8 ... 250 ms, at random: those who collided must not meet again.
    private void pause(int tries, RuntimeException lost) {
        long longest = Math.min(LONGEST_PAUSE.toNanos(), FIRST_PAUSE.toNanos() << (tries - 1));
        try {
            Thread.sleep(Duration.ofNanos(jitter.nextLong(longest)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var given = new StoreUnavailable("interrupted before another try; nothing was kept", e);
            given.addSuppressed(lost);
            throw given;
        }
    }

    private static <T> T once(HikariDataSource pool, Diagnosis diagnosis, Work<T> work) {
        Connection connection;
        try {
            connection = pool.getConnection();
        } catch (SQLException e) {
            throw new StoreUnavailable(pool.isClosed() ? "the store is closed" : "no connection to PostgreSQL", e);
        }
        try {
            var result = run(connection, diagnosis, work);
            try {
                connection.commit();
            } catch (SQLException e) {
                throw diagnosis.ofCommit(e);
            }
            return result;
        } finally {
            giveBack(connection);
        }
    }

    private static <T> T run(Connection connection, Diagnosis diagnosis, Work<T> work) {
        var sql = new Sql(new Statements.LeftToDriver(connection), diagnosis);
        try {
            var result = Objects.requireNonNull(work.in(sql), "work returns a value, never null");
            Optional<StoreFault> caught = sql.failure();
            if (caught.isPresent()) {
                throw caught.get();
            }
            return result;
        } catch (Throwable e) {
            try {
                connection.rollback();
            } catch (SQLException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        } finally {
            sql.end();
        }
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The outcome is settled already and must not turn into another; the pool drops such a connection.
            LOG.warn("a connection to PostgreSQL could not be given back", e);
        }
    }
}
