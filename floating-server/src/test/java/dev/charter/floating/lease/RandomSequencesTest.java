package dev.charter.floating.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.testing.Clocks;
import dev.charter.floating.testing.TestPool;
import dev.charter.store.Store;
import dev.charter.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Random sequences of everything that can happen to a pool ([RandomWalk]), against a plain model of it ([PlainModel]). After every step what the server answered is what the model answers, and the
/// [Invariants] hold.
///
/// `-Dcharter.seed=N` replays one run, `-Dcharter.sequences=N` sets its length.
class RandomSequencesTest {
    private static final int SEQUENCES = Integer.getInteger("charter.sequences", 10_000);
    private static final int LANES = 2;

    @Test
    void whatever_happens_the_server_does_what_the_plain_model_does_and_never_hands_out_too_many_seats() throws Exception {
        long seed = Long.getLong("charter.seed", System.nanoTime());
        System.out.println("random sequences of leases: -Dcharter.seed=" + seed);
        var counts = new ConcurrentHashMap<String, Integer>();
        try (var threads = Executors.newFixedThreadPool(LANES)) {
            var lanes = IntStream.range(0, LANES).mapToObj(lane -> threads.submit(() -> {
                run(seed, lane, counts);
                return lane;
            })).toList();
            for (var lane : lanes) {
                lane.get();
            }
        }
        System.out.println("answers: " + counts);
        // A run of that length has seen all of these; a short replay need not.
        if (SEQUENCES >= 1_000) {
            assertThat(counts).containsKeys("granted ACQUIRE", "granted RENEW", "NO_SEAT_FREE ACQUIRE", "RELEASED RENEW", "REQUEST_SUPERSEDED ACQUIRE", "same bytes", "released", "reclaimed", "fenced",
                    "hidden restore seen", "restored", "rebooted", "waits", "waits behind others", "served from the queue", "reserved", "emergency", "emergency over", "shrunk", "ALLOWANCE_EXHAUSTED ACQUIRE");
        }
    }

    /// Every sequence depends on its own seed alone. Each lane has a database of its own, in memory where the machine has a file system there: durability is not what is tested here.
    private static void run(long seed, int lane, Map<String, Integer> counts) throws IOException {
        var memory = Path.of("/dev/shm");
        var folder = Files.isWritable(memory) ? Files.createTempDirectory(memory, "charter-leases") : Files.createTempDirectory("charter-leases");
        try (var store = Store.open(StoreUrl.parse("sqlite:" + folder.resolve("leases.db")), "classpath:db/floating")) {
            store.transactions().doInOne(sql -> RandomWalk.TABLES.forEach(table -> sql.update("CREATE TABLE saved_" + table + " AS SELECT * FROM " + table)));
            var clocks = new Clocks(TestPool.BEGIN.plusSeconds(86_400));
            for (int i = lane; i < SEQUENCES; i += LANES) {
                var sequence = new RandomWalk(store, clocks, new Random(seed + i), "lic-" + i, counts);
                try {
                    sequence.run();
                } catch (AssertionError | RuntimeException failure) {
                    throw new AssertionError("sequence " + i + " of seed " + seed + ", to be replayed alone by -Dcharter.sequences=1 -Dcharter.seed=" + (seed + i) + ":\n" + String.join("\n", sequence.story), failure);
                }
            }
        } finally {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
