package dev.charter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.cli.console.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
    @TempDir
    Path machine;

    @Test
    void a_folder_that_holds_other_files_is_neither_used_nor_cleared() throws IOException {
        var theirs = Files.createDirectories(machine.resolve("theirs"));
        Files.writeString(theirs.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> DemoFolder.take(theirs)).isInstanceOf(CommandFailed.class).hasMessageContaining("did not make");
        assertThat(theirs).isDirectoryContaining("glob:**thesis.txt");
        assertThat(Files.list(theirs)).hasSize(1);
    }

    @Test
    void an_empty_or_a_missing_folder_is_taken_and_marked_and_taken_again() throws IOException {
        var empty = Files.createDirectories(machine.resolve("empty"));
        DemoFolder.take(empty).close();
        Files.writeString(empty.resolve("demo.json"), "{}");

        try (var again = DemoFolder.take(empty)) {
            assertThat(again.demoFile()).exists();
        }
        DemoFolder.take(machine.resolve("not/there/yet")).close();
        assertThat(machine.resolve("not/there/yet/.charter-demo")).exists();
    }

    @Test
    void clearing_deletes_everything_in_it_and_nothing_that_a_link_in_it_leads_to() throws IOException {
        var elsewhere = Files.createDirectories(machine.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("thesis.txt"), "years of work");
        try (var folder = DemoFolder.take(machine.resolve("demo"))) {
            Files.createDirectories(folder.authority());
            Files.writeString(folder.log(), "log");
            Files.createSymbolicLink(folder.folder().resolve("link"), Path.of("..", "elsewhere"));

            folder.clear();

            assertThat(folder.authority()).doesNotExist();
            assertThat(folder.folder().resolve("link")).doesNotExist();
        }
        assertThat(elsewhere.resolve("thesis.txt")).exists();
        DemoFolder.take(machine.resolve("demo")).close();
    }

    @Test
    void one_up_at_a_time_has_it() throws IOException {
        try (var first = DemoFolder.take(machine.resolve("demo"))) {
            assertThatThrownBy(() -> DemoFolder.take(first.folder())).isInstanceOf(CommandFailed.class).hasMessageContaining("runs on");
        }
        DemoFolder.take(machine.resolve("demo")).close();
    }

    @Test
    void what_is_written_there_is_its_owners_alone() throws IOException {
        try (var folder = DemoFolder.take(machine.resolve("demo"))) {
            DemoFolder.write(folder.demoFile(), "{}");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.demoFile()))).isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.folder()))).isEqualTo("rwx------");
        }
    }
}
