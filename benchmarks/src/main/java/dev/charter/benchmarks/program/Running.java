package dev.charter.benchmarks.program;

import dev.charter.benchmarks.load.Connection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A server that was started as a process of its own and said where it listens.
///
/// @param firstAnswer from the start of the process to its first 200 on `/health`
public record Running(Process process, URI url, Duration firstAnswer) implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");
    private static final int LONGEST_STOP_SECONDS = 60;

    /// Starts it and waits for its first healthy answer. What it logs is shown only where it does not start.
    public static Running start(List<String> command, Map<String, String> settings) throws IOException {
        var log = Files.createTempFile("charter-bench", ".log");
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CHARTER_"));
        builder.environment().putAll(settings);
        long began = System.nanoTime();
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            var url = url(out, log);
            Thread.ofVirtual().start(() -> out.lines().forEach(_ -> { })); // so that it never waits for somebody to read
            try (var connection = new Connection(url)) {
                var health = connection.exchange(Connection.get("/health", ""));
                if (health.status() != 200) {
                    throw new IllegalStateException("the first answer on /health was " + health.status() + ": " + health.text());
                }
            }
            return new Running(process, url, Duration.ofNanos(System.nanoTime() - began));
        } catch (IOException | RuntimeException fault) {
            process.destroyForcibly();
            throw fault;
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static URI url(BufferedReader out, Path log) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            var found = URL.matcher(line);
            if (found.find()) {
                return URI.create(found.group());
            }
        }
        throw new IllegalStateException("the program ended before it listened:\n" + Files.readString(log));
    }

    public double residentMegabytes() {
        return Resident.megabytes(process.pid());
    }

    /// Of all its threads since it was started.
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElseThrow(() -> new IllegalStateException("this system does not tell what a process has used"));
    }

    /// Stops it as an operator does, and waits for it.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
