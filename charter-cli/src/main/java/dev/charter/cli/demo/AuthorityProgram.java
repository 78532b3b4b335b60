package dev.charter.cli.demo;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import dev.charter.signing.Strength;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
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

/// The packaged authority, made ready to start fast: extracted into `app/` beside its jar, with an ahead-of-time cache of its classes (JEP 483, JEP 514).
/// The cache belongs to one jar, one folder and one JDK; until one of them changes it is used again.
final class AuthorityProgram {
    /// The same when the cache is made and when it is used. The heap has room for the derivation of the keys' passphrase, which takes 64 MiB for a moment,
    /// and gives back at the next collection what it does not need.
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m", "-Xms32m", "-XX:NewSize=16m", "-XX:MaxNewSize=64m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20", "-XX:-ShrinkHeapInSteps");
    private static final String OPTIONS_FILE = "java-options";
    private static final String CACHE = "app.aot";
    private static final String MADE_OF = "made-of";
    private static final int MOST_MINUTES = 3;

    private final Path jar;
    private final Path app;
    private final Console console;

    private AuthorityProgram(Path jar, Console console) {
        this.jar = jar;
        this.app = jar.resolveSibling("app");
        this.console = console;
    }

    /// The program of that jar; else the one that the launcher built.
    static AuthorityProgram choose(Optional<Path> option, Console console) {
        var jar = option.or(() -> console.surroundings().installation().map(folder -> folder.resolve("authority-server").resolve("target")).flatMap(AuthorityProgram::jarIn));
        return new AuthorityProgram(jar.filter(Files::isRegularFile).orElseThrow(() -> CommandFailed.with(Ending.MISSING, "The authority is not built.",
                "Start this by the launcher, which builds it: ./charter up. Or name the jar: --authority-jar FILE")).toAbsolutePath(), console);
    }

    private static Optional<Path> jarIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("authority-server-[0-9.]+\\.jar")).sorted().findFirst();
        } catch (IOException notBuilt) {
            return Optional.empty();
        }
    }

    Path folder() {
        return app;
    }

    /// Extracts it and makes the cache, unless both are there. Without a cache the authority works, and starts more slowly.
    void prepare() throws IOException {
        var present = madeOf();
        if (Files.isRegularFile(app.resolve(MADE_OF)) && Files.readString(app.resolve(MADE_OF)).equals(present)) {
            return;
        }
        console.say("Preparing the authority for fast starts (once for each build).");
        delete(app);
        run("extract", List.of(java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", app.toString()), Map.of());
        Files.write(app.resolve(OPTIONS_FILE), OPTIONS);
        try {
            train();
        } catch (CommandFailed untrained) {
            console.say("Java made no start-up cache for the authority, so it starts without one. " + untrained.getMessage());
            Files.deleteIfExists(app.resolve(CACHE));
        }
        Files.writeString(app.resolve(MADE_OF), present);
    }

    /// What the cache belongs to.
    private String madeOf() throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar))) + "\n" + app + "\n" + Runtime.version() + "\n"
                    + String.join(" ", OPTIONS) + "\n";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// One start on a data folder and keys that exist for it alone.
    private void train() throws IOException {
        var scratch = Files.createTempDirectory("charter-training");
        try {
            var passphrase = scratch.resolve("passphrase");
            DemoKeys.ensure(scratch.resolve("vendor"), passphrase, Strength.HYBRID, console.surroundings().clock());
            var command = new ArrayList<>(List.of(java()));
            command.addAll(OPTIONS);
            command.addAll(List.of("-XX:AOTCacheOutput=" + app.resolve(CACHE), "-Dspring.context.exit=onRefresh", "-jar", extractedJar().toString()));
            run("training", command, settings(scratch.resolve("authority"), 0, scratch.resolve("vendor").resolve("issuing"), passphrase, scratch.resolve("token")));
            if (!Files.isRegularFile(app.resolve(CACHE))) {
                throw CommandFailed.with(Ending.FAULT, "Nothing was recorded.");
            }
        } finally {
            delete(scratch);
        }
    }

    /// The command that starts the authority.
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

    static Map<String, String> settings(Path data, int port, Path issuing, Path passphrase, Path token) {
        return Map.of("CHARTER_AUTHORITY_DATA", data.toString(), "CHARTER_AUTHORITY_PORT", Integer.toString(port), "CHARTER_AUTHORITY_KEYS", issuing.toString(),
                "CHARTER_AUTHORITY_KEYS_PASSPHRASE_FILE", passphrase.toString(), "CHARTER_AUTHORITY_SETUP_TOKEN_FILE", token.toString(), "CHARTER_AUTHORITY_LOG", "plain");
    }

    /// The environment of a process that has these settings of the authority and no others.
    static void giveSettings(ProcessBuilder process, Map<String, String> settings) {
        process.environment().keySet().removeIf(name -> name.startsWith("CHARTER_AUTHORITY_"));
        process.environment().putAll(settings);
    }

    private static void run(String what, List<String> command, Map<String, String> settings) throws IOException {
        var log = Files.createTempFile("charter-" + what, ".log");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            giveSettings(builder, settings);
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw CommandFailed.with(Ending.FAULT, "The " + what + " took longer than " + MOST_MINUTES + " minutes.");
            }
            if (process.exitValue() != 0) {
                throw CommandFailed.with(Ending.FAULT, "The " + what + " ended with " + process.exitValue() + ":\n" + LastLines.of(log));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CommandFailed.with(Ending.FAULT, "The " + what + " was interrupted.");
        } finally {
            Files.deleteIfExists(log);
        }
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
