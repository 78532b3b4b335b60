package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// The programs as they were built in this checkout, started as their users start them.
final class Packaged {
    private static final Path CHECKOUT = Path.of(System.getProperty("charter.checkout")).toAbsolutePath().normalize();

    private Packaged() {}

    /// What a command printed and how it ended.
    record Ran(int exitCode, String out) {}

    /// The authority with its start-up cache, made once.
    private static final class Authority {
        static final List<String> COMMAND = prepared("demo", "prepare", "--json");
    }

    /// The MQTT server, likewise.
    private static final class MqttServer {
        static final List<String> COMMAND = prepared("demo", "prepare", "--mqtt", "--json");
    }

    /// The floating license server, likewise.
    private static final class FloatingServer {
        static final List<String> COMMAND = prepared("demo", "prepare", "--floating", "--json");
    }

    private static List<String> prepared(String... arguments) {
        var prepared = charter(CHECKOUT, Map.of(), List.of(arguments));
        assertThat(prepared.exitCode()).as(prepared.out()).isZero();
        var command = new ArrayList<String>();
        JsonMapper.shared().readTree(prepared.out().substring(prepared.out().indexOf('{'))).get("command").forEach(word -> command.add(word.asString()));
        return List.copyOf(command);
    }

    static Path checkout() {
        return CHECKOUT;
    }

    /// The jar that a module was packaged into.
    static Path jar(String module) {
        try (var files = Files.newDirectoryStream(CHECKOUT.resolve(module).resolve("target"), module + "-[0-9]*.jar")) {
            for (var file : files) {
                if (!file.toString().endsWith("-tests.jar")) {
                    return file;
                }
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(module + " was not packaged", missing);
        }
        throw new IllegalStateException(module + " was not packaged");
    }

    /// What starts the MQTT server.
    static List<String> mqttServerCommand() {
        return MqttServer.COMMAND;
    }

    /// What starts the floating license server.
    static List<String> floatingServerCommand() {
        return FloatingServer.COMMAND;
    }

    static Program authority(Path folder, Map<String, String> settings) {
        return Program.start(folder, settings, Authority.COMMAND);
    }

    /// What the authority's program answers to an option, without serving.
    static Ran authorityAnswers(String option) {
        var command = new ArrayList<>(Authority.COMMAND);
        command.add(option);
        return toItsEnd(Program.start(CHECKOUT, Map.of(), command));
    }

    /// `./charter ...` in that folder.
    static Ran charter(Path folder, Map<String, String> environment, List<String> arguments) {
        return toItsEnd(charterProcess(folder, environment, arguments));
    }

    static Program charterProcess(Path folder, Map<String, String> environment, List<String> arguments) {
        var asBuilt = new TreeMap<>(environment);
        asBuilt.put("CHARTER_AS_BUILT", "1");
        var command = new ArrayList<String>();
        command.add(CHECKOUT.resolve("charter").toString());
        command.addAll(arguments);
        return Program.start(folder, asBuilt, command);
    }

    /// A product of a vendor: a class of this test folder, on its own class path.
    static Program product(Path folder, Class<?> main, List<String> arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return Program.start(folder, Map.of(), command);
    }

    private static Ran toItsEnd(Program program) {
        try (program) {
            return new Ran(program.awaitExit(), program.output());
        }
    }
}
