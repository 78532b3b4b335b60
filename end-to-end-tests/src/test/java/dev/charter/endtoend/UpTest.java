package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `./charter up` and the commands of the README, through the launcher, on the programs as they were built.
class UpTest {
    private static final int AUTHORITY_PORT = 16080;
    private static final int CONSOLE_PORT = 16083;
    private static final int FLOATING_PORT = 16090;
    private static final int MQTT_PORT = 16883;
    private static final int WEBSOCKET_PORT = 16884;

    @TempDir
    Path folder;

    @Test
    void up_makes_a_demo_vendor_keeps_it_and_starts_over_when_asked() throws IOException {
        var offset = Integer.toString(freeOffset());
        JsonNode first;
        try (var up = up("--offset", offset)) {
            first = demo();
            assertThat(first.get("authority").asString()).isEqualTo("http://127.0.0.1:" + (AUTHORITY_PORT + Integer.parseInt(offset)));
            assertThat(first.get("licenses").size()).isEqualTo(4);
            for (var key : first.get("licenses")) {
                assertThat(up.output()).contains(key.asString());
            }
            theMqttServerWaitsForItsCustomer(up, first, Integer.parseInt(offset));
            theFloatingServerHasItsPool(up, first, Integer.parseInt(offset));
            theJourneyOfTheReadme(first);
            assertThat(up.stop()).as(up.output()).isIn(0, 130, 143);
        }
        try (var up = up("--offset", offset)) {
            assertThat(demo()).isEqualTo(first);
            assertThat(answer(first.get("floatingServer").asString() + "/health")).as("the floating server").contains("\"status\":\"up\"");
            assertThat(health(first)).as("the MQTT server too").contains("\"status\":\"up\"");
            assertThat(charter("host", "activate", first.get("licenses").get(0).asString(), "--home", "second", "--authority", first.get("authority").asString(),
                    "--data", "data").exitCode()).isZero();
            up.stop();
        }
        try (var up = up("--offset", offset, "--fresh")) {
            assertThat(demo().get("licenses")).isNotEqualTo(first.get("licenses"));
            up.stop();
        }
    }

    /// It is up and unlicensed, tells its setup token, examines itself, and lets clients connect that it then refuses with a reason: the port is open.
    private void theMqttServerWaitsForItsCustomer(Program up, JsonNode demo, int offset) throws IOException {
        var server = demo.get("mqttServer");
        assertThat(server.get("console").asString()).isEqualTo("http://127.0.0.1:" + (CONSOLE_PORT + offset));
        assertThat(server.get("mqtt").asString()).isEqualTo("tcp://127.0.0.1:" + (MQTT_PORT + offset));
        assertThat(server.get("ws").asString()).isEqualTo("ws://127.0.0.1:" + (WEBSOCKET_PORT + offset) + "/mqtt");
        assertThat(health(demo)).contains("\"status\":\"up\"", "\"licensed\":false", "\"never-licensed\"");
        assertThat(up.output()).contains(Files.readString(folder.resolve("data/mqtt-setup-token")).strip());
        new Socket(InetAddress.getLoopbackAddress(), MQTT_PORT + offset).close();
        assertThat(succeeds("doctor", "--server-data", "data/mqtt-server", "--bundle", "support.zip", "--json")).contains("\"authority\"", "\"clock\"").doesNotContain("\"bad\"");
        assertThat(folder.resolve("support.zip")).isNotEmptyFile();
    }

    /// It activates the demo's floating license by itself.
    private void theFloatingServerHasItsPool(Program up, JsonNode demo, int offset) throws IOException {
        var url = demo.get("floatingServer").asString();
        assertThat(url).isEqualTo("http://127.0.0.1:" + (FLOATING_PORT + offset));
        assertThat(up.output()).contains("The floating license server listens at " + url, Files.readString(folder.resolve("data/floating-setup-token")).strip());
        var until = Instant.now().plus(Duration.ofMinutes(1));
        while (!answer(url + "/health").contains("\"licensed\":\"yes\"")) {
            assertThat(Instant.now()).as(() -> log()).isBefore(until);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        assertThat(answer(url + "/v1/pools")).contains("\"product\":\"mqtt-server\"", "\"seats\":5");
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("data/floating-server/floating-server.log"));
        } catch (IOException missing) {
            return missing.toString();
        }
    }

    private static String health(JsonNode demo) throws IOException {
        return answer(demo.at("/mqttServer/console").asString() + "/health");
    }

    private static String answer(String url) throws IOException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void theJourneyOfTheReadme(JsonNode demo) {
        var authority = demo.get("authority").asString();
        succeeds("host", "activate", demo.get("licenses").get(0).asString(), "--authority", authority, "--home", "plant-a", "--data", "data");
        var status = succeeds("host", "status", "--home", "plant-a", "--json");
        var id = JsonMapper.shared().readTree(status.substring(status.indexOf('{'))).get("license").get("id").asString();
        succeeds("license", "list", "--data", "data");
        succeeds("license", "show", id, "--data", "data");
        succeeds("license", "change", id, "--feature", "mqtt", "--data", "data");
        succeeds("host", "reactivate", "--home", "plant-a", "--authority", authority);
        succeeds("host", "deactivate", "--home", "plant-a", "--authority", authority);
        assertThat(charter("host", "status", "--home", "plant-a").exitCode()).isNotZero();
        succeeds("license", "issue", "--product", "mqtt-server", "--customer", "ACME Water", "--feature", "mqtt", "--activations", "3", "--data", "data", "--json");
        succeeds("inspect", "data/trust-anchor.json", "--data", "data");
        succeeds("--version");
        assertThat(charter("host", "activate", "no-key", "--authority", authority, "--home", "plant-c").exitCode()).isNotZero();
    }

    private String succeeds(String... arguments) {
        var ran = charter(arguments);
        assertThat(ran.exitCode()).as(String.join(" ", arguments) + "\n" + ran.out()).isZero();
        return ran.out();
    }

    private Packaged.Ran charter(String... arguments) {
        return Packaged.charter(folder, Map.of(), List.of(arguments));
    }

    private Program up(String... arguments) {
        var command = new ArrayList<>(List.of("up", "--data", "data"));
        command.addAll(List.of(arguments));
        var up = Packaged.charterProcess(folder, Map.of(), command);
        up.awaitLine(line -> line.contains("Ctrl-C"));
        return up;
    }

    private JsonNode demo() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("data/demo.json")));
    }

    /// Ports are shifted together, so one is found that is free with its neighbours, and turned into an offset.
    private static int freeOffset() throws IOException {
        while (true) {
            int offset;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                offset = socket.getLocalPort() - AUTHORITY_PORT;
            }
            if (offset > 0 && WEBSOCKET_PORT + offset <= 65_535 && isFree(AUTHORITY_PORT + offset) && isFree(CONSOLE_PORT + offset) && isFree(FLOATING_PORT + offset) && isFree(MQTT_PORT + offset)
                    && isFree(WEBSOCKET_PORT + offset)) {
                return offset;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
