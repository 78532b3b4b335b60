package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamagedFilesTest {
    static final byte[] CONTENT = "{\"latest\":\"2026-03-01T08:00:00Z\",\"filler\":\"nothing of importance\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;
    final List<String> notices = new ArrayList<>();

    TwoCopies copies() {
        return new TwoCopies(new QuickDisk(), folder, "thing", notices::add);
    }

    byte[] read() throws IOException {
        return copies().read() instanceof TwoCopies.Found.Whole whole ? whole.content() : new byte[0];
    }

    void clean() throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        notices.clear();
    }

    @ParameterizedTest @ValueSource(ints = {1, 2})
    void a_copy_cut_at_any_length_is_never_believed_and_healed_from_the_other(int copy) throws IOException {
        copies().write(CONTENT);
        var whole = Files.readAllBytes(copies().file(copy));
        for (int length = 0; length < whole.length; length++) {
            clean();
            copies().write(CONTENT);
            Files.write(copies().file(copy), Arrays.copyOf(whole, length));
            assertThat(read()).as("cut at " + length).isEqualTo(CONTENT);
            assertThat(notices).singleElement().asString().contains("thing-" + copy + " was damaged");
            assertThat(folder.resolve("thing.damaged-1")).hasSize(length);
            assertThat(copies().file(copy)).hasBinaryContent(Files.readAllBytes(copies().file(3 - copy)));
        }
    }

    @ParameterizedTest @ValueSource(ints = {1, 2})
    void no_flipped_bit_of_a_copy_is_ever_believed(int copy) throws IOException {
        copies().write(CONTENT);
        var whole = Files.readAllBytes(copies().file(copy));
        for (int bit = 0; bit < whole.length * 8; bit++) {
            clean();
            copies().write(CONTENT);
            var damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(copies().file(copy), damaged);
            assertThat(read()).as("bit " + bit).isEqualTo(CONTENT);
            assertThat(notices).hasSize(1);
        }
    }

    @Test void bytes_appended_or_another_copy_s_generation_are_not_believed() throws IOException {
        copies().write(CONTENT);
        var whole = Files.readAllBytes(copies().file(1));
        Files.write(copies().file(1), Arrays.copyOf(whole, whole.length + 1));
        assertThat(read()).isEqualTo(CONTENT);
        var forged = new String(Files.readAllBytes(copies().file(1)), StandardCharsets.UTF_8).replaceFirst("charter-host 1 1 ", "charter-host 1 9 ").replace("nothing", "everything");
        Files.writeString(copies().file(1), forged);
        assertThat(read()).isEqualTo(CONTENT);
    }

    @Test void of_two_whole_copies_the_newer_one_counts() throws IOException {
        Files.write(copies().file(1), TwoCopies.encode(4, "old".getBytes(StandardCharsets.UTF_8)));
        Files.write(copies().file(2), TwoCopies.encode(5, "new".getBytes(StandardCharsets.UTF_8)));
        assertThat(read()).isEqualTo("new".getBytes(StandardCharsets.UTF_8));
        assertThat(copies().file(1)).hasBinaryContent(Files.readAllBytes(copies().file(2)));
    }

    @Test void both_damaged_is_told_apart_from_never_written_also_at_the_next_start() throws IOException {
        assertThat(copies().read()).isInstanceOf(TwoCopies.Found.Nothing.class);
        copies().write(CONTENT);
        Files.write(copies().file(1), new byte[3]);
        Files.write(copies().file(2), new byte[5]);
        assertThat(copies().read()).isInstanceOf(TwoCopies.Found.Lost.class);
        assertThat(copies().read()).isInstanceOf(TwoCopies.Found.Lost.class);
        assertThat(folder.resolve("thing.damaged-1")).hasSize(3);
        assertThat(folder.resolve("thing.damaged-2")).hasSize(5);
    }

    @ParameterizedTest @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_licensed_host_loses_nothing_whichever_copy_of_whatever_file_is_damaged_however(long seed) throws IOException {
        var random = new Random(seed);
        var world = new World(folder.resolve("home"));
        var first = world.activated();
        var key = first.host().keys();
        first.close();
        for (int round = 0; round < 20; round++) {
            boolean noticeable = false;
            for (var name : List.of("host-key", "license", "time", "released")) {
                var file = world.home.resolve(name + "-" + (1 + random.nextInt(2)));
                if (Files.exists(file)) {
                    noticeable |= damage(file, random);
                }
            }
            try (var client = world.open()) {
                assertThat(client.state()).as("seed " + seed + ", round " + round).isInstanceOf(LicenseState.Licensed.class);
                assertThat(client.host().keys()).isEqualTo(key);
                assertThat(client.notices().isEmpty()).isEqualTo(!noticeable);
            }
        }
    }

    /// Returns whether there is something left that can be seen to be damaged.
    static boolean damage(Path file, Random random) throws IOException {
        var bytes = Files.readAllBytes(file);
        switch (random.nextInt(3)) {
            case 0 -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case 1 -> {
                Files.delete(file);
                return false;
            }
            default -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
        }
        return true;
    }

    @Test void both_copies_of_the_license_damaged_is_a_plain_state_and_activating_makes_it_good() throws IOException {
        var world = new World(folder.resolve("home"));
        world.activated().close();
        for (int copy = 1; copy <= 2; copy++) {
            Files.write(world.home.resolve("license-" + copy), new byte[100]);
        }
        for (int start = 0; start < 2; start++) {
            try (var client = world.open()) {
                assertThat(client.state()).isInstanceOfSatisfying(LicenseState.Damaged.class, damaged -> assertThat(damaged.message()).contains("Activate this host again"));
                assertThat(client.allows("sparkplug")).isFalse();
            }
        }
        try (var client = world.open()) {
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(world.issuer.asked(1).host().keys()).as("its counters are lost, so it asks as a new host").isNotEqualTo(world.issuer.asked(0).host().keys());
        }
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void both_copies_of_the_host_s_key_damaged_is_a_plain_state_and_activating_makes_it_good() throws IOException {
        var world = new World(folder.resolve("home"));
        world.activated().close();
        for (int copy = 1; copy <= 2; copy++) {
            Files.write(world.home.resolve("host-key-" + copy), new byte[100]);
        }
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Damaged.class);
            assertThat(client.reactivate()).isInstanceOf(Activation.NotPossible.class);
            assertThat(client.deactivate()).isInstanceOf(Deactivation.NotPossible.class);
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void a_folder_full_of_nonsense_is_a_plain_state() throws IOException {
        var world = new World(folder.resolve("home"));
        Files.createDirectory(world.home);
        for (var name : List.of("host-key", "license", "time", "released")) {
            for (int copy = 1; copy <= 2; copy++) {
                Files.write(world.home.resolve(name + "-" + copy), TwoCopies.encode(1, "{\"keys\":7,\"latest\":\"yesterday\",\"releases\":{}}".getBytes(StandardCharsets.UTF_8)));
            }
        }
        try (var client = world.open()) {
            assertThat(client.state()).isInstanceOf(LicenseState.Damaged.class);
            assertThat(client.activate(world.key)).isInstanceOf(Activation.Activated.class);
        }
    }

    @Test void a_license_edited_by_hand_with_a_right_checksum_is_not_believed() throws IOException {
        var world = new World(folder.resolve("home"));
        world.activated().close();
        var other = new World(folder.resolve("other"));
        other.activated().close();
        for (int copy = 1; copy <= 2; copy++) {
            Files.copy(other.home.resolve("license-" + copy), world.home.resolve("license-" + copy), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        try (var client = world.open()) {
            assertThat(client.state()).as("another vendor's, for another host").isInstanceOf(LicenseState.Damaged.class);
            assertThat(client.allows("sparkplug")).isFalse();
        }
    }

    @Test void all_files_are_readable_by_their_owner_only() throws IOException {
        var world = new World(folder.resolve("home"));
        world.disk = new FileDisk();
        world.activated().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(world.home))).isEqualTo("rwx------");
        try (var files = Files.list(world.home)) {
            for (var file : files.filter(f -> !f.endsWith("lock")).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as(file.toString()).isEqualTo("rw-------");
            }
        }
    }
}
