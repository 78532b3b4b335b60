package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Story S15 in a real browser: a seat is taken on the License page of an MQTT server, seen in the floating server's console, and given back.
class S15InTheBrowserTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private final PoolVendor vendor = new PoolVendor();

    @Test
    void a_seat_is_taken_on_the_license_page_and_seen_in_the_floating_servers_console() throws IOException {
        var floatingToken = folder.resolve("floating-token");
        var floating = Map.of("CHARTER_FLOATING_SETUP_TOKEN_FILE", floatingToken.toString());
        try (var licenses = FloatingServer.licensed(folder.resolve("licenses"), vendor, 2, floating, Optional.empty()); var server = Program.start(folder, mqttServer(), Packaged.mqttServerCommand())) {
            server.awaitLine(line -> line.startsWith("The console listens at"));
            var console = JsonMapper.shared().readTree(Files.readString(folder.resolve("data/mqtt-server.json"))).get("console").asString();
            var pictures = Files.createDirectories(Packaged.checkout().resolve("end-to-end-tests/target/pictures"));
            try (var walk = Program.start(folder, Map.of(
                    "CONSOLE", console,
                    "TOKEN", Files.readString(folder.resolve("token")).strip(),
                    "FLOATING", licenses.url(),
                    "FLOATING_TOKEN", Files.readString(floatingToken).strip(),
                    "CHARTER_CHROMIUM", Optional.ofNullable(System.getenv("CHARTER_CHROMIUM")).orElse("/usr/bin/chromium"),
                    "PICTURES", pictures.toString()), List.of("node", Packaged.checkout().resolve("web/browser/floating.mjs").toString()))) {
                assertThat(walk.awaitExit(PATIENCE)).as(walk::output).isZero();
            }
            assertThat(server.stop()).as(server.output()).isIn(0, 143);
        }
    }

    private Map<String, String> mqttServer() {
        var settings = new TreeMap<>(Program.FOR_SECONDS);
        settings.put("CHARTER_MQTT_DATA", folder.resolve("data").toString());
        settings.put("CHARTER_MQTT_CONSOLE_PORT", "0");
        settings.put("CHARTER_MQTT_MQTT_PORT", "0");
        settings.put("CHARTER_MQTT_WS_PORT", "off");
        settings.put("CHARTER_MQTT_SETUP_TOKEN_FILE", folder.resolve("token").toString());
        settings.put("CHARTER_MQTT_LICENSE_TRUST_ANCHOR", folder.resolve("licenses/trust-anchor.json").toString());
        return settings;
    }
}
