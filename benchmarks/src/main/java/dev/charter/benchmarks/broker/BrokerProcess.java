package dev.charter.benchmarks.broker;

import dev.charter.benchmarks.barebroker.BareBroker;
import dev.charter.benchmarks.mqtt.MqttConnection;
import dev.charter.benchmarks.program.FreePort;
import dev.charter.benchmarks.program.MqttPrograms;
import dev.charter.benchmarks.program.Resident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A broker as a process of its own, from the moment in which a client was let in.
///
/// @param firstConnect from the start of the process to the first CONNECT that was accepted
record BrokerProcess(Process process, int port, Duration firstConnect) implements AutoCloseable {
    static final String USER = "bench";
    static final String PASSWORD = "quite a long password";
    /// It takes so many at once and so fast, because it is asked what it can do and not what it should let a client do.
    private static final Map<String, String> NO_BRAKES = Map.of("CHARTER_MQTT_CONNECT_RATE", "100000", "CHARTER_MQTT_PUBLISH_RATE_PER_CLIENT", "1000000", "CHARTER_MQTT_MAX_CONNECTIONS", "20000");
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(2);
    private static final int LONGEST_ANSWER_MILLIS = 10_000;
    private static final int LONGEST_STOP_SECONDS = 60;

    /// The MQTT server in a trial, with one user of 20 rules and the others that are named.
    ///
    /// @param data a folder for it alone
    static BrokerProcess server(MqttPrograms programs, Path data, Path anchor, List<String> others) throws IOException {
        int port = FreePort.next();
        var settings = new TreeMap<>(NO_BRAKES);
        settings.put("CHARTER_MQTT_DATA", data.toString());
        settings.put("CHARTER_MQTT_CONSOLE_PORT", "0");
        settings.put("CHARTER_MQTT_MQTT_PORT", Integer.toString(port));
        settings.put("CHARTER_MQTT_LICENSE_TRUST_ANCHOR", anchor.toString());
        settings.put("CHARTER_MQTT_TRIAL", "true");
        settings.put("CHARTER_MQTT_MQTT_USERS_FILE", Files.writeString(data.resolveSibling(data.getFileName() + "-users.json"), Users.text(others)).toString());
        return start(programs.server().command(), settings, port);
    }

    static BrokerProcess bare(MqttPrograms programs, Path data) throws IOException {
        int port = FreePort.next();
        return start(programs.bare(), BareBroker.settings(data, port), port);
    }

    private static BrokerProcess start(List<String> command, Map<String, String> settings, int port) throws IOException {
        var log = Files.createTempFile("charter-bench", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CHARTER_"));
        builder.environment().putAll(settings);
        long began = System.nanoTime();
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            while (true) {
                try (var _ = MqttConnection.open(port, new MqttConnection.Login("first", USER, PASSWORD), LONGEST_ANSWER_MILLIS)) {
                    return new BrokerProcess(process, port, Duration.ofNanos(System.nanoTime() - began));
                } catch (IOException notYet) {
                    if (!process.isAlive() || System.nanoTime() - began > LONGEST_START.toNanos()) {
                        throw new IllegalStateException("the broker let nobody in:\n" + Files.readString(log), notYet);
                    }
                    LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
                }
            }
        } catch (IOException | RuntimeException fault) {
            process.destroyForcibly();
            throw fault;
        } finally {
            Files.deleteIfExists(log); // the process goes on writing into it, and its room is free when the process ends
        }
    }

    double residentMegabytes() {
        return Resident.megabytes(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
