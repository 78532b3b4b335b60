package dev.charter.spring;

import com.example.waterworks.PumpServer;
import dev.charter.testkit.AuthorityInMemory;
import dev.charter.testkit.FakeAuthorityHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A vendor's product that runs, with the testkit's authority behind real HTTP, and a browser's view of it.
final class RunningProduct implements AutoCloseable {
    static final String SECURITY = "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
            + "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;

    private RunningProduct(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /// What was answered.
    record Answer(int status, Map<String, java.util.List<String>> headers, String text) {
        JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }

        String header(String name) {
            return headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase(name)).map(header -> header.getValue().get(0)).findFirst().orElse("");
        }
    }

    /// What every product of these tests sets: as little as a vendor must.
    static Map<String, String> settings(Path folder, AuthorityInMemory authority, FakeAuthorityHttp http) {
        try {
            var anchor = Files.write(folder.resolve("trust-anchor.json"), authority.anchor().toBytes());
            var settings = new HashMap<String, String>();
            settings.put("charter.license.product", "pump-server");
            settings.put("charter.license.product-title", "Pump Server");
            settings.put("charter.license.trust-anchor", "file:" + anchor);
            settings.put("charter.license.authority", http.url().toString());
            settings.put("charter.license.home", folder.resolve("license").toString());
            settings.put("charter.license.host-name", "plant-a");
            return settings;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    static RunningProduct start(Map<String, String> settings, Class<?>... more) {
        return start(settings, context -> {}, more);
    }

    static RunningProduct start(Map<String, String> settings, ApplicationContextInitializer<GenericApplicationContext> beans, Class<?>... more) {
        var sources = new java.util.ArrayList<Class<?>>(Arrays.asList(more));
        sources.add(PumpServer.class);
        var application = new SpringApplication(sources.toArray(Class<?>[]::new));
        var properties = new HashMap<String, Object>(Map.of("server.port", "0", "server.address", "127.0.0.1", "spring.main.banner-mode", "off", "spring.jmx.enabled", "false",
                "spring.autoconfigure.exclude", SECURITY));
        properties.putAll(settings);
        application.setDefaultProperties(properties);
        application.setRegisterShutdownHook(false);
        application.addInitializers(beans);
        return new RunningProduct(application.run());
    }

    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    /// As the product's own page sends it.
    Answer post(String path, String json) {
        return send(request(path, "X-Charter-Page", "1", "Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    Answer post(String path) {
        return send(request(path, "X-Charter-Page", "1").POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    Answer delete(String path) {
        return send(request(path, "X-Charter-Page", "1").DELETE().build());
    }

    HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(url(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    static Answer send(HttpRequest request) {
        try {
            var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
