package dev.charter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Armor;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder in which a running product takes answers.
class InboxTest {
    @TempDir Path folder;

    World world() {
        return new World(folder.resolve("home"));
    }

    static Path inbox(World world) {
        return world.home.resolve("license-inbox");
    }

    static void look(World world, int times) {
        for (int i = 0; i < times; i++) {
            world.background.task("inbox");
        }
    }

    static Path drop(World world, String name, byte[] content) throws IOException {
        Files.createDirectories(inbox(world));
        return Files.write(inbox(world).resolve(name), content);
    }

    static Path drop(World world, String name, SignedDocument document) throws IOException {
        return drop(world, name, Armor.write(document).getBytes(StandardCharsets.UTF_8));
    }

    static SignedDocument request(LicenseClient client, World world) {
        return World.made(client.makeRequest(world.key));
    }

    static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test void the_folder_is_there_as_soon_as_the_product_runs() {
        var world = world();
        try (var client = world.open()) {
            look(world, 1);
            assertThat(inbox(world)).isDirectory();
            assertThat(client.notices()).isEmpty();
        }
    }

    @Test void an_answer_dropped_there_is_installed_moved_and_told() throws IOException {
        var world = world();
        try (var client = world.open()) {
            drop(world, "usage-license.txt", world.issuer.license(request(client, world)));
            look(world, 2);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(names(inbox(world))).containsExactly("done");
            assertThat(names(inbox(world).resolve("done"))).containsExactly("usage-license.txt", "usage-license.txt.result.txt");
            assertThat(inbox(world).resolve("done/usage-license.txt.result.txt")).content().isEqualTo("It was installed: the license lic-1 for ACME Water is in use.\n");
            assertThat(client.notices()).extracting(Notice::message).containsExactly("license-inbox, usage-license.txt: It was installed: the license lic-1 for ACME Water is in use.");
        }
    }

    @Test void what_is_no_answer_for_this_host_is_set_aside_with_the_reason() throws IOException {
        var world = world();
        try (var client = world.open()) {
            var request = request(client, world);
            drop(world, "usage-request.txt", request);
            look(world, 2);
            assertThat(inbox(world).resolve("refused/usage-request.txt")).exists();
            assertThat(inbox(world).resolve("refused/usage-request.txt.result.txt")).content().startsWith("This is a usage request; the usage license is the answer to it.");
            assertThat(client.waitingRequest()).contains(request);
        }
    }

    @Test void a_signed_refusal_is_taken_note_of_and_set_aside_with_its_words() throws IOException {
        var world = world();
        try (var client = world.open()) {
            drop(world, "answer.txt", world.issuer.refusal(request(client, world), RefusalCode.ACTIVATIONS_EXHAUSTED));
            look(world, 2);
            assertThat(inbox(world).resolve("refused/answer.txt.result.txt")).content().contains(RefusalCode.ACTIVATIONS_EXHAUSTED.advice(), "(ACTIVATIONS_EXHAUSTED)");
            assertThat(client.waitingRequest()).isEmpty();
        }
    }

    @Test void a_file_that_still_grows_is_left_until_it_is_whole() throws IOException {
        var world = world();
        try (var client = world.open()) {
            var whole = Armor.write(world.issuer.license(request(client, world))).getBytes(StandardCharsets.UTF_8);
            var file = drop(world, "slow.txt", java.util.Arrays.copyOf(whole, 100));
            look(world, 5);
            assertThat(file).as("half of it, for a while").exists();
            Files.write(file, java.util.Arrays.copyOfRange(whole, 100, whole.length), StandardOpenOption.APPEND);
            look(world, 1);
            assertThat(file).as("whole, but only just").exists();
            look(world, 1);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
        }
    }

    @Test void half_a_file_that_stays_so_is_set_aside() throws IOException {
        var world = world();
        try (var client = world.open()) {
            var whole = Armor.write(world.issuer.license(request(client, world))).getBytes(StandardCharsets.UTF_8);
            drop(world, "half.txt", java.util.Arrays.copyOf(whole, whole.length / 2));
            look(world, 20);
            assertThat(inbox(world).resolve("refused/half.txt.result.txt")).content().contains("Copy it again");
            assertThat(client.waitingRequest()).isPresent();
        }
    }

