package dev.charter.floating.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.format.Bytes;
import dev.charter.store.Engine;
import dev.charter.store.Store;
import dev.charter.store.StoreUrl;
import dev.charter.store.testing.Engines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodesTest {
    private static final Path DATA = Path.of("node-data").toAbsolutePath();
    private static final Path KEY = DATA.resolve("host/mqtt-server/host-key-1");
    private static final Bytes SECRET = Bytes.of(new byte[32]);
    private final StoreUrl database = Engines.fresh(Engine.POSTGRESQL);
    private final AtomicLong nanos = new AtomicLong();
    private final Store store = Store.open(database, "classpath:db/floating");
    private final Nodes first = node();

    private Nodes node() {
        return Nodes.on(store, DATA, SECRET, new SecureRandom(), nanos::get).orElseThrow();
    }

    @BeforeEach
    void a_host_key() throws IOException {
        first.disk().create(KEY, bytes("the key"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void one_node_keeps_the_license_and_the_others_read_what_it_writes() throws IOException {
        var second = node();
        assertThat(first.keeps()).isTrue();
        assertThat(second.keeps()).isFalse();
        assertThat(second.disk().read(KEY)).hasValue(bytes("the key"));
        assertThat(second.disk().read(DATA.resolve("host/mqtt-server/license-1"))).isEmpty();
        assertThatThrownBy(() -> second.disk().create(KEY, bytes("another"))).isInstanceOf(IOException.class).hasMessageContaining("another node");

        assertThat(second.look()).as("nothing has changed").isFalse();
        var draft = KEY.resolveSibling("host-key-1.new");
        first.disk().create(draft, bytes("the next key"));
        first.disk().replace(draft, KEY);
        assertThat(second.look()).as("the files have changed").isTrue();
        assertThat(second.disk().read(KEY)).hasValue(bytes("the next key"));
        assertThat(second.disk().read(draft)).isEmpty();
        assertThat(second.look()).isFalse();
    }

    @Test
    void a_keeper_that_is_silent_for_too_long_is_replaced_and_changes_nothing_any_more() throws IOException {
        var second = node();
        second.look();
        nanos.addAndGet(Nodes.LONGEST_SILENCE.toNanos() - 1);
        first.look(); // it beats
        second.look();
        nanos.addAndGet(Nodes.LONGEST_SILENCE.toNanos() - 1);
        assertThat(second.look()).isFalse();
        nanos.addAndGet(1);
        assertThat(second.look()).as("it takes over").isTrue();
        assertThat(second.keeps()).isTrue();

        assertThatThrownBy(() -> first.disk().create(KEY, bytes("late"))).isInstanceOf(IOException.class);
        assertThat(first.look()).as("it hears of it").isTrue();
        assertThat(first.keeps()).isFalse();
        second.disk().create(KEY, bytes("by the second"));
        assertThat(first.disk().read(KEY)).hasValue(bytes("by the second"));
    }

    @Test
    void a_keeper_that_stops_is_replaced_at_once() {
        var second = node();
        first.close();
        assertThat(second.look()).isTrue();
        assertThat(second.keeps()).isTrue();
    }

    @Test
    void what_lies_in_the_database_is_of_no_use_without_the_secret() {
        var stranger = Nodes.on(store, DATA, Bytes.of(bytes("another secret of the same size!")), new SecureRandom(), nanos::get).orElseThrow();
        assertThatThrownBy(() -> stranger.disk().read(KEY)).isInstanceOf(IOException.class).hasMessageContaining("secret");
        var kept = store.transactions().reading(sql -> sql.one("SELECT content FROM host_file", row -> new String(row.bytes("content"), StandardCharsets.ISO_8859_1)).orElseThrow());
        assertThat(kept).doesNotContain("the key");
    }

    @Test
    void the_machine_of_all_nodes_is_the_database_and_another_database_of_the_cluster_is_another_machine() {
        var marks = first.machine().orElseThrow().marks();
        assertThat(marks).containsOnlyKeys("machine", "disk", "place");
        assertThat(node().machine().orElseThrow().marks()).isEqualTo(marks);
        try (var other = Store.open(Engines.fresh(Engine.POSTGRESQL), "classpath:db/floating")) {
            var elsewhere = Nodes.on(other, DATA, SECRET, new SecureRandom(), nanos::get).orElseThrow().machine().orElseThrow().marks();
            assertThat(elsewhere).doesNotContainEntry("disk", marks.get("disk")).doesNotContainEntry("place", marks.get("place"));
        }
    }

    @Test
    void on_sqlite_there_is_one_node() {
        try (var sqlite = Store.open(Engines.fresh(Engine.SQLITE), "classpath:db/floating")) {
            assertThat(Nodes.on(sqlite, DATA, SECRET, new SecureRandom(), nanos::get)).isEmpty();
        }
    }
}
