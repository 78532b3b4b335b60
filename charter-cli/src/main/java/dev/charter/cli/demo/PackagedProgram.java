package dev.charter.cli.demo;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A packaged server, made ready to start fast: extracted into `app/` beside its jar, with an ahead-of-time cache of its classes (JEP 483, JEP 514).
/// The cache belongs to one jar, one folder and one JDK; until one of them changes it is used again.
final class PackagedProgram {
    private static final String OPTIONS_FILE = "java-options";
    private static final String CACHE = "app.aot";
    private static final String MADE_OF = "made-of";
    private static final String LOCK = "app.lock";
    /// What C2 has compiled by the end of the training it compiles again at each start, before anything else. Ten times the usual thresholds leave to it what runs on after the start, too; the rest
    /// is compiled by C1, and by C2 once it is worth it (docs/performance.md).
    private static final List<String> TRAINING_OPTIONS = List.of("-XX:Tier4InvocationThreshold=50000", "-XX:Tier4MinInvocationThreshold=6000", "-XX:Tier4CompileThreshold=150000",
            "-XX:Tier4BackEdgeThreshold=400000");
    private static final int MOST_MINUTES = 3;
    private static final int PAUSE_MILLIS = 50;
    /// 128 and the number of SIGTERM.
    private static final int TOLD_TO_STOP = 143;

    private final DemoServer server;
    private final Path jar;
    private final Path app;
    private final Console console;

    private PackagedProgram(DemoServer server, Path jar, Console console) {
        this.server = server;
        this.jar = jar;
        this.app = jar.resolveSibling("app");
        this.console = console;
    }

    /// The program of that jar; else the one that the launcher built.
    static PackagedProgram choose(DemoServer server, Optional<Path> option, Console console) {
        var jar = option.or(() -> console.surroundings().installation().map(folder -> folder.resolve(server.module()).resolve("target")).flatMap(folder -> jarIn(folder, server.module())));
        return new PackagedProgram(server, jar.filter(Files::isRegularFile).orElseThrow(() -> CommandFailed.with(Ending.MISSING, server.subject() + " is not built.",
                "Start this by the launcher, which builds it: ./charter up. Or name the jar: --" + server.option() + " FILE")).toAbsolutePath(), console);
    }

    private static Optional<Path> jarIn(Path folder, String module) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(module + "-[0-9.]+\\.jar")).sorted().findFirst();
        } catch (IOException notBuilt) {
            return Optional.empty();
        }
    }

    DemoServer server() {
        return server;
    }

    Path folder() {
        return app;
    }

    /// Extracts it and makes the cache, unless both are there. Without a cache the server works, and starts more slowly. Of several processes that do so at the same time
    /// one works and the others wait.
    void prepare() throws IOException {
        var present = madeOf();
        if (isMadeOf(present)) {
            return;
        }
        try (var file = FileChannel.open(jar.resolveSibling(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE); var _ = file.lock()) {
            if (!isMadeOf(present)) {
                make(present);
            }
        }
    }

    private boolean isMadeOf(String present) throws IOException {
        return Files.isRegularFile(app.resolve(MADE_OF)) && Files.readString(app.resolve(MADE_OF)).equals(present);
    }

    private void make(String present) throws IOException {
        console.say("Preparing " + server.named() + " for fast starts (once for each build).");
        delete(app);
        run("extract", List.of(java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", app.toString()), Map.of(), Optional.empty());
        UnsignedJars.in(app.resolve("lib"));
        Files.write(app.resolve(OPTIONS_FILE), server.options());
        try {
            train();
        } catch (CommandFailed untrained) {
            console.say("Java made no start-up cache for " + server.named() + ", so it starts without one. " + untrained.getMessage());
            Files.deleteIfExists(app.resolve(CACHE));
        }
        Files.writeString(app.resolve(MADE_OF), present);
    }

    /// What the cache belongs to.
    private String madeOf() throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar))) + "\n" + app + "\n" + Runtime.version() + "\n"
                    + String.join(" ", server.options()) + "\n" + String.join(" ", TRAINING_OPTIONS) + "\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// One start in a folder that exists for it alone.
    private void train() throws IOException {
        var scratch = Files.createTempDirectory("charter-training");
        try {
            var training = server.training(scratch, console.surroundings().clock());
            var command = new ArrayList<>(List.of(java()));
            command.addAll(server.options());
            command.addAll(TRAINING_OPTIONS);
            command.add("-XX:AOTCacheOutput=" + app.resolve(CACHE));
            if (training.readyFile().isEmpty()) {
                command.add("-Dspring.context.exit=onRefresh");
            }
            command.addAll(List.of("-jar", extractedJar().toString()));
            run("training", command, training.settings(), training.readyFile());
            if (!Files.isRegularFile(app.resolve(CACHE))) {
                throw CommandFailed.with(Ending.FAULT, "Nothing was recorded.");
            }
        } finally {
            delete(scratch);
        }
    }

    /// The command that starts it.
    List<String> command() {
        var command = new ArrayList<>(List.of(java(), "@" + app.resolve(OPTIONS_FILE)));
        if (Files.isRegularFile(app.resolve(CACHE))) {
            command.add("-XX:AOTCache=" + app.resolve(CACHE));
        }
        command.addAll(List.of("-jar", extractedJar().toString()));
        return command;
    }

    private Path extractedJar() {
        return app.resolve(jar.getFileName());
    }

    /// The environment of a process that has these settings of the server and no others.
    void giveSettings(ProcessBuilder process, Map<String, String> settings) {
        process.environment().keySet().removeIf(name -> name.startsWith(server.prefix()));
        process.environment().putAll(settings);
    }

    /// @param readyFile the process is told to stop once that file is there; without one, it ends by itself
    private void run(String what, List<String> command, Map<String, String> settings, Optional<Path> readyFile) throws IOException {
        var log = Files.createTempFile("charter-" + what, ".log");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            giveSettings(builder, settings);
            var process = builder.start();
            process.getOutputStream().close();
            if (readyFile.isPresent()) {
                stopOnceThere(process, readyFile.get());
            }
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw CommandFailed.with(Ending.FAULT, "The " + what + " took longer than " + MOST_MINUTES + " minutes.");
            }
            if (process.exitValue() != 0 && (readyFile.isEmpty() || process.exitValue() != TOLD_TO_STOP)) {
                throw CommandFailed.with(Ending.FAULT, "The " + what + " ended with " + process.exitValue() + ":\n" + LastLines.of(log));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CommandFailed.with(Ending.FAULT, "The " + what + " was interrupted.");
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private static void stopOnceThere(Process process, Path readyFile) throws InterruptedException {
        var until = System.nanoTime() + TimeUnit.MINUTES.toNanos(MOST_MINUTES);
        while (process.isAlive() && !Files.exists(readyFile) && System.nanoTime() < until) {
            Thread.sleep(PAUSE_MILLIS);
        }
        process.destroy();
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseGet(() -> Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
