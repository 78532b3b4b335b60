package dev.charter.floating.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.floating.lease.Asked;
import dev.charter.floating.lease.Outcome;
import dev.charter.floating.settings.Place;
import dev.charter.floating.testing.TestPool;
import dev.charter.floating.testing.TestSeats;
import dev.charter.format.Digest;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.server.settings.CannotStart;
import dev.charter.server.settings.Surroundings;
import dev.charter.store.Store;
import dev.charter.store.StoreUrl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    @TempDir
    Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    private Path backup() {
        return folder.resolve("backup.zip");
    }

    private Place place(Path data) {
        return new Place(data, new StoreUrl.SqliteFile(data.resolve("floating.db")));
    }

    @BeforeEach
    void a_server_that_has_a_host_and_a_pool() throws IOException {
        Files.createDirectories(data().resolve("host/mqtt-server"));
        Files.write(data().resolve("floating-server.secret"), new byte[32]);
        Files.writeString(data().resolve("host/mqtt-server/license.1"), "the license");
        Files.writeString(data().resolve("host/mqtt-server/lock"), "");
        Files.writeString(data().resolve("floating-server.address"), "http://127.0.0.1:16090");
        onItsDatabase(data(), seats -> acquire(seats.with(TestPool.of(2)), "plant-a"));
    }

    private static void onItsDatabase(Path data, Consumer<TestSeats> work) {
        try (var store = Store.open(new StoreUrl.SqliteFile(data.resolve("floating.db")), "classpath:db/floating")) {
            work.accept(new TestSeats(store, () -> NOW));
        }
    }

    private static void acquire(TestSeats seats, String host) {
        var request = TestPool.request("lic-1", Purpose.ACQUIRE, TestPool.keys(host), 1, SeatWish.ALL);
        assertThat(seats.seats.request(new Asked(request, "lic-1", Digest.of(host.getBytes(StandardCharsets.UTF_8))))).isInstanceOf(Outcome.Granted.class);
    }

    private void backsUp() {
        new BackUp(place(data()), () -> NOW).to(backup());
    }

    private void restores(Path data, boolean replace) throws IOException {
        Files.createDirectories(data);
        new Restore(place(data), () -> NOW).from(backup(), replace);
    }

    @Test
    void a_backup_of_a_server_that_runs_holds_what_was_acknowledged_before_and_nobody_else_may_read_it() throws IOException {
        onItsDatabase(data(), seats -> {
            backsUp();
            acquire(seats, "plant-b");
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup()))).isEqualTo("rw-------");

        var other = folder.resolve("other");
        restores(other, false);
        onItsDatabase(other, seats -> assertThat(seats.pool("lic-1").taken()).isEqualTo(1));
        assertThat(other.resolve("host/mqtt-server/license.1")).hasContent("the license");
        assertThat(other.resolve("floating-server.secret")).hasBinaryContent(new byte[32]);
        assertThat(other.resolve("restored")).as("the next start is told").exists();
        assertThat(List.of("floating-server.address", "host/mqtt-server/lock", "restore-draft")).noneMatch(name -> Files.exists(other.resolve(name)));
    }

    @Test
    void a_restore_replaces_nothing_until_it_is_told_to_and_then_keeps_what_was_there() throws IOException {
        backsUp();
        onItsDatabase(data(), seats -> acquire(seats, "plant-b"));

        assertThatThrownBy(() -> restores(data(), false)).isInstanceOf(CannotStart.class).hasMessageContaining("--replace").hasMessageContaining("nothing was changed");
        onItsDatabase(data(), seats -> assertThat(seats.pool("lic-1").taken()).isEqualTo(2));
        assertThat(data().resolve("restored")).doesNotExist();

        restores(data(), true);
        onItsDatabase(data(), seats -> assertThat(seats.pool("lic-1").taken()).isEqualTo(1));
        assertThat(data().resolve("before-restore-20260301-080000/floating.db")).exists();
        assertThat(data().resolve("before-restore-20260301-080000/host/mqtt-server/license.1")).exists();
    }

    @Test
    void a_backup_never_overwrites_and_where_there_is_no_server_it_says_so() throws IOException {
        Files.writeString(backup(), "precious");
        assertThatThrownBy(this::backsUp).isInstanceOf(CannotStart.class).hasMessageContaining("never overwrites");
        assertThat(backup()).hasContent("precious");

        var nowhere = new BackUp(place(folder.resolve("nowhere")), () -> NOW);
        assertThatThrownBy(() -> nowhere.to(folder.resolve("b.zip"))).isInstanceOf(CannotStart.class).hasMessageContaining("CHARTER_FLOATING_DATA");
    }

    @Test
    void what_is_no_backup_is_refused_with_a_sentence_and_changes_nothing() throws IOException {
        backsUp();
        var good = Files.readAllBytes(backup());
        var cases = new ArrayList<Map.Entry<String, Tampering>>();
        cases.add(Map.entry("no zip file", () -> Files.writeString(backup(), "a letter")));
        cases.add(Map.entry("backup.json is missing", () -> rewrite(name -> name.equals("backup.json") ? "other.json" : name, content -> content)));
        cases.add(Map.entry("which no backup does", () -> rewrite(name -> name.startsWith("host/") ? "../outside" : name, content -> content)));
        cases.add(Map.entry("is not as it was written", () -> rewrite(name -> name, content -> content.replace("the license", "another one"))));
        for (var one : cases) {
            Files.write(backup(), good);
            one.getValue().run();
            var fresh = Files.createDirectories(folder.resolve("fresh"));
            assertThatThrownBy(() -> restores(fresh, false)).as(one.getKey()).isInstanceOf(NoBackup.class).hasMessageContaining(one.getKey());
            assertThat(fresh).isEmptyDirectory();
        }
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    private interface Tampering {
        void run() throws IOException;
    }

    private void rewrite(UnaryOperator<String> name, UnaryOperator<String> content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipFile(backup().toFile()); var written = new ZipOutputStream(out)) {
            for (var entry : zip.stream().toList()) {
                written.putNextEntry(new ZipEntry(name.apply(entry.getName())));
                var text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                written.write(content.apply(text).getBytes(StandardCharsets.ISO_8859_1));
                written.closeEntry();
            }
        }
        Files.write(backup(), out.toByteArray());
    }

    @Test
    void a_database_that_was_edited_before_it_was_backed_up_is_not_restored() throws IOException {
        onItsDatabase(data(), seats -> seats.transactions.doInOne(sql -> sql.update("UPDATE pool SET seats = 500")));
        backsUp();
        var fresh = Files.createDirectories(folder.resolve("fresh"));
        assertThatThrownBy(() -> restores(fresh, false)).isInstanceOf(NoBackup.class).hasMessageContaining("the pool lic-1 is not as this server left it");
        assertThat(fresh).isEmptyDirectory();
    }

    @Test
    void the_commands_tell_what_they_did_and_wrong_ones_how_they_are_used() throws IOException {
        var out = new ByteArrayOutputStream();
        var surroundings = new Surroundings(Map.of("CHARTER_FLOATING_DATA", data().toString()), new PrintStream(out, true, StandardCharsets.UTF_8), () -> NOW);
        assertThat(BackupCommands.areMeant(new String[] {"backup"})).isTrue();
        assertThat(BackupCommands.areMeant(new String[] {"--help"})).isFalse();
        assertThat(BackupCommands.run(new String[] {"backup"}, surroundings)).isEqualTo(64);
        assertThat(BackupCommands.run(new String[] {"backup", backup().toString()}, surroundings)).isZero();
        assertThat(BackupCommands.run(new String[] {"restore", backup().toString()}, surroundings)).isEqualTo(69);
        assertThat(BackupCommands.run(new String[] {"restore", backup().toString(), "--replace"}, surroundings)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(backup().toString(), "renews leases and hands out none");
    }
}
