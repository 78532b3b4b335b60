package dev.charter.authority;

import dev.charter.server.settings.Surroundings;
import dev.charter.server.testing.Answer;
import dev.charter.server.testing.Secrets;
import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import dev.charter.store.testing.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An authority as it is, started in this JVM on a free port, with a database and a data folder of its own.
///
/// ```java
/// var authority = RunningAuthority.on(Engine.SQLITE);           // shared by all tests of the JVM
/// var answer = authority.as(authority.adminToken()).post("/admin/v1/customers", "{...}");
/// ```
public final class RunningAuthority implements AutoCloseable {
    private static final Map<Engine, RunningAuthority> SHARED = new EnumMap<>(Engine.class);
    public static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> SECRET_SETTINGS = List.of("KEYS_PASSPHRASE", "DATABASE_PASSWORD", "SMTP_PASSWORD", "IMAP_PASSWORD", "STRIPE_KEY", "STRIPE_WEBHOOK_SECRET");

    private final Authority authority;
    private final Path folder;
    private final ByteArrayOutputStream said;
    private boolean folderGoesWithIt;

    private RunningAuthority(Authority authority, Path folder, ByteArrayOutputStream said) {
        this.authority = authority;
        this.folder = folder;
        this.said = said;
    }

    /// One for each engine, shared by all tests of this JVM: tests must not depend on what else is in it.
    public static synchronized RunningAuthority on(Engine engine) {
        return SHARED.computeIfAbsent(engine, _ -> {
            var started = start(engine);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            return started;
        });
    }

    /// A fresh one.
    public static RunningAuthority start(Engine engine) {
        return start(engine, Map.of(), InstantSource.system());
    }

    /// A fresh one with these settings (names without the prefix) and clock, and further parts. Its folder is deleted when it is closed.
    public static RunningAuthority start(Engine engine, Map<String, String> settings, InstantSource clock, Class<?>... more) {
        var folder = Folders.make("authority-tests");
        try {
            var started = start(folder, withDatabase(engine, settings), clock, more);
            started.folderGoesWithIt = true;
            return started;
        } catch (RuntimeException refused) {
            Folders.delete(folder);
            throw refused;
        }
    }

    /// One on that folder, which may have been used before.
    public static RunningAuthority start(Path folder, Map<String, String> settings, InstantSource clock, Class<?>... more) {
        var said = new ByteArrayOutputStream();
        return new RunningAuthority(Authority.start(new Surroundings(environment(folder, settings), new PrintStream(said, true, StandardCharsets.UTF_8), clock), more), folder, said);
    }

    /// One that prints its first token, on that folder.
    public static RunningAuthority startWithoutTokenFile(Path folder) {
        var environment = new HashMap<>(environment(folder, Map.of()));
        environment.remove("CHARTER_AUTHORITY_SETUP_TOKEN_FILE");
        var said = new ByteArrayOutputStream();
        return new RunningAuthority(Authority.start(new Surroundings(environment, new PrintStream(said, true, StandardCharsets.UTF_8), InstantSource.system())), folder, said);
    }

    public static Map<String, String> withDatabase(Engine engine, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        if (engine == Engine.POSTGRESQL && Engines.fresh(engine) instanceof StoreUrl.PostgresDatabase postgres) {
            all.put("DATABASE", postgres.jdbcUrl());
        }
        return all;
    }

    /// The settings that every authority needs, and these.
    public static Map<String, String> environment(Path folder, Map<String, String> settings) {
        var environment = new HashMap<String, String>();
        environment.put("CHARTER_AUTHORITY_DATA", folder.resolve("data").toString());
        environment.put("CHARTER_AUTHORITY_PORT", "0");
        environment.put("CHARTER_AUTHORITY_KEYS", TestVendor.issuing().toString());
        environment.put("CHARTER_AUTHORITY_KEYS_PASSPHRASE", TestVendor.PASSPHRASE);
        environment.put("CHARTER_AUTHORITY_SETUP_TOKEN_FILE", folder.resolve("admin-token").toString());
        environment.put("CHARTER_AUTHORITY_LOG", "plain");
        environment.put("CHARTER_AUTHORITY_FAILED_TOKENS_BURST", "100000");
        settings.forEach((name, value) -> environment.put("CHARTER_AUTHORITY_" + name, value));
        SECRET_SETTINGS.stream().flatMap(name -> Optional.ofNullable(environment.get("CHARTER_AUTHORITY_" + name)).stream()).forEach(Secrets::remember);
        return environment;
    }

    public URI url() {
        return authority.url();
    }

    /// The folder around the data folder `data` and the file `admin-token`.
    public Path folder() {
        return folder;
    }

    /// What it printed for its operator.
    public String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /// A part of it.
    public <T> T part(Class<T> type) {
        return authority.part(type);
    }

    /// The token of the first start, with all scopes.
    public String adminToken() {
        try {
            return Files.readString(folder.resolve("admin-token")).strip();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// A new token with these scopes only.
    public String tokenWith(List<String> scopes) {
        return as(adminToken()).post("/admin/v1/tokens", JSON.writeValueAsString(Map.of("name", "test", "scopes", scopes))).json().get("token").asString();
    }

    public Client as(String token) {
        return new Client(Optional.of(token));
    }

    public Client anonymous() {
        return new Client(Optional.empty());
    }

    /// As whoever holds the first token.
    public Client admin() {
        return as(adminToken());
    }

    @Override
    public void close() {
        authority.close();
        if (folderGoesWithIt) {
            Folders.delete(folder);
        }
    }

    /// Sends requests.
    public final class Client {
        private final Optional<String> token;

        private Client(Optional<String> token) {
            this.token = token;
        }

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

        public Answer patch(String path, String json) {
            return send("PATCH", path, json.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/merge-patch+json"));
        }

        public Answer send(String method, String path, byte @Nullable [] body, Map<String, String> headers) {
            var request = HttpRequest.newBuilder(URI.create(url() + path))
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
            token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
            headers.forEach(request::header);
            return Answer.to(request.build());
        }
    }
}