    @Test void the_names_of_unfinished_downloads_and_hidden_files_are_left_alone() throws IOException {
        var world = world();
        try (var client = world.open()) {
            var answer = world.issuer.license(request(client, world));
            for (var name : List.of("answer.txt.part", "answer.txt.crdownload", ".answer.txt", "answer.tmp")) {
                drop(world, name, answer);
            }
            look(world, 20);
            assertThat(names(inbox(world))).hasSize(4);
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
        }
    }

    @Test void links_are_not_followed() throws IOException {
        var world = world();
        try (var client = world.open()) {
            var elsewhere = Files.writeString(folder.resolve("elsewhere.txt"), Armor.write(world.issuer.license(request(client, world))));
            Files.createDirectories(inbox(world));
            Files.createSymbolicLink(inbox(world).resolve("answer.txt"), elsewhere);
            look(world, 20);
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
            assertThat(elsewhere).exists();
        }
    }

    @Test void an_inbox_that_is_a_link_is_not_used_and_that_is_said_once() throws IOException {
        var world = world();
        try (var client = world.open()) {
            var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
            Files.writeString(elsewhere.resolve("answer.txt"), Armor.write(world.issuer.license(request(client, world))));
            Files.createSymbolicLink(inbox(world), elsewhere);
            look(world, 20);
            assertThat(client.state()).isInstanceOf(LicenseState.NeverLicensed.class);
            assertThat(client.notices()).singleElement().satisfies(notice -> assertThat(notice.message()).contains("links are not followed"));
        }
    }

    @Test void what_is_larger_than_a_letter_is_set_aside_unread() throws IOException {
        var world = world();
        try (var client = world.open()) {
            drop(world, "backup.zip", new byte[1024 * 1024 + 1]);
            look(world, 2);
            assertThat(inbox(world).resolve("refused/backup.zip.result.txt")).content().contains("larger than 1 MiB");
            assertThat(client.notices()).hasSize(1);
        }
    }

    @Test void many_files_are_handled_a_few_at_a_time_and_none_is_lost() throws IOException {
        var world = world();
        try (var client = world.open()) {
            var request = request(client, world);
            for (int i = 0; i < 40; i++) {
                drop(world, "request-" + i + ".txt", request);
            }
            look(world, 2);
            assertThat(names(inbox(world).resolve("refused"))).hasSize(2 * 16);
            look(world, 2);
            assertThat(names(inbox(world).resolve("refused"))).hasSize(2 * 40);
        }
    }

    @Test void the_same_name_again_overwrites_nothing() throws IOException {
        var world = world();
        try (var client = world.open()) {
            var request = request(client, world);
            for (int i = 0; i < 2; i++) {
                drop(world, "answer.txt", request);
                look(world, 2);
            }
            assertThat(names(inbox(world).resolve("refused"))).containsExactly("answer-2.txt", "answer-2.txt.result.txt", "answer.txt", "answer.txt.result.txt");
        }
    }

    @Test void of_two_answers_the_older_one_is_looked_at_first() throws IOException {
        var world = world();
        try (var client = world.open()) {
            var answer = world.issuer.license(request(client, world));
            Files.setLastModifiedTime(drop(world, "a.txt", answer), FileTime.from(Instant.parse("2026-03-01T08:00:02Z")));
            Files.setLastModifiedTime(drop(world, "b.txt", request(client, world)), FileTime.from(Instant.parse("2026-03-01T08:00:01Z")));
            look(world, 2);
            assertThat(client.notices()).extracting(Notice::message).satisfiesExactly(first -> assertThat(first).contains("b.txt"), second -> assertThat(second).contains("a.txt"));
        }
    }

    /// A disk that takes nothing while it is full.
    static final class FillingDisk extends QuickDisk {
        boolean full;

        @Override
        public void create(Path file, byte[] content) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            super.create(file, content);
        }
    }

    @Test void when_the_disk_is_full_the_answer_stays_and_is_installed_later() throws IOException {
        var world = world();
        var disk = new FillingDisk();
        world.disk = disk;
        try (var client = world.open()) {
            var file = drop(world, "answer.txt", world.issuer.license(request(client, world)));
            disk.full = true;
            look(world, 20);
            assertThat(file).exists();
            assertThat(client.notices()).singleElement().satisfies(notice -> assertThat(notice.message()).contains("answer.txt", "No space left", "tried again"));
            disk.full = false;
            look(world, 120);
            assertThat(client.state()).isInstanceOf(LicenseState.Licensed.class);
            assertThat(file).doesNotExist();
        }
    }
}
