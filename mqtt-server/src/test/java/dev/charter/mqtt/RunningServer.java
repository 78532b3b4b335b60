package dev.charter.mqtt;

import dev.charter.server.settings.Surroundings;
import dev.charter.testkit.AuthorityInMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server as it is, started in this JVM on free ports, with a data folder of its own.
public final class RunningServer implements AutoCloseable {
    public static final JsonMapper JSON = JsonMapper.shared();
    public static final String PASSWORD = "a few good words";
    /// Who sells licenses for it.
    public static final AuthorityInMemory VENDOR = AuthorityInMemory.on("2026-11-22T06:00:00Z");
    private static final Pattern TOKEN = Pattern.compile("([A-Z2-9]{6}-){3}[A-Z2-9]{6}");
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final MqttServer server;
    private final Path folder;
    private final ByteArrayOutputStream said;
    private final Map<String, Client> byRole = new LinkedHashMap<>();

    private RunningServer(MqttServer server, Path folder, ByteArrayOutputStream said) {
        this.server = server;
        this.folder = folder;
        this.said = said;
    }

    /// A fresh one with a console only: what the broker would tell is made up.
    public static RunningServer start() {
        return start(folder(), Map.of(), BrokerInMemory.class);
    }

    /// A folder that is deleted when the tests end.
    public static Path folder() {
        try {
            var made = Files.createTempDirectory("mqtt-server-tests");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
            return made;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stuck) {
            System.err.println(folder + " could not be deleted: " + stuck);
        }
    }

    /// A whole one, with its broker. There can be one at a time in a process.
    public static RunningServer startWhole(Path folder, Map<String, String> settings) {
        return start(folder, settings, BrokerParts.class);
    }

    /// One on that folder, with these settings (names without the prefix) and further parts.
    public static RunningServer start(Path folder, Map<String, String> settings, Class<?>... more) {
        var said = new ByteArrayOutputStream();
        var surroundings = new Surroundings(environment(folder, settings), new PrintStream(said, true, StandardCharsets.UTF_8), InstantSource.system());
        return new RunningServer(MqttServer.start(surroundings, more), folder, said);
    }

    /// The settings that every test's server has, and these.
    public static Map<String, String> environment(Path folder, Map<String, String> settings) {
        var environment = new HashMap<String, String>();
        environment.put("CHARTER_MQTT_LICENSE_TRUST_ANCHOR", anchor(folder).toString());
        environment.put("CHARTER_MQTT_DATA", folder.resolve("data").toString());
        environment.put("CHARTER_MQTT_CONSOLE_PORT", "0");
        environment.put("CHARTER_MQTT_MQTT_PORT", "0");
        settings.forEach((name, value) -> environment.put("CHARTER_MQTT_" + name, value));
        return environment;
    }

    private static Path anchor(Path folder) {
        var file = folder.resolve("trust-anchor.json");
        try {
            return Files.exists(file) ? file : Files.write(file, VENDOR.anchor().toBytes());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    public URI url() {
        return server.console();
    }

    public Path data() {
        return folder.resolve("data");
    }

    /// What it printed for its operator.
    public String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /// A part of it.
    public <T> T part(Class<T> type) {
        return server.part(type);
    }

    /// The setup token that it printed.
    public String setupToken() {
        var token = TOKEN.matcher(said());
        if (!token.find()) {
            throw new AssertionError("no setup token was printed: " + said());
        }
        return token.group();
    }

    /// Somebody who is not logged in, with a browser of his own.
    public Client anonymous() {
        return new Client();
    }

    /// Somebody who is logged in as a user of that role, which is made where it is missing; the first is the administrator, made with the setup token.
    public synchronized Client as(String role) {
        var administrator = byRole.computeIfAbsent("administrator", _ -> {
            var browser = anonymous();
            var answer = browser.post("/api/setup", JSON.writeValueAsString(Map.of("token", setupToken(), "name", "administrator", "password", PASSWORD)));
            if (answer.status() != 200) {
                throw new AssertionError(answer.toString());
            }
            return browser;
        });
        return role.equals("administrator") ? administrator : byRole.computeIfAbsent(role, name -> {
            var made = administrator.post("/api/users", JSON.writeValueAsString(Map.of("name", name, "role", name, "password", PASSWORD)));
            if (made.status() != 201) {
                throw new AssertionError(made.toString());
            }
            return login(name);
        });
    }

    public Client login(String name) {
        var browser = anonymous();
        var answer = browser.post("/api/session", JSON.writeValueAsString(Map.of("name", name, "password", PASSWORD)));
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return browser;
    }

    @Override
    public void close() {
        server.close();
    }

    /// What the session's cookie is called.
    public String cookieName() {
        return "charter-session-" + url().getPort();
    }

    /// A browser with a cookie of its own, which sends what the console's own pages send.
    public final class Client {
        private Optional<String> cookie = Optional.empty();

        public Answer get(String path) {
            return send("GET", path, null, Map.of());
        }

        public Answer delete(String path) {
            return send("DELETE", path, null, Map.of());
        }

        public Answer post(String path, String json) {
            return send("POST", path, json.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        }

        public Answer put(String path, String json) {
            return send("PUT", path, json.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        }

        public Optional<String> cookie() {
            return cookie;
        }

        public Client withCookie(String text) {
            cookie = Optional.of(text);
            return this;
        }

        public Answer send(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
            var all = new LinkedHashMap<>(headers);
            all.putIfAbsent("X-Charter-Page", "1");
            return sendExactly(method, path, body, all);
        }

        /// Without the header that the console's own pages send.
        public Answer sendExactly(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
            var request = HttpRequest.newBuilder(URI.create(url() + path))
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
            cookie.ifPresent(text -> request.header("Cookie", cookieName() + "=" + text));
            headers.forEach(request::header);
            try {
                var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                var answer = new Answer(response.statusCode(), response.headers().map(), response.body());
                answer.header("Set-Cookie").filter(text -> text.startsWith(cookieName() + "=")).ifPresent(text -> {
                    var value = text.substring(cookieName().length() + 1, text.indexOf(';'));
                    cookie = value.isEmpty() ? Optional.empty() : Optional.of(value);
                });
                return answer;
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /// What came back.
    public record Answer(int status, Map<String, List<String>> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public Optional<String> header(String name) {
            return headers.entrySet().stream().filter(entry -> entry.getKey().equalsIgnoreCase(name)).map(entry -> entry.getValue().getFirst()).findFirst();
        }

        @Override
        public String toString() {
            return status + " " + text();
        }
    }
}
