package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The console and its License page in a real browser, on the packaged programs: `web/browser/walk.mjs` walks, this starts what it walks through.
/// Its pictures are left in this module's `target/pictures`.
class S04S07S08S17InTheBrowserTest {
    private static final int AUTHORITY_PORT = 16080;
    private static final int HIGHEST_PORT = 16884;
    /// It looks at each page at three widths, and each picture is examined.
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Path CHECKOUT = Path.of(System.getProperty("charter.checkout")).toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void setup_trial_activation_by_paste_drop_and_upload_reactivation_deactivation_and_every_page() throws IOException {
        try (var up = Packaged.charterProcess(folder, Map.of(), List.of("up", "--data", "data", "--offset", Integer.toString(freeOffset())))) {
            up.awaitLine(line -> line.contains("Ctrl-C"));
            var demo = JsonMapper.shared().readTree(Files.readString(folder.resolve("data/demo.json")));
            var pictures = Files.createDirectories(CHECKOUT.resolve("end-to-end-tests/target/pictures"));

            try (var walk = Program.start(folder, Map.of(
                    "CONSOLE", demo.at("/mqttServer/console").asString(),
                    "TOKEN", Files.readString(folder.resolve("data/mqtt-setup-token")).strip(),
                    "KEY", demo.get("licenses").get(0).asString(),
                    "CHARTER", CHECKOUT.resolve("charter").toString(),
                    "DATA", folder.resolve("data").toString(),
                    "CHARTER_CHROMIUM", Optional.ofNullable(System.getenv("CHARTER_CHROMIUM")).orElse("/usr/bin/chromium"),
                    "PICTURES", pictures.toString()), List.of("node", CHECKOUT.resolve("web/browser/walk.mjs").toString()))) {
                assertThat(walk.awaitExit(PATIENCE)).as(walk::output).isZero();
            }
            up.stop();
        }
    }

    /// An offset at which the demo's ports are free, from the lowest to the highest.
    private static int freeOffset() throws IOException {
        while (true) {
            int offset;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                offset = socket.getLocalPort() - AUTHORITY_PORT;
            }
            if (offset > 0 && HIGHEST_PORT + offset <= 65_535 && areFree(offset)) {
                return offset;
            }
        }
    }

    private static boolean areFree(int offset) {
        for (int port : new int[] {AUTHORITY_PORT, 16083, 16090, 16883, HIGHEST_PORT}) {
            try (var socket = new ServerSocket(port + offset, 1, InetAddress.getLoopbackAddress())) {
                assertThat(socket.isBound()).isTrue();
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
