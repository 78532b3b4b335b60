package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Story S16: MQTT servers as containers run them, with a license key as their only setting about licenses, and one seat between two of them.
class S16LeasedTest {
    @TempDir
    Path folder;

    private Vendor vendor;

    @Test
    void a_product_takes_a_seat_by_itself_has_it_again_after_a_kill_and_gives_it_back_when_it_stops() {
        try (var running = Vendor.in(folder, Engine.SQLITE).start()) {
            vendor = running;
            var sold = vendor.post("/licenses", """
                    {"product":"mqtt-server","customer":"%s","type":"leased","seats":1,"entitlements":[{"feature":"mqtt"}]}""".formatted(vendor.hasACatalog()));
            var license = sold.get("id").asString();
            var key = sold.get("key").asString();

            var killed = starts("container-a", key, "online");
            killed.awaitLine(S16LeasedTest::isLicensed);
            assertThat(seatsTaken(license)).isEqualTo(1);

            try (var waiting = starts("container-b", key, "leased")) {
                waiting.awaitLine(line -> line.contains("All seats are taken"));

                killed.kill();
                try (var again = starts("container-a", key, "online")) {
                    again.awaitLine(S16LeasedTest::isLicensed);
                    assertThat(seatsTaken(license)).as("the same host has its own seat").isEqualTo(1);
                    assertThat(waiting.output()).doesNotContain("Licensed to");

                    assertThat(again.stop()).as(again.output()).isIn(0, 143);
                }
                waiting.awaitLine(S16LeasedTest::isLicensed);
                assertThat(seatsTaken(license)).isEqualTo(1);
                assertThat(waiting.stop()).as(waiting.output()).isIn(0, 143);
            }
            assertThat(seatsTaken(license)).isZero();
            vendor.holdsItsInvariants();
        }
    }

    private static boolean isLicensed(String line) {
        return line.contains("Licensed to ACME Water");
    }

    private int seatsTaken(String license) {
        return vendor.get("/licenses/" + license).get("activationsUsed").asInt();
    }

    private Program starts(String name, String key, String method) {
        try {
            var data = Files.createDirectories(folder.resolve(name));
            var settings = new TreeMap<>(Program.FOR_SECONDS);
            settings.put("CHARTER_MQTT_DATA", data.toString());
            settings.put("CHARTER_MQTT_CONSOLE_PORT", "0");
            settings.put("CHARTER_MQTT_MQTT_PORT", "0");
            settings.put("CHARTER_MQTT_WS_PORT", "off");
            settings.put("CHARTER_MQTT_HOST_NAME", name);
            settings.put("CHARTER_MQTT_LICENSE_TRUST_ANCHOR", vendor.anchor().toString());
            settings.put("CHARTER_MQTT_LICENSE_AUTHORITY", vendor.url());
            settings.put("CHARTER_MQTT_LICENSE_METHOD", method);
            settings.put("CHARTER_MQTT_LICENSE_KEY", key);
            return Program.start(folder, settings, Packaged.mqttServerCommand());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
