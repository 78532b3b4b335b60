package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A license key goes through every flow, errors too, and then is looked for wherever programs leave traces.
class LicenseKeyStaysSecretTest {
    @TempDir
    Path folder;

    @Test
    void it_is_in_no_log_no_file_and_no_message_but_those_that_show_it_on_purpose() throws IOException {
        try (var vendor = Vendor.in(folder, Engine.SQLITE).start()) {
            var customer = vendor.hasACatalog();
            var license = vendor.sells(customer, 1);
            var key = license.get("key").asString();
            var host = new Host(folder.resolve("plant-a"), vendor);
            var other = new Host(folder.resolve("plant-b"), vendor);
            var printed = new StringBuilder();

            printed.append(host.activate(key).out());
            printed.append(other.activate(key).out());
            printed.append(host.activate(key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A")).out());
            printed.append(host.status().out()).append(host.reactivate().out());
            vendor.post("/licenses/" + license.get("id").asString() + "/suspend", "{\"reason\":\"unpaid\"}");
            printed.append(host.reactivate().out());
            vendor.post("/licenses/" + license.get("id").asString() + "/reinstate", "");
            printed.append(vendor.get("/licenses?query=ACME&match=substring")).append(vendor.get("/licenses/" + license.get("id").asString()));
            printed.append(vendor.get("/licenses/" + license.get("id").asString() + "/audit")).append(vendor.get("/alarms"));
            printed.append(Packaged.charter(folder, Map.of(), List.of("inspect", "plant-a", "--json")).out());
            printed.append(host.deactivate().out());
            vendor.stop();
            printed.append(other.activate(key).out());

            for (var secret : List.of(key, key.replace("-", ""), key.toLowerCase(java.util.Locale.ROOT))) {
                assertThat(printed).doesNotContain(secret);
                assertThat(vendor.logs()).doesNotContain(secret);
                for (var file : filesUnder(folder)) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain(secret);
                }
            }
        }
    }

    /// The issuing key itself is there by nature, since it signs. A license key may linger in a connection's buffer until that is used again.
    @Test
    void the_passphrase_of_the_issuing_keys_is_not_left_in_the_memory_of_an_authority_that_signs() {
        try (var vendor = Vendor.in(folder, Engine.SQLITE).start()) {
            var license = vendor.sells(vendor.hasACatalog(), 1);
            assertThat(new Host(folder.resolve("plant-a"), vendor).activate(license.get("key").asString()).exitCode()).isZero();

            var memory = new String(vendor.memory(), StandardCharsets.ISO_8859_1);

            assertThat(memory.contains("CHARTER_AUTHORITY_KEYS_PASSPHRASE_FILE")).as("what lives in memory is seen").isTrue();
            for (var encoding : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                assertThat(memory.contains(new String(Vendor.PASSPHRASE.getBytes(encoding), StandardCharsets.ISO_8859_1))).as("the passphrase, in " + encoding).isFalse();
            }
        }
    }

    private static List<Path> filesUnder(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var found = files.filter(Files::isRegularFile).toList();
            assertThat(found).as("the vendor's keys, the database, both hosts' folders").hasSizeGreaterThan(8);
            return found;
        }
    }
}
