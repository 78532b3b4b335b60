package dev.charter.benchmarks.program;

import dev.charter.benchmarks.bare.BareBoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The commands that start the packaged authority and the bare program beside it.
///
/// @param authority as `./charter up` starts it
/// @param server of what the authority consists
/// @param bare Spring Boot as it sets itself up
public record Programs(List<String> authority, PackagedServer server, List<String> bare) {
    private static final int LONGEST_MINUTES = 3;

    /// Makes both ready, below the installation's own `target` folders.
    public static Programs prepare(Path installation) throws IOException, InterruptedException {
        var authority = PackagedServer.authority(installation);
        return new Programs(authority.command(), authority, BareProgram.make(installation.resolve("benchmarks/target/bare"), BareBoot.class, authority, Map.of()));
    }

    static String java() {
        return ProcessHandle.current().info().command().orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    /// Runs a program to its end and returns what it printed.
    static String run(List<String> command, Map<String, String> settings) throws IOException, InterruptedException {
        var log = Files.createTempFile("charter-bench", ".log");
        try {
            var builder = new ProcessBuilder(command).redirectError(log.toFile());
            builder.environment().putAll(settings);
            var process = builder.start();
            process.getOutputStream().close();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + printed + Files.readString(log));
            }
            return printed;
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
