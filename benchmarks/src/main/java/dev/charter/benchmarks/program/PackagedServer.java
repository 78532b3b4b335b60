package dev.charter.benchmarks.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server as `./charter up` makes it ready and starts it: extracted, with a start-up cache.
///
/// @param command starts it
/// @param folder where it was extracted
public record PackagedServer(List<String> command, Path folder) {

    static PackagedServer authority(Path installation) throws IOException, InterruptedException {
        return prepare(installation, List.of());
    }

    public static PackagedServer mqtt(Path installation) throws IOException, InterruptedException {
        return prepare(installation, List.of("--mqtt"));
    }

    public static PackagedServer floating(Path installation) throws IOException, InterruptedException {
        return prepare(installation, List.of("--floating"));
    }

    private static PackagedServer prepare(Path installation, List<String> which) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Programs.java(), "--enable-native-access=ALL-UNNAMED", "-Dcharter.installation=" + installation, "-jar",
                jar(installation.resolve("charter-cli/target"), "charter-cli").toString(), "demo", "prepare", "--json"));
        command.addAll(which);
        var prepared = new ObjectMapper().readTree(Programs.run(command, Map.of()));
        var words = new ArrayList<String>();
        prepared.path("command").forEach(word -> words.add(word.asText()));
        return new PackagedServer(List.copyOf(words), Path.of(prepared.path("folder").asText()));
    }

    /// Its JVM options, all but its cache.
    List<String> options() {
        return command.stream().skip(1).takeWhile(word -> !word.equals("-jar")).filter(word -> !word.startsWith("-XX:AOTCache=")).toList();
    }

    /// The jars of others that it stands on.
    List<Path> librariesOfOthers() throws IOException {
        try (var libraries = Files.list(folder.resolve("lib"))) {
            return libraries.filter(file -> !isCharters(file)).sorted().toList();
        }
    }

    /// Everything that it consists of.
    public List<Path> classPath() throws IOException {
        var all = new ArrayList<Path>();
        try (var files = Files.list(folder); var libraries = Files.list(folder.resolve("lib"))) {
            files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(all::add);
            libraries.sorted().forEach(all::add);
        }
        return all;
    }

    private static boolean isCharters(Path library) {
        return library.getFileName().toString().matches("(license-[a-z-]+|server|store|web)-[0-9].*");
    }

    private static Path jar(Path folder, String name) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name + "-[0-9.]+\\.jar")).findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no " + name + " in " + folder + "; ./charter bench builds it"));
        }
    }
}
