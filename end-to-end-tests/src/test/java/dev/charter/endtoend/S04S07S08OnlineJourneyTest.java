package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Stories S04, S07, S08 and their share of S18.
class S04S07S08OnlineJourneyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_license_is_issued_activated_changed_reactivated_without_a_restart_deactivated_and_activated_elsewhere(Engine engine) {
        try (var vendor = Vendor.in(folder, engine).start(); var product = new Product(folder.resolve("plant-a"), vendor)) {
            var license = vendor.sells(vendor.hasACatalog(), 1);
            var key = license.get("key").asString();
            var id = license.get("id").asString();

            assertThat(product.asked("allows mqtt")).isEqualTo("false");
            assertThat(product.asked("activate " + key)).isEqualTo("Activated");
            assertThat(product.asked("state")).isEqualTo("LICENSED");
            assertThat(product.asked("allows mqtt")).isEqualTo("true");
            assertThat(product.asked("allows sparkplug")).isEqualTo("false");

            vendor.patch("/licenses/" + id, """
                    {"entitlements":[{"feature":"mqtt"},{"feature":"sparkplug"}]}""");
            assertThat(product.asked("reactivate")).isEqualTo("Activated");
            assertThat(product.asked("allows sparkplug")).isEqualTo("true");

            var plantB = new Host(folder.resolve("plant-b"), vendor);
            var refused = plantB.activate(key);
            assertThat(refused.exitCode()).isNotZero();
            assertThat(refused.out()).contains("ACTIVATIONS_EXHAUSTED");

            assertThat(product.asked("deactivate")).isEqualTo("Deactivated");
            assertThat(product.asked("allows mqtt")).isEqualTo("false");
            assertThat(product.asked("state")).isEqualTo("RELEASED");

            assertThat(plantB.activate(key).exitCode()).isZero();
            assertThat(plantB.status().exitCode()).isZero();
            assertThat(vendor.get("/licenses/" + id).get("activationsUsed").asInt()).isEqualTo(1);
            vendor.holdsItsInvariants();
            assertThat(vendor.stop()).as("SIGTERM stops it in order; it printed\n" + vendor.logs()).isIn(0, 143);
        }
    }

    @ParameterizedTest
    @EnumSource
    void all_of_it_works_by_the_command_line_alone(Engine engine) {
        try (var vendor = Vendor.in(folder, engine).start()) {
            var license = vendor.sells(vendor.hasACatalog(), 2);
            var host = new Host(folder.resolve("plant-a"), vendor);

            assertThat(host.status().exitCode()).as("not licensed yet").isNotZero();
            var activated = host.activate(license.get("key").asString());
            assertThat(activated.exitCode()).as(activated.out()).isZero();
            assertThat(host.status().exitCode()).isZero();
            assertThat(host.statusAsJson().toString()).contains(license.get("id").asString()).contains("ACME Water").doesNotContain("sparkplug");

            vendor.patch("/licenses/" + license.get("id").asString(), """
                    {"entitlements":[{"feature":"mqtt"},{"feature":"sparkplug"}]}""");
            var reactivated = host.reactivate();
            assertThat(reactivated.exitCode()).as(reactivated.out()).isZero();
            assertThat(host.statusAsJson().toString()).contains("sparkplug");

            var deactivated = host.deactivate();
            assertThat(deactivated.exitCode()).as(deactivated.out()).isZero();
            assertThat(host.status().exitCode()).isNotZero();
            assertThat(vendor.get("/licenses/" + license.get("id").asString()).get("activationsUsed").asInt()).isZero();
            vendor.holdsItsInvariants();
        }
    }
}
