package dev.charter.floating;

import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestVendor;
import dev.charter.format.Bytes;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.UsageRequest;
import dev.charter.server.settings.Surroundings;
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
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server as it is, on a free port and with a data folder of its own, and people with browsers in front of its console.
public final class RunningConsole implements AutoCloseable {
    public static final JsonMapper JSON = JsonMapper.shared();
    public static final String PASSWORD = "a few good words";
    private static final Pattern TOKEN = Pattern.compile("([A-Z2-9]{6}-){3}[A-Z2-9]{6}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, String> MACHINE = Map.of("machine", "4f1e0c52-7a3b-4c0e-9d2a-1b2c3d4e5f60", "board", "BRD-0451-77120", "disk", "WD-WCC4E5KX0917");
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public final TestVendor vendor = TestVendor.classical();
    private final Path folder;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final FloatingServer server;
    private final Map<String, Client> byRole = new LinkedHashMap<>();

    private RunningConsole(Map<String, String> settings, List<Class<?>> more) {
        try {
            folder = Files.createTempDirectory("floating-console");
            Files.write(folder.resolve("trust-anchor.json"), vendor.anchor.toBytes());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        var all = new HashMap<String, String>();
        all.put("DATA", folder.resolve("data").toString());
        all.put("PORT", "0");
        all.put("TRUST_ANCHOR", folder.resolve("trust-anchor.json").toString());
        all.put("PRODUCTS", TestPool.PRODUCT);
        all.put("HOST_NAME", "licenses.plant-a");
        all.put("LOG", "plain");
        all.putAll(settings);
        var environment = new HashMap<String, String>();
        all.forEach((name, value) -> environment.put("CHARTER_FLOATING_" + name, value));
        server = FloatingServer.start(new Surroundings(environment, new PrintStream(said, true, StandardCharsets.UTF_8), InstantSource.system()), Optional.of(() -> MACHINE), more);
    }

    /// A fresh one without a license.
    public static RunningConsole start(Class<?>... more) {
        return new RunningConsole(Map.of(), List.of(more));
    }

    /// With these settings too, whose names are given without the prefix.
    public static RunningConsole start(Map<String, String> settings) {
        return new RunningConsole(settings, List.of());
    }

    public URI url() {
        return server.url();
    }

    public Path data() {
        return folder.resolve("data");
    }

    public <T> T part(Class<T> type) {
        return server.part(type);
    }

    public String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    public String setupToken() {
        var token = TOKEN.matcher(said());
        if (!token.find()) {
            throw new AssertionError("no setup token was printed: " + said());
        }
        return token.group();
    }

    /// Makes the request at the console and installs the vendor's answer there.
    public RunningConsole licensed(TestPool pool) {
        var product = "/api/products/" + TestPool.PRODUCT;
        var asked = as("administrator").post(product + "/usage-requests", JSON.writeValueAsString(Map.of("key", LicenseKey.generate(RANDOM).revealSecret())));
        expect(200, asked);
        expect(200, as("administrator").post(product + "/usage-licenses", JSON.writeValueAsString(Map.of("text", vendor.answer(asked.json().at("/request/text").asString(), pool)))));
        return this;
    }

    /// A product asks for a seat.
    public Answer acquire(Signer product, String hostName) {
        var nonce = new byte[UsageRequest.NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        var host = new Host(product.keys(), Optional.of(hostName), Fingerprint.of(Map.of("machine", Bytes.of(new byte[8]))));
        var request = SignedDocument.sign(new UsageRequest(List.of(1), Purpose.ACQUIRE, TestPool.PRODUCT, new UsageRequest.LicenseName.ById("lic-1"), host, 1, TestPool.BEGIN, Bytes.of(nonce),
                Optional.of(new SeatWish(List.of("mqtt"), Optional.empty(), Optional.empty()))), product);
        return anonymous().sendExactly("POST", "/v1/usage-requests", request.toBytes(), Map.of("Content-Type", "application/jose+json"));
    }

    private static void expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError(answer.toString());
        }
    }

    /// Somebody who is not logged in, with a browser of his own.
    public Client anonymous() {
        return new Client();
    }

    /// Somebody who is logged in as a user of that role, which is made where it is missing; the first is the administrator, made with the setup token.
    public synchronized Client as(String role) {
        var administrator = byRole.computeIfAbsent("administrator", _ -> {
            var browser = anonymous();
            expect(200, browser.post("/api/setup", JSON.writeValueAsString(Map.of("token", setupToken(), "name", "administrator", "password", PASSWORD))));
            return browser;
        });
        return role.equals("administrator") ? administrator : byRole.computeIfAbsent(role, name -> {
            expect(201, administrator.post("/api/users", JSON.writeValueAsString(Map.of("name", name, "role", name, "password", PASSWORD))));
            var browser = anonymous();
            expect(200, browser.post("/api/session", JSON.writeValueAsString(Map.of("name", name, "password", PASSWORD))));
            return browser;
        });
    }

    @Override
    public void close() {
        server.close();
        server.foundation().close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException stuck) {
            throw new UncheckedIOException(stuck);
        }
    }

    private String cookieName() {
        return "charter-floating-session-" + url().getPort();
    }

    /// A browser with a cookie of its own, which sends what the console's own pages send.
    public final class Client {
        private Optional<String> cookie = Optional.empty();

        public Answer get(String path) {
            return send("GET", path, null, Map.of());
        }

        public Answer post(String path, String json) {
            return send("POST", path, json.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
        }

        public Answer put(String path, String json) {
            return send("PUT", path, json.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/json"));
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
            var request = HttpRequest.newBuilder(URI.create(url() + path)).method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
            cookie.ifPresent(text -> request.header("Cookie", cookieName() + "=" + text));
            headers.forEach(request::header);
            try {
                var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                var answer = new Answer(response.statusCode(), response.headers().map(), response.body());
                answer.header("Set-Cookie").filter(text -> text.startsWith(cookieName() + "=")).ifPresent(text -> cookie = Optional.of(text.substring(cookieName().length() + 1, text.indexOf(';'))));
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
