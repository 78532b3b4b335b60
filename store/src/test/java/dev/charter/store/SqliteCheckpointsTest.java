package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.store.testing.Engines;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SqliteCheckpointsTest {
    private static final int WRITERS = 4;
    private static final int WORKS = 700;
    private static final int MEGABYTE = 1 << 20;

    @Test
    void the_log_begins_anew_though_the_writer_never_pauses() throws Exception {
        var url = (StoreUrl.SqliteFile) Engines.fresh(Engine.SQLITE);
        try (var store = Store.open(url, Things.MIGRATIONS)) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var written = threads.invokeAll(IntStream.range(0, WRITERS).<Callable<Integer>>mapToObj(writer -> () -> writes(store.transactions(), "thing " + writer)).toList());
                assertThat(written).extracting(Future::resultNow).containsOnly(WORKS);
            }
            var log = url.file().resolveSibling(url.file().getFileName() + "-wal");
            assertThat(Files.size(log)).as("of about 100 MB that were written").isBetween((long) MEGABYTE, 48L * MEGABYTE);
        }
    }

    private static int writes(Transactions transactions, String thing) {
        transactions.inOne(sql -> Things.add(sql, thing));
        var content = new byte[32 << 10];
        for (int i = 0; i < WORKS; i++) {
            Arrays.fill(content, (byte) i); // SQLite writes no page that stays as it is
            transactions.inOne(sql -> sql.update("UPDATE thing SET content = ? WHERE id = ?", content, thing));
        }
        return WORKS;
    }
}
