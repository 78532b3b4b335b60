package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.LicenseKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A child process whose output is kept and can be waited for. In the output of a server no license key may stand, whatever a test did with it.
final class Program implements AutoCloseable {
    private static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";
    /// For a server that lives for seconds or a minute: what the compiler for hot code does in them is a third of the processor time of a start, and comes to nothing.
    /// What `./charter up` starts does without it.
    static final Map<String, String> FOR_SECONDS = Map.of(JAVA_OPTIONS, "-XX:TieredStopAtLevel=1");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Pattern SERVER = Pattern.compile("(?:authority|floating|mqtt)-server-[^/]*\\.jar");
    private static final Pattern KEY = Pattern.compile("(?i)(?<![A-Z0-9])[A-Z2-9]{5}(?:-?[A-Z2-9]{5}){4}(?![A-Z0-9])");

    private final Process process;
    private final boolean serves;
    /// Its own, where it is given options of Java.
    private final Optional<Path> temporary;
    private final List<String> output = new ArrayList<>();
    private boolean ended;

    private Program(Process process, boolean serves, Optional<Path> temporary) {
        this.process = process;
        this.serves = serves;
        this.temporary = temporary;
        Thread.ofVirtual().start(this::readOutput);
    }

    static Program start(Path folder, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("CHARTER_"));
        builder.environment().putAll(environment);
        try {
            var temporary = Optional.<Path>empty();
            if (environment.containsKey(JAVA_OPTIONS)) {
                temporary = Optional.of(Files.createTempDirectory(folder, "temporary"));
                builder.environment().merge(JAVA_OPTIONS, "-Djava.io.tmpdir=" + temporary.get(), (others, own) -> others + " " + own);
            }
            return new Program(builder.start(), command.stream().anyMatch(word -> SERVER.matcher(word).find()), temporary);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        }
    }

    private void readOutput() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (output) {
                    output.add(line);
                    output.notifyAll();
                }
            }
        } catch (IOException closed) {
            synchronized (output) {
                output.add("(the output ended: " + closed.getMessage() + ")");
            }
        }
        synchronized (output) {
            ended = true;
            output.notifyAll();
        }
    }

    /// The first line of its output that is so; fails when the program ends, or goes on without it for too long.
    String awaitLine(Predicate<String> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (output) {
            while (true) {
                var found = output.stream().filter(wanted).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                long left = deadline - System.nanoTime();
                if (ended || left <= 0) {
                    throw new AssertionError((ended ? "the program ended" : "time ran out") + " before the line came; its output was\n" + String.join("\n", output));
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(output, left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /// Everything that it has printed so far.
    String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /// Writes a line to its standard input.
    void type(String line) {
        try {
            var writer = process.outputWriter(StandardCharsets.UTF_8);
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long id() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// `kill -9`. A server that was up leaves nothing in its temporary folder.
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit();
        if (output().contains(" listens at http")) {
            temporary.ifPresent(left -> assertThat(left).isEmptyDirectory());
        }
    }

    /// SIGTERM, as an operator or Ctrl-C stops it; its exit code.
    int stop() {
        process.destroy();
        return awaitExit();
    }

    int awaitExit() {
        return awaitExit(PATIENCE);
    }

    int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the program does not end; its output was\n" + output());
            }
            synchronized (output) {
                while (!ended) {
                    output.wait(PATIENCE.toMillis());
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        if (serves) {
            printsNoLicenseKey();
        }
    }

    private void printsNoLicenseKey() {
        var found = KEY.matcher(output()).results().map(MatchResult::group).filter(text -> LicenseKey.read(text) instanceof LicenseKey.Reading.Whole).toList();
        if (!found.isEmpty()) {
            throw new AssertionError("a server printed license keys, " + found + ":\n" + output());
        }
    }
}
