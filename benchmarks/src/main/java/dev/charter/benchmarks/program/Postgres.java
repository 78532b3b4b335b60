package dev.charter.benchmarks.program;

import dev.charter.benchmarks.Folders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/// A PostgreSQL server of this run's own, which keeps what it commits as one in production does.
public final class Postgres implements AutoCloseable {
    private final Path folder;
    private final EmbeddedPostgres server;

    private Postgres(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    public static Postgres start() throws IOException, SQLException {
        var folder = Folders.temporary("postgres");
        var server = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2)).setDataDirectory(folder.resolve("data")).setCleanDataDirectory(false)
                .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "1GB").setServerConfig("max_wal_size", "8GB").start();
        var postgres = new Postgres(folder, server);
        postgres.insistOnDurability();
        return postgres;
    }

    /// What is measured without it would be another program.
    private void insistOnDurability() throws SQLException {
        try (var connection = connect("postgres"); var statement = connection.createStatement()) {
            for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                try (var results = statement.executeQuery("SHOW " + setting)) {
                    if (!results.next() || !results.getString(1).equals("on")) {
                        throw new IllegalStateException("PostgreSQL runs without " + setting);
                    }
                }
            }
        }
    }

    public String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database));
    }

    public void create(String database) throws SQLException {
        execute("CREATE DATABASE " + database);
    }

    /// Nobody may be connected to the one that is copied.
    public void copy(String from, String to) throws SQLException {
        execute("CREATE DATABASE " + to + " TEMPLATE " + from);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connect("postgres"); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The server's main process, which started all others.
    public ProcessHandle process() throws IOException {
        // The first line of this file is its ID (PostgreSQL's manual, "Database File Layout").
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip())).orElseThrow();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Folders.delete(folder);
    }
}
