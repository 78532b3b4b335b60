package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.store.testing.Engines;
import java.net.URI;
import java.util.ArrayList;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What only PostgreSQL's concurrent transactions can meet.
@Timeout(60)
class PooledTransactionsTest {
    private final Executor threads = task -> Thread.ofVirtual().start(task);
    private StoreUrl.PostgresDatabase url;
    private Store store;
    private Transactions transactions;

    @BeforeEach
    void open() {
        url = (StoreUrl.PostgresDatabase) Engines.fresh(Engine.POSTGRESQL);
        store = Store.open(url, Things.MIGRATIONS);
        transactions = store.transactions();
        transactions.doInOne(sql -> {
            Things.add(sql, "a");
            Things.add(sql, "b");
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_serialization_failure_is_tried_again_until_it_wins() {
        var tries = new AtomicInteger();
        var bothHaveRead = new CyclicBarrier(2);
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 2; i++) {
            var first = new AtomicInteger();
            answers.add(CompletableFuture.supplyAsync(() -> transactions.inOne(sql -> {
                tries.incrementAndGet();
                sql.update("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
                long amount = sql.one("SELECT amount FROM thing WHERE id = 'a'", row -> row.number("amount")).orElseThrow();
                if (first.getAndIncrement() == 0) {
                    meet(bothHaveRead);
                }
                return sql.update("UPDATE thing SET amount = ? WHERE id = 'a'", amount + 1);
            }), threads));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(1));
        assertThat(tries.get()).isGreaterThanOrEqualTo(3);
        assertThat(amount("a")).isEqualTo(2);
    }

    @Test
    void a_deadlock_is_tried_again_until_it_wins() {
        var tries = new AtomicInteger();
        var bothHaveOne = new CyclicBarrier(2);
        var answers = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 2; i++) {
            var mine = i == 0 ? "a" : "b";
            var others = i == 0 ? "b" : "a";
            var first = new AtomicInteger();
            answers.add(CompletableFuture.supplyAsync(() -> transactions.inOne(sql -> {
                tries.incrementAndGet();
                sql.update("UPDATE thing SET amount = amount + 1 WHERE id = ?", mine);
                if (first.getAndIncrement() == 0) {
                    meet(bothHaveOne);
                }
                return sql.update("UPDATE thing SET amount = amount + 1 WHERE id = ?", others);
            }), threads));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(1));
        assertThat(tries.get()).isGreaterThanOrEqualTo(3);
        assertThat(amount("a")).isEqualTo(2);
        assertThat(amount("b")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void who_loses_every_time_is_told_to_come_later(String state) {
        var tries = new AtomicInteger();

        assertThatThrownBy(() -> transactions.inOne(sql -> {
            tries.incrementAndGet();
            return sql.update("DO $$ BEGIN RAISE EXCEPTION 'lost' USING ERRCODE = '" + state + "'; END $$");
        })).isInstanceOf(StoreUnavailable.class).hasMessageContaining("12 times");

        assertThat(tries).hasValue(12);
    }

    @Test
    void another_failure_is_not_tried_again() {
        var tries = new AtomicInteger();

        assertThatThrownBy(() -> transactions.inOne(sql -> {
            tries.incrementAndGet();
            return Things.add(sql, "a");
        })).isInstanceOf(ConstraintViolated.class);

        assertThat(tries).hasValue(1);
    }

    @Test
    void a_conditional_update_decides_again_on_what_the_winner_left_without_a_retry() {
        assertThat(transactions.<String>inOne(sql -> sql.one("SHOW transaction_isolation", row -> row.text("transaction_isolation")).orElseThrow()))
                .isEqualTo("read committed");
    }

    @Test
    void a_statement_that_runs_often_is_prepared_in_its_connection() {
        var text = "SELECT amount FROM thing WHERE id = ?";
        long prepared = transactions.inOne(sql -> {
            for (int i = 0; i < 10; i++) {
                sql.one(text, row -> row.number("amount"), "a");
            }
            return sql.one("SELECT count(*) AS n FROM pg_prepared_statements WHERE statement LIKE ?",
                    row -> row.number("n"), "SELECT amount FROM thing WHERE id = %").orElseThrow();
        });

        assertThat(prepared).isEqualTo(1);
    }

    @Test
    void a_connection_that_dies_before_the_commit_kept_nothing_and_the_next_one_works() {
        assertThatThrownBy(() -> transactions.inOne(sql -> {
            Things.add(sql, "c");
            return sql.query("SELECT pg_terminate_backend(pg_backend_pid())", _ -> true);
        })).isInstanceOf(StoreUnavailable.class);

        transactions.doInOne(sql -> Things.add(sql, "d"));
        assertThat(Things.ids(transactions)).containsExactly("a", "b", "d");
    }

    @Test
    void a_connection_that_dies_in_the_commit_leaves_its_outcome_unknown() {
        transactions.doInOne(sql -> {
            sql.update("CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
            sql.update("CREATE CONSTRAINT TRIGGER dies_in_commit AFTER INSERT ON thing DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()");
        });

        assertThatThrownBy(() -> transactions.doInOne(sql -> Things.add(sql, "c"))).isInstanceOf(CommitUnknown.class);

        assertThat(Things.ids(transactions)).as("asked again: it was not kept").containsExactly("a", "b");
    }

    @Test
    void a_lost_answer_to_a_commit_that_was_kept_is_unknown_until_asked_again() throws Exception {
        var port = URI.create(url.address().substring("jdbc:".length())).getPort();
        try (var proxy = new CuttingProxy(port);
                var through = Store.open(StoreUrl.parse(url.jdbcUrl().replace(":" + port, ":" + proxy.port()).replace("localhost", "127.0.0.1")), Things.MIGRATIONS)) {
            proxy.cutAfterNextCommit();
            assertThatThrownBy(() -> through.transactions().doInOne(sql -> Things.add(sql, "c"))).isInstanceOf(CommitUnknown.class);

            boolean kept = through.transactions().reading(sql -> sql.one("SELECT id FROM thing WHERE id = 'c'", row -> row.text("id")).isPresent());
            assertThat(kept).isTrue();
        }
    }

    private long amount(String id) {
        return transactions.reading(sql -> sql.one("SELECT amount FROM thing WHERE id = ?", row -> row.number("amount"), id).orElseThrow());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }
}
