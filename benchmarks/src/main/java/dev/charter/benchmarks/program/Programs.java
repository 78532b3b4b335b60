package dev.charter.benchmarks.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.charter.benchmarks.Folders;
import dev.charter.benchmarks.bare.BareBoot;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/// The commands that start the packaged authority and the bare program beside it: the same JVM options, the same third-party jars, both extracted, both with a cache that
/// one start and stop has filled (JEP 483, JEP 514).
///
/// @param authority made by the command line's own `demo prepare`, as `./charter up` does it
/// @param bare of this module's one class
public record Programs(List<String> authority, List<String> bare) {
    private static final int LONGEST_MINUTES = 3;

    /// Makes both ready, below the installation's own `target` folders.
    public static Programs prepare(Path installation) throws IOException, InterruptedException {
        var prepared = new ObjectMapper().readTree(run(List.of(java(), "--enable-native-access=ALL-UNNAMED", "-Dcharter.installation=" + installation, "-jar",
                jar(installation.resolve("charter-cli/target"), "charter-cli").toString(), "demo", "prepare", "--json"), Map.of()));
        var authority = new ArrayList<String>();
        prepared.path("command").forEach(word -> authority.add(word.asText()));
        var app = Path.of(prepared.path("folder").asText());
        return new Programs(authority, bare(installation.resolve("benchmarks/target/bare"), app, options(authority)));
    }

    /// The JVM options of the authority, all but its cache.
    private static List<String> options(List<String> authority) {
        return authority.stream().skip(1).takeWhile(word -> !word.equals("-jar")).filter(word -> !word.startsWith("-XX:AOTCache=")).toList();
    }

    private static List<String> bare(Path folder, Path authority, List<String> options) throws IOException, InterruptedException {
        Folders.delete(folder);
        Files.createDirectories(folder);
        var jar = folder.resolve("bare-boot.jar");
        try (var libraries = Files.list(authority.resolve("lib"))) {
            writeBareJar(jar, libraries.filter(file -> !isCharters(file)).sorted().toList());
        }
        var cache = folder.resolve("bare-boot.aot");
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(options);
        var training = new ArrayList<>(command);
        training.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh", "-jar", jar.toString()));
        run(training, Map.of());
        command.addAll(List.of("-XX:AOTCache=" + cache, "-jar", jar.toString()));
        return List.copyOf(command);
    }

    private static boolean isCharters(Path library) {
        return library.getFileName().toString().matches("(license-format|license-signing|store)-[0-9].*");
    }

    private static void writeBareJar(Path jar, List<Path> libraries) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, BareBoot.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, libraries.stream().map(library -> library.toUri().toString()).collect(Collectors.joining(" ")));
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var entry : ownClasses(BareBoot.class.getPackageName().replace('.', '/') + "/").entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
    }

    private static Map<String, byte[]> ownClasses(String folder) throws IOException {
        var classes = new TreeMap<String, byte[]>();
        try (var own = new JarFile(Path.of(BareBoot.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toFile())) {
            for (var entry : (Iterable<JarEntry>) own.stream().filter(e -> e.getName().startsWith(folder) && e.getName().endsWith(".class"))::iterator) {
                classes.put(entry.getName(), own.getInputStream(entry).readAllBytes());
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this program runs from a jar", e);
        }
        return classes;
    }

    private static Path jar(Path folder, String name) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name + "-[0-9.]+\\.jar")).findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no " + name + " in " + folder + "; ./charter bench builds it"));
        }
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
