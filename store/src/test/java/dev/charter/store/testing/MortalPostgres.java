package dev.charter.store.testing;

import dev.charter.store.StoreUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// A PostgreSQL server of one test's own that can be killed and started again on the same data and port.
/// It commits as in production: no acknowledged transaction is lost with its processes.
public final class MortalPostgres implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres server;

    public MortalPostgres() {
        try {
            data = Files.createTempDirectory("mortal-postgres");
            server = start(0);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started for this test", e);
        }
    }

    /// An empty database on this server.
    public StoreUrl fresh(String name) {
        return Engines.freshOn(server, name);
    }

    /// Ends all its processes at once, as `kill -9` does, and returns when they are gone.
    public void kill() {
        var main = ProcessHandle.of(processId()).orElseThrow();
        var all = Stream.concat(Stream.of(main), main.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new)).join();
    }

    /// Starts a killed server again; it recovers from its log.
    public void startAgain() {
        try {
            int port = server.getPort();
            server.close(); // lets go of the lock on the data folder
            server = start(port);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started again", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (var paths = Files.walk(data)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        var builder = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofMinutes(2))
                .setDataDirectory(data.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on");
        if (port != 0) {
            builder.setPort(port);
        }
        return builder.start();
    }

    // The first line of this file is the main process's id (PostgreSQL's manual, "Database File Layout").
    private long processId() {
        try {
            return Long.parseLong(Files.readAllLines(data.resolve("data/postmaster.pid")).getFirst().strip());
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not run", e);
        }
    }
}
