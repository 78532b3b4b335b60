package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the packaged programs say of what they are made of, and what they must not say: who built them, where and when. That two builds give the same bytes is what
/// `./charter reproduce` shows; what is seen in one build alone is held here.
class SupplyChainTest {
    private static final String LIST = "META-INF/sbom/application.cdx.json";
    private static final String LIBRARIES = "BOOT-INF/lib/";
    /// Spring Boot adds it to what it packs.
    private static final Pattern PACKED_ALONG = Pattern.compile("spring-boot-jarmode-tools-.*\\.jar");
    private static final Pattern OURS = Pattern.compile("(license|server|store|web)(-[a-z]+)*-[0-9.]+\\.jar");
    private static final Pattern EXACT = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");
    private static final LocalDateTime RELEASE = release();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"authority-server", "mqtt-server", "floating-server", "charter-cli"})
    void every_entry_of_a_program_bears_the_time_of_its_release(String module) throws IOException {
        for (var jar : ours(module)) {
            try (var zip = new ZipFile(jar.toFile())) {
                assertThat(zip.stream()).as(jar.toString()).isNotEmpty().extracting(ZipEntry::getTimeLocal).containsOnly(RELEASE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"authority-server", "mqtt-server", "floating-server", "charter-cli"})
    void no_program_tells_who_built_it_or_where(String module) throws IOException {
        var places = modules();
        for (var jar : ours(module)) {
            entries(jar, name -> !name.startsWith(LIBRARIES)).forEach((entry, content) -> assertThat(places).as(jar + ": " + entry.getName())
                    .noneMatch(new String(content, StandardCharsets.ISO_8859_1)::contains));
            assertThat(manifest(jar).getMainAttributes().keySet()).as(jar.toString()).extracting(Object::toString)
                    .noneMatch(name -> name.matches("(?i)built-by|.*(host|user|date|time).*"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"authority-server", "mqtt-server", "floating-server"})
    void a_server_lists_every_library_that_it_carries_with_its_checksum(String module) throws IOException {
        var carried = new TreeMap<String, String>();
        entries(Packaged.jar(module), name -> name.startsWith(LIBRARIES) && name.endsWith(".jar")).forEach((entry, content) -> carried.put(simple(entry.getName()), sha256(content)));

        assertThat(carried.keySet().removeIf(name -> PACKED_ALONG.matcher(name).matches())).isTrue();
        assertThat(listed(module)).as("the list of " + module + "; after mvn -o package it is that of a build before, since CycloneDX's plugin runs online only").hasSizeGreaterThan(30).containsAllEntriesOf(carried);
        assertThat(new TreeSet<>(listed(module).keySet())).as("beside starters, which hold no classes and are not packed").filteredOn(name -> !carried.containsKey(name))
                .allMatch(name -> name.startsWith("spring-boot-starter"));
        assertThat(manifest(Packaged.jar(module)).getMainAttributes().getValue("Sbom-Location")).isEqualTo(LIST);
    }

    @Test
    void the_command_line_lists_every_library_beside_it_with_its_checksum() throws IOException {
        var beside = new TreeMap<String, String>();
        var folder = Packaged.jar("charter-cli").resolveSibling("lib");
        for (var name : manifest(Packaged.jar("charter-cli")).getMainAttributes().getValue("Class-Path").split(" ")) {
            beside.put(simple(name), sha256(Files.readAllBytes(folder.resolveSibling(name))));
        }

        assertThat(listed("charter-cli")).isEqualTo(beside);
    }

    @Test
    void the_pages_list_every_package_that_they_are_made_of_with_its_checksum() throws IOException {
        var lock = JsonMapper.shared().readTree(Files.readAllBytes(Packaged.checkout().resolve("web/package-lock.json"))).get("packages");
        var pinned = new TreeSet<String>();
        lock.properties().stream().filter(one -> one.getKey().startsWith("node_modules/") && !one.getValue().has("link")).forEach(one -> {
            assertThat(one.getValue().path("integrity").asString()).as(one.getKey() + " in the lock").startsWith("sha512-");
            if (!one.getValue().has("dev") && !one.getValue().has("devOptional")) {
                pinned.add(one.getKey().replaceAll(".*node_modules/", "") + " " + one.getValue().get("version").asString());
            }
        });

        for (var module : List.of("authority-server", "mqtt-server", "floating-server")) {
            var web = ours(module).stream().filter(one -> simple(one.toString()).matches("web-[0-9.]+\\.jar")).findFirst().orElseThrow();
            var components = json(web, "META-INF/sbom/pages.cdx.json").get("components");
            var named = new TreeSet<String>();
            components.forEach(one -> {
                named.add(one.get("name").asString() + " " + one.get("version").asString());
                assertThat(one.at("/hashes/0/content").asString()).as(one.toString()).matches("[0-9a-f]{128}");
            });
            assertThat(named).as(module).isEqualTo(pinned);
        }
    }

    @Test
    void no_version_of_a_package_of_the_pages_is_left_open() throws IOException {
        try (var packages = Files.walk(Packaged.checkout().resolve("web"), 2)) {
            var files = packages.filter(file -> file.endsWith("package.json") && !file.toString().contains("node_modules")).toList();
            assertThat(files).hasSizeGreaterThan(2);
            for (var file : files) {
                var json = JsonMapper.shared().readTree(Files.readAllBytes(file));
                for (var kind : List.of("dependencies", "devDependencies", "optionalDependencies")) {
                    json.path(kind).properties().forEach(one -> assertThat(one.getValue().asString()).as(file + ": " + one.getKey()).matches(EXACT));
                }
            }
        }
    }

    /// The folders of the modules, which a compiler or bundler might write into what it makes.
    private static List<String> modules() throws IOException {
        try (var folders = Files.list(Packaged.checkout())) {
            var all = folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).map(Path::toString).toList();
            assertThat(all).hasSizeGreaterThan(5);
            return all;
        }
    }

    /// The program's jar and those of our own that it carries or has beside it.
    private List<Path> ours(String module) throws IOException {
        var jar = Packaged.jar(module);
        var all = new ArrayList<>(List.of(jar));
        for (var carried : entries(jar, name -> name.startsWith(LIBRARIES) && OURS.matcher(simple(name)).matches()).entrySet()) {
            all.add(Files.write(folder.resolve(simple(carried.getKey().getName())), carried.getValue()));
        }
        var beside = jar.resolveSibling("lib");
        if (Files.isDirectory(beside)) {
            try (var files = Files.list(beside)) {
                files.filter(one -> OURS.matcher(simple(one.toString())).matches()).forEach(all::add);
            }
        }
        assertThat(all).hasSizeGreaterThan(2);
        return all;
    }

    /// The entries of a jar whose names are wanted, with their content.
    private static Map<ZipEntry, byte[]> entries(Path jar, Predicate<String> wanted) throws IOException {
        var all = new LinkedHashMap<ZipEntry, byte[]>();
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().filter(one -> wanted.test(one.getName())).toList()) {
                try (var content = zip.getInputStream(entry)) {
                    all.put(entry, content.readAllBytes());
                }
            }
        }
        return all;
    }

    private static Manifest manifest(Path jar) throws IOException {
        try (var zip = new JarFile(jar.toFile())) {
            return zip.getManifest();
        }
    }

    private static JsonNode json(Path jar, String name) throws IOException {
        var found = entries(jar, name::equals).values();
        assertThat(found).as(name + ", which Maven leaves out with -o: CycloneDX's plugin runs online only").hasSize(1);
        return JsonMapper.shared().readTree(found.iterator().next());
    }

    /// The libraries that a program lists, by the names of their files, with their checksums.
    private static Map<String, String> listed(String module) throws IOException {
        var all = new TreeMap<String, String>();
        json(Packaged.jar(module), LIST).get("components").forEach(one -> {
            var purl = one.get("purl").asString();
            var classifier = purl.contains("classifier=") ? "-" + purl.replaceAll(".*classifier=([^&]+).*", "$1") : "";
            for (var hash : one.get("hashes")) {
                if (hash.get("alg").asString().equals("SHA-256")) {
                    all.put(one.get("name").asString() + "-" + one.get("version").asString() + classifier + ".jar", hash.get("content").asString());
                }
            }
        });
        return all;
    }

    private static String simple(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException fault) {
            throw new IllegalStateException("each JDK has SHA-256", fault);
        }
    }

    /// As the root pom says it.
    private static LocalDateTime release() {
        try {
            var stamp = Pattern.compile("<project.build.outputTimestamp>([0-9T:-]+)Z<").matcher(Files.readString(Path.of("..", "pom.xml")));
            assertThat(stamp.find()).isTrue();
            return LocalDateTime.parse(stamp.group(1));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
