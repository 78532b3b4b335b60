package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `./charter up` and the commands of the README, through the launcher, on the programs as they were built.
class UpTest {
    private static final int AUTHORITY_PORT = 16080;

    @TempDir
    Path folder;

    @Test
    void up_makes_a_demo_vendor_keeps_it_and_starts_over_when_asked() throws IOException {
        var offset = Integer.toString(freeOffset());
        JsonNode first;
        try (var up = up("--offset", offset)) {
            first = demo();
            assertThat(first.get("authority").asString()).isEqualTo("http://127.0.0.1:" + (AUTHORITY_PORT + Integer.parseInt(offset)));
            assertThat(first.get("licenses").size()).isEqualTo(2);
            for (var key : first.get("licenses")) {
                assertThat(up.output()).contains(key.asString());
            }
            theJourneyOfTheReadme(first);
            assertThat(up.stop()).as(up.output()).isIn(0, 130, 143);
        }
        try (var up = up("--offset", offset)) {
            assertThat(demo()).isEqualTo(first);
            assertThat(charter("host", "activate", first.get("licenses").get(0).asString(), "--home", "second", "--authority", first.get("authority").asString(),
                    "--data", "data").exitCode()).isZero();
            up.stop();
        }
        try (var up = up("--offset", offset, "--fresh")) {
            assertThat(demo().get("licenses")).isNotEqualTo(first.get("licenses"));
            up.stop();
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

    /// Ports are shifted together, so a free one is found and turned into an offset.
    private static int freeOffset() throws IOException {
        while (true) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() > AUTHORITY_PORT) {
                    return socket.getLocalPort() - AUTHORITY_PORT;
                }
            }
        }
    }
}
