package dev.charter.cli.demo;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes the signatures out of jars that were extracted (JAR File Specification, "Signed JAR File"). Java keeps no class of a signed jar in a start-up cache, checks each by its digest when it is
/// loaded, and before the first of them reads megabytes of digests. As a check they are worth nothing here: any signer's would do, and a changed jar without one.
final class UnsignedJars {
    private static final Pattern SIGNATURE = Pattern.compile("/META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private UnsignedJars() {}

    /// All jars of that folder.
    static void in(Path folder) throws IOException {
        for (var jar : list(folder)) {
            if (jar.toString().endsWith(".jar")) {
                unsign(jar);
            }
        }
    }

    private static void unsign(Path jar) throws IOException {
        try (var inside = FileSystems.newFileSystem(jar)) {
            var signatures = list(inside.getPath("/META-INF")).stream().filter(file -> SIGNATURE.matcher(file.toString()).matches()).toList();
            if (signatures.isEmpty()) {
                return;
            }
            for (var signature : signatures) {
                Files.delete(signature);
            }
            forgetDigests(inside);
        }
    }

    private static void forgetDigests(FileSystem inside) throws IOException {
        var file = inside.getPath("/", JarFile.MANIFEST_NAME);
        Manifest manifest;
        try (var in = Files.newInputStream(file)) {
            manifest = new Manifest(in);
        }
        manifest.getEntries().values().removeIf(UnsignedJars::isDigests);
        try (var out = Files.newOutputStream(file)) {
            manifest.write(out);
        }
    }

    private static boolean isDigests(Attributes attributes) {
        return attributes.keySet().stream().allMatch(name -> name.toString().endsWith("-Digest"));
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
