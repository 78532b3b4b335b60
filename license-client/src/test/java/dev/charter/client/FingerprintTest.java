package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    @TempDir Path folder;

    World world() {
        return new World(folder.resolve("home"));
    }

    @ParameterizedTest @ValueSource(strings = {"machine", "board", "disk", "network", "place"})
    void with_one_mark_changed_it_is_the_same_host(String mark) {
        var world = world();
        world.activated().close();
        world.marks.put(mark, "something else");
        try (var client = world.open()) {
            assertThat(client.check()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(client.allows("sparkplug")).isTrue();
        }
    }

    @ParameterizedTest @ValueSource(strings = {"machine", "board", "disk", "network", "place"})
    void with_all_marks_but_one_changed_it_is_another_host(String kept) {
        var world = world();
        world.activated().close();
        world.marks.replaceAll((name, value) -> name.equals(kept) ? value : "other " + value);
        try (var client = world.open()) {
            assertThat(client.check()).isInstanceOfSatisfying(LicenseState.OtherMachine.class, other -> {
                assertThat(other.matching()).isEqualTo(1);
                assertThat(other.required()).isEqualTo(3);
                assertThat(other.marks()).hasSize(5);
                assertThat(other.marks().get(kept)).isTrue();
                assertThat(other.marks().values().stream().filter(m -> m)).hasSize(1);
            });
            assertThat(client.allows("sparkplug")).isFalse();
        }
    }

    @Test void a_folder_copied_to_another_machine_licenses_nothing_and_cannot_give_the_license_back() throws IOException {
        var world = world();
        world.activated().close();
        var copy = new World(folder.resolve("copy"));
        Files.createDirectory(copy.home);
        try (var files = Files.list(world.home)) {
            for (var file : files.toList()) {
                Files.copy(file, copy.home.resolve(file.getFileName()));
            }
        }
        copy.marks.replaceAll((name, value) -> "other " + value);
        try (var client = copy.builderFor(world.issuer).open()) {
            assertThat(client.check()).isInstanceOf(LicenseState.OtherMachine.class);
            assertThat(client.allows("sparkplug")).isFalse();
            assertThat(client.deactivate()).isInstanceOf(Deactivation.NotPossible.class);
            copy.pass(java.time.Duration.ofDays(2), java.time.Duration.ofHours(1));
            assertThat(world.issuer.received).as("nor does it ask by itself").hasSize(1);
            // Activated by its own key it is a host of its own.
            client.activate(world.key);
            assertThat(world.issuer.asked(1).host().keys()).isNotEqualTo(world.issuer.asked(0).host().keys());
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void a_mark_that_cannot_be_read_does_not_match() {
        var world = world();
        world.activated().close();
        world.marks.keySet().removeAll(List.of("machine", "board", "disk"));
        try (var client = world.open()) {
            assertThat(client.check()).isInstanceOfSatisfying(LicenseState.OtherMachine.class, other -> assertThat(other.matching()).isEqualTo(2));
        }
    }

    @Test void the_machine_is_read_once_and_not_by_the_start() {
        var world = world();
        world.activated().close();
        var reads = new AtomicInteger();
        try (var client = new World(world.home).builderFor(world.issuer).open()) {
            assertThat(client.allows("sparkplug")).isTrue();
        }
        var builder = LicenseClient.builder().product("mqtt-server").trustAnchor(world.issuer.anchor).home(world.home).transport(world.issuer).background(new ByHand())
                .clock(world.clocks).monotonicClock(world.clocks).machine(() -> {
                    reads.incrementAndGet();
                    return world.marks;
                });
        try (var client = builder.open()) {
            assertThat(client.allows("sparkplug")).isTrue();
            assertThat(reads).hasValue(0);
            client.check();
            client.check();
            client.host();
            assertThat(reads).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"To be filled by O.E.M.", "to be filled by o.e.m", "Default string", "None", "none", "Not Specified", "Not Applicable", "N/A", "unknown", "OEM", "System Serial Number", "",
            "0", "00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "03000200-0400-0500-0006-000700080009", "0123456789", "1234567890", "xxxxxxxx", " - "})
    void values_that_many_machines_share_do_not_count(String shared) {
        var fingerprint = MachineMarks.fingerprint("acme", () -> Map.of("machine", shared, "board", shared, "disk", shared, "network", shared), folder);
        assertThat(fingerprint.factors()).containsOnlyKeys("place");
    }

    @ParameterizedTest @ValueSource(strings = {"BRD-77812", "4c4c4544-0051-3310-8052-b3c04f595831", "S3Z9NB0K123456", "0a1b2c3d4e5f60718293a4b5c6d7e8f9"})
    void values_of_one_machine_count(String own) {
        assertThat(MachineMarks.fingerprint("acme", () -> Map.of("board", own), folder).factors()).containsOnlyKeys("board", "place");
    }

    @Test void two_vendors_see_different_factors_of_the_same_machine() {
        var one = MachineMarks.fingerprint("acme", () -> World.MARKS, folder);
        var other = MachineMarks.fingerprint("globex", () -> World.MARKS, folder);
        assertThat(one.matching(other)).isZero();
        assertThat(one.matching(MachineMarks.fingerprint("acme", () -> World.MARKS, folder))).isEqualTo(5);
    }

    @Test void two_folders_on_one_machine_differ_in_their_place() throws IOException {
        var one = MachineMarks.fingerprint("acme", () -> World.MARKS, Files.createDirectory(folder.resolve("one")));
        var other = MachineMarks.fingerprint("acme", () -> World.MARKS, Files.createDirectory(folder.resolve("two")));
        assertThat(one.matching(other)).isEqualTo(4);
        assertThat(one.factors().get("place")).isNotEqualTo(other.factors().get("place"));
    }

    @Test void the_address_of_a_network_card_is_chosen_over_those_that_software_made() {
        assertThat(PermanentMac.of(List.of(new PermanentMac.Interface("docker0", "00:11:22:33:44:55"), new PermanentMac.Interface("eth1", "f0:de:f1:a2:b3:c4"),
                new PermanentMac.Interface("eth0", "E0:DE:F1:A2:B3:C5"), new PermanentMac.Interface("eth2", "02:42:ac:11:00:02"),
                new PermanentMac.Interface("eth3", "00:00:00:00:00:00"), new PermanentMac.Interface("eth4", "00:50:56:00:00:01"),
                new PermanentMac.Interface("ppp0", "")))).contains("e0def1a2b3c5");
        assertThat(PermanentMac.of(List.of(new PermanentMac.Interface("eth0", "02:42:ac:11:00:02")))).isEmpty();
    }

    @Test void this_very_machine_can_be_read_twice_with_the_same_result() {
        assertThat(new OshiMachine().marks()).isEqualTo(new OshiMachine().marks());
        assertThat(new OshiMachine().marks().keySet()).isSubsetOf("machine", "board", "disk", "network");
    }
}
