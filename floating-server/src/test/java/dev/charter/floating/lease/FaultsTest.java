package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of seats while the database cannot be written. The store's unavailability is answered with 503 over HTTP.
class FaultsTest {

    @Test
    void on_a_full_disk_a_seat_is_taken_whole_or_not_at_all_and_when_there_is_room_again_it_goes_on(@TempDir Path folder) throws Exception {
        var ran = onADiskOfTwoMegabytes(folder, FullDisk.class);
        assertThat(ran).endsWith(FullDisk.HELD);
    }

    /// What a program printed that has a small file system (Linux, mount_namespaces(7)) at that folder, which nobody else sees and which goes with it.
    private static String onADiskOfTwoMegabytes(Path folder, Class<?> main) throws IOException, InterruptedException {
        var command = List.of("unshare", "--map-root-user", "--mount", "--", "sh", "-c", "mount -t tmpfs -o size=2m none \"$0\" && exec \"$@\"", folder.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), main.getName(), folder.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }
}
