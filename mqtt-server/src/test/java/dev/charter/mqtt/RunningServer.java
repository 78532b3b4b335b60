package dev.charter.mqtt;

import dev.charter.server.settings.Surroundings;
import dev.charter.server.testing.Browser;
import dev.charter.server.testing.People;
import dev.charter.testkit.AuthorityInMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A server as it is, started in this JVM on free ports, with a data folder of its own.
public final class RunningServer implements AutoCloseable {
    public static final JsonMapper JSON = JsonMapper.shared();
    public static final String PASSWORD = People.PASSWORD;
    /// Who sells licenses for it.
    public static final AuthorityInMemory VENDOR = AuthorityInMemory.on("2026-11-22T06:00:00Z");

    private final MqttServer server;
    private final Path folder;
    private final ByteArrayOutputStream said;
    private final People people;

    private RunningServer(MqttServer server, Path folder, ByteArrayOutputStream said) {
        this.server = server;
        this.folder = folder;
        this.said = said;
        this.people = new People(server.console(), "charter-session", this::said);
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
        return people.setupToken();
    }

    /// What the session's cookie is called.
    public String cookieName() {
        return people.cookieName();
    }

    /// Somebody who is not logged in, with a browser of his own.
    public Browser anonymous() {
        return people.anonymous();
    }

    /// Somebody who is logged in as a user of that role.
    public Browser as(String role) {
        return people.as(role);
    }

    public Browser login(String name) {
        return people.login(name);
    }

    @Override
    public void close() {
        server.close();
    }
}
