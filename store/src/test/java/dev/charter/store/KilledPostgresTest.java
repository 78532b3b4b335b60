package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.store.testing.MortalPostgres;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A PostgreSQL server whose processes are killed under load and started again on the same data.
class KilledPostgresTest {
    private static final int KILLS = 3;
    private static final int ACKNOWLEDGED_BETWEEN_KILLS = 300;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Throwable> unexpected = new AtomicReference<>();

    @Test
    @Timeout(300)
    void nothing_acknowledged_is_lost_nothing_refused_is_there_and_the_unknown_is_whole_or_absent() throws Exception {
        try (var server = new MortalPostgres(); var store = Store.open(server.fresh("mortal"), Things.MIGRATIONS)) {
            var transactions = store.transactions();
            var stop = new AtomicBoolean();
            var producers = new ArrayList<Thread>();
            for (int i = 0; i < 8; i++) {
                var name = "p" + i;
                producers.add(Thread.ofPlatform().start(() -> produce(transactions, name, stop)));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                awaitAcknowledged(acknowledged.size() + ACKNOWLEDGED_BETWEEN_KILLS);
                server.kill();
                server.startAgain();
            }
            awaitAcknowledged(acknowledged.size() + ACKNOWLEDGED_BETWEEN_KILLS);
            stop.set(true);
            for (var producer : producers) {
                producer.join();
            }

            assertThat(unexpected.get()).isNull();
            var there = new HashSet<>(Things.ids(transactions));
            List<String> children = transactions.reading(sql -> sql.query("SELECT thing FROM child", row -> row.text("thing")));
            assertThat(there).as("acknowledged").containsAll(acknowledged);
            assertThat(there).as("refused").doesNotContainAnyElementsOf(refused);
            assertThat(children).as("both rows or none").containsExactlyInAnyOrderElementsOf(there);

            // Who does not know asks again by its own key, and has it once.
            for (var id : unknown) {
                transactions.doInOne(sql -> {
                    if (sql.update("INSERT INTO thing (id, amount) VALUES (?, 0) ON CONFLICT (id) DO NOTHING", id) == 1) {
                        sql.update("INSERT INTO child (id, thing) VALUES (?, ?)", id, id);
                    }
                });
            }
            assertThat(new HashSet<>(Things.ids(transactions))).containsAll(acknowledged).containsAll(unknown).doesNotContainAnyElementsOf(refused);
        }
    }

    private void produce(Transactions transactions, String name, AtomicBoolean stop) {
        for (int i = 0; !stop.get() && unexpected.get() == null; i++) {
            var id = name + "-" + i;
            try {
                transactions.doInOne(sql -> {
                    Things.add(sql, id);
                    sql.update("INSERT INTO child (id, thing) VALUES (?, ?)", id, id);
                });
                acknowledged.add(id);
            } catch (CommitUnknown e) {
                unknown.add(id);
            } catch (StoreUnavailable e) {
                refused.add(id);
            } catch (Throwable e) {
                unexpected.set(e);
            }
        }
    }

    private void awaitAcknowledged(int enough) {
        while (acknowledged.size() < enough && unexpected.get() == null) {
            Thread.onSpinWait();
        }
    }
}
