package dev.charter.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import dev.charter.testkit.License;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Follows the guide: writes the files that it shows, compiles them against what the one dependency brings, starts the product as a program of its own, and uses it.
class EmbedGuideTest {
    private static final Path GUIDE = Path.of("../docs/embed-the-license-page.md");
    private static final Pattern LISTENS = Pattern.compile("Tomcat started on port (\\d+)");
    /// What a vendor's product would not have: what only the tests here bring along.
    private static final Pattern OF_TESTS = Pattern.compile("test-classes|license-testkit|license-signing|junit|assertj|opentest4j|apiguardian|springdoc|swagger|spring-security|spring-boot-security"
            + "|spring-boot-starter-security|spring-boot-health|micrometer-core|HdrHistogram|LatencyUtils|surefire");

    @TempDir Path folder;

    static String block(String guide, String language) {
        var found = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(guide);
        assertThat(found.find()).as("a block of " + language).isTrue();
        return found.group(1);
    }

    @Test void whoever_follows_the_guide_has_a_licensed_product_with_a_license_page() throws Exception {
        var guide = Files.readString(GUIDE);
        var authority = AuthorityInMemory.on(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("application.properties"), block(guide, "properties"));
        Files.write(classes.resolve("trust-anchor.json"), authority.anchor().toBytes());
        Files.createDirectories(classes.resolve("static"));
        Files.writeString(classes.resolve("static/license.html"), block(guide, "html"));
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(entry -> !OF_TESTS.matcher(entry).find()).collect(Collectors.joining(File.pathSeparator));
        compile(block(guide, "java"), classes, classPath);

        try (var http = FakeAuthorityHttp.serve(authority)) {
            var product = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx256m", "-cp", classes + File.pathSeparator + classPath, "com.example.pumps.PumpServer",
                    "--server.port=0", "--server.address=127.0.0.1", "--charter.license.authority=" + http.url()).directory(folder.toFile()).redirectErrorStream(true).start();
            try {
                use(new Browser(port(product.inputReader(StandardCharsets.UTF_8))), authority);
            } finally {
                product.destroy();
                assertThat(product.waitFor(60, TimeUnit.SECONDS)).as("it ends when it is told to").isTrue();
            }
        }
    }

    private static void use(Browser browser, AuthorityInMemory authority) {
        assertThat(browser.get("/license.html").body()).contains("<charter-license-page base=\"/api/license\">", "src=\"/charter/license-page.js\"");
        var script = browser.get("/charter/license-page.js");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript"));
        assertThat(script.body()).contains("charter-license-page", "charter-license-banner");
        assertThat(browser.get("/api/license").body()).contains("\"headline\":\"This server is not licensed\"", "\"meaning\":\"Pumps are refused until it is\"");
        assertThat(browser.get("/pumps").body()).isEqualTo("running");
        assertThat(browser.get("/forecast").statusCode()).isEqualTo(403);
        assertThat(browser.get("/forecast").body()).contains("FEATURE_NOT_LICENSED", "Pressure Forecast needs a license");

        assertThat(browser.post("/api/license/trials", "").body()).contains("\"headline\":\"Trial: 2 h left\"");
        assertThat(browser.get("/forecast").body()).isEqualTo("rising");

        var key = authority.sells(License.license().ofProduct("pump-server").withFeature("forecast"));
        var activated = JsonMapper.shared().readTree(browser.post("/api/license/activations", "{\"key\":\"" + key.revealSecret() + "\"}").body());
        assertThat(activated.path("outcome").asString()).isEqualTo("activated");
        assertThat(activated.path("license").path("headline").asString()).isEqualTo("Licensed to ACME Water");
        assertThat(browser.get("/pumps").body()).isEqualTo("running, with a forecast");

        assertThat(browser.post("/api/license/deactivations", "").body()).contains("\"outcome\":\"deactivated\"", "BEGIN CHARTER RELEASE");
        assertThat(browser.get("/forecast").statusCode()).isEqualTo(403);
    }

    @Test void the_one_dependency_is_this_module_in_this_version() throws IOException {
        var shown = block(Files.readString(GUIDE), "xml");
        var pom = Files.readString(Path.of("pom.xml"));
        assertThat(shown).contains("<groupId>dev.charter</groupId>", "<artifactId>license-spring-boot-starter</artifactId>");
        assertThat(pom).contains("<artifactId>license-spring-boot-starter</artifactId>", shown.lines().filter(line -> line.contains("<version>")).findFirst().orElseThrow().strip());
    }

    @Test void every_setting_is_told() throws IOException {
        var table = Files.readString(GUIDE).lines().filter(line -> line.startsWith("| `")).collect(Collectors.joining("\n"));
        var told = new TreeSet<String>();
        Pattern.compile("`charter\\.license\\.([a-z.*-]+)`").matcher(table).results().forEach(found -> told.add(found.group(1)));
        assertThat(told).containsExactlyInAnyOrderElementsOf(ReadSettings.NAMES);
    }

    private void compile(String source, Path classes, String classPath) throws IOException {
        var file = folder.resolve("PumpServer.java");
        Files.writeString(file, source);
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new java.io.StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options = List.of("-d", classes.toString(), "-cp", classPath, "-parameters", "-proc:none");
            assertThat(compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file)).call()).as("%s", said).isTrue();
        }
    }

    private static int port(BufferedReader log) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = log.readLine(); line != null; line = log.readLine()) {
            lines.add(line);
            var listens = LISTENS.matcher(line);
            if (listens.find()) {
                drain(log);
                return Integer.parseInt(listens.group(1));
            }
        }
        throw new AssertionError("the product did not start:\n" + String.join("\n", lines));
    }

    /// So that the product never waits for its log to be read.
    private static void drain(BufferedReader log) {
        var reader = new Thread(() -> log.lines().forEach(line -> {}));
        reader.setDaemon(true);
        reader.start();
    }

    private record Browser(int port) {
        private static final HttpClient HTTP = HttpClient.newHttpClient();

        HttpResponse<String> get(String path) {
            return send(HttpRequest.newBuilder(url(path)).build());
        }

        HttpResponse<String> post(String path, String json) {
            return send(HttpRequest.newBuilder(url(path)).header("X-Charter-Page", "1").header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)).build());
        }

        private URI url(String path) {
            return URI.create("http://127.0.0.1:" + port + path);
        }

        private static HttpResponse<String> send(HttpRequest request) {
            try {
                return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException | InterruptedException fault) {
                throw new IllegalStateException(fault);
            }
        }
    }
}
