package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.store.testing.Engines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of a server in the midst of its commits, on SQLite.
class KilledProcessTest {
    private static final int KILLS = 3;

    @TempDir
    Path temporary;

    @RepeatedTest(2)
    @Timeout(180)
    void everything_that_was_acknowledged_is_there_and_nothing_is_there_by_half() throws Exception {
        var url = Engines.fresh(Engine.SQLITE);
        var acknowledged = new HashSet<String>();
        for (int kill = 1; kill <= KILLS; kill++) {
            int enough = acknowledged.size() + 500 * kill;
            var process = startWriter(url);
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.endsWith(";")) { // the last line may be cut off
                        acknowledged.add(line.substring(0, line.length() - 1));
                    }
                    if (acknowledged.size() == enough) {
                        process.toHandle().destroyForcibly(); // and read on: what stands in the pipe was acknowledged too
                    }
                }
            }
            process.waitFor();
            assertThat(acknowledged).as("acknowledged before kill %d", kill).hasSizeGreaterThanOrEqualTo(enough);

            try (var store = Store.open(url, Things.MIGRATIONS)) {
                var there = Set.copyOf(Things.ids(store.transactions()));
                var children = Set.copyOf(store.transactions().<List<String>>reading(
                        sql -> sql.query("SELECT id FROM child", row -> row.text("id"))));
                assertThat(there).containsAll(acknowledged);
                assertThat(children).isEqualTo(there);
            }
        }
    }

    @Test
    @Timeout(60)
    void nothing_is_left_in_the_temporary_folder() throws Exception {
        var process = startWriter(Engines.fresh(Engine.SQLITE));
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).endsWith(";");
        } finally {
            process.toHandle().destroyForcibly();
        }
        process.waitFor();

        assertThat(temporary).isEmptyDirectory();
    }

    private Process startWriter(StoreUrl url) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary,
                "-cp", System.getProperty("java.class.path"), AcknowledgingWriter.class.getName(), url.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
