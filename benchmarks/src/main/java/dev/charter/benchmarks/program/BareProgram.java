package dev.charter.benchmarks.program;

import dev.charter.benchmarks.Folders;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/// Makes a bare program beside a packaged server: a class of this module with the server's JVM options and the server's third-party jars, with a cache of its own
/// that one start has filled (JEP 483, JEP 514).
final class BareProgram {
    private BareProgram() {}

    /// @param main its main class; everything in its package goes along
    /// @param training settings for the start that fills the cache
    /// @return the command that starts it
    static List<String> make(Path folder, Class<?> main, PackagedServer beside, Map<String, String> training) throws IOException, InterruptedException {
        Folders.delete(folder);
        Files.createDirectories(folder);
        var jar = folder.resolve("bare.jar");
        writeJar(jar, main, beside.librariesOfOthers());
        var cache = folder.resolve("bare.aot");
        var command = new ArrayList<String>();
        command.add(Programs.java());
        command.addAll(beside.options());
        var first = new ArrayList<>(command);
        first.addAll(List.of("-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh", "-jar", jar.toString()));
        Programs.run(first, training);
        command.addAll(List.of("-XX:AOTCache=" + cache, "-jar", jar.toString()));
        return List.copyOf(command);
    }

    private static void writeJar(Path jar, Class<?> main, List<Path> libraries) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, libraries.stream().map(library -> library.toUri().toString()).collect(Collectors.joining(" ")));
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var entry : ownClasses(main).entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
    }

    private static Map<String, byte[]> ownClasses(Class<?> main) throws IOException {
        var folder = main.getPackageName().replace('.', '/') + "/";
        var classes = new TreeMap<String, byte[]>();
        try (var own = new JarFile(Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI()).toFile())) {
            for (var entry : (Iterable<JarEntry>) own.stream().filter(e -> e.getName().startsWith(folder) && e.getName().endsWith(".class"))::iterator) {
                classes.put(entry.getName(), own.getInputStream(entry).readAllBytes());
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this program runs from a jar", e);
        }
        return classes;
    }
}
