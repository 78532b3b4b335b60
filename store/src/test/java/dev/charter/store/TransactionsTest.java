package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds on both engines alike.
@ParameterizedClass
@EnumSource
class TransactionsTest {
    private enum Colour { RED }

    private static final class OfTheDomain extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Parameter
    Engine engine;

    Store store;
    Transactions transactions;

    @BeforeEach
    void open() {
        store = Things.fresh(engine);
        transactions = store.transactions();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_was_answered_is_there() {
        int added = transactions.inOne(sql -> Things.add(sql, "one") + Things.add(sql, "two"));

        assertThat(added).isEqualTo(2);
        assertThat(Things.ids(transactions)).containsExactly("one", "two");
    }

    @Test
    void what_work_throws_undoes_it_and_reaches_the_caller_as_it_is() {
        var thrown = new OfTheDomain();

        assertThatThrownBy(() -> transactions.doInOne(sql -> {
            Things.add(sql, "one");
            throw thrown;
        })).isSameAs(thrown);

        assertThat(Things.ids(transactions)).isEmpty();
    }

    @Test
    void an_error_undoes_it_too_and_the_store_goes_on() {
        assertThatThrownBy(() -> transactions.doInOne(sql -> {
            Things.add(sql, "one");
            throw new AssertionError("wrong");
        })).isInstanceOf(AssertionError.class);

        transactions.doInOne(sql -> Things.add(sql, "two"));
        assertThat(Things.ids(transactions)).containsExactly("two");
    }

    @Test
    void a_failure_that_work_swallows_undoes_the_transaction_all_the_same() {
        assertThatThrownBy(() -> transactions.inOne(sql -> {
            Things.add(sql, "one");
            try {
                Things.add(sql, "one");
            } catch (ConstraintViolated e) {
                return "swallowed";
            }
            return "not refused";
        })).isInstanceOf(ConstraintViolated.class);

        assertThat(Things.ids(transactions)).isEmpty();
    }

    @Test
    void after_a_failure_no_further_statement_runs() {
        var second = new AtomicReference<Throwable>();

        assertThatThrownBy(() -> transactions.inOne(sql -> {
            try {
                return sql.update("no SQL at all");
            } catch (StoreFault e) {
                try {
                    return Things.add(sql, "one");
                } catch (StoreFault refused) {
                    second.set(refused);
                    return 0;
                }
            }
        })).isInstanceOf(StoreFault.class);

        assertThat(second.get()).hasMessageContaining("lost by an earlier statement");
        assertThat(Things.ids(transactions)).isEmpty();
    }

    @Test
    void each_kind_of_constraint_is_named() {
        transactions.doInOne(sql -> Things.add(sql, "one"));

        assertThat(refusal("INSERT INTO thing (id, amount) VALUES ('one', 0)")).isEqualTo(ConstraintViolated.Kind.UNIQUE);
        assertThat(refusal("INSERT INTO thing (id, amount) VALUES ('two', 101)")).isEqualTo(ConstraintViolated.Kind.CHECK);
        assertThat(refusal("INSERT INTO thing (id, amount) VALUES (NULL, 1)")).isEqualTo(ConstraintViolated.Kind.NOT_NULL);
        assertThat(refusal("INSERT INTO thing (id, amount, kind) VALUES ('two', 1, 'none')")).isEqualTo(ConstraintViolated.Kind.FOREIGN_KEY);
    }

    private ConstraintViolated.Kind refusal(String statement) {
        try {
            transactions.doInOne(sql -> sql.update(statement));
            throw new AssertionError("not refused: " + statement);
        } catch (ConstraintViolated e) {
            return e.kind();
        }
    }

    @Test
    void a_constraint_that_is_checked_at_the_commit_is_told_as_such() {
        assertThat(refusal("INSERT INTO child (id, thing) VALUES ('one', 'none')")).isIn(
                ConstraintViolated.Kind.FOREIGN_KEY, ConstraintViolated.Kind.OTHER);

        assertThat(transactions.<Long>reading(sql -> sql.one("SELECT count(*) AS n FROM child", row -> row.number("n")).orElseThrow()))
                .isZero();
    }

    @Test
    void values_come_back_as_they_went_in() {
        var at = Instant.parse("2026-03-01T10:11:12.345Z");
        transactions.doInOne(sql -> {
            sql.update("INSERT INTO kind (name) VALUES (?)", Colour.RED);
            sql.update("INSERT INTO thing (id, kind, amount, content, at, good) VALUES (?, ?, ?, ?, ?, ?)",
                    "ä 'quoted' \uD83D\uDD11", Optional.of(Colour.RED), -5L, new byte[] {0, -1, 127}, at, false);
            sql.update("INSERT INTO thing (id, kind, amount, content, at) VALUES (?, ?, ?, ?, ?)",
                    "empty", Optional.empty(), 7, Optional.empty(), Optional.empty());
        });

        transactions.reading(sql -> sql.one("SELECT * FROM thing WHERE amount = ?", row -> {
            assertThat(row.text("id")).isEqualTo("ä 'quoted' \uD83D\uDD11");
            assertThat(row.constant(Colour.class, "kind")).isEqualTo(Colour.RED);
            assertThat(row.number("amount")).isEqualTo(-5);
            assertThat(row.smallNumber("amount")).isEqualTo(-5);
            assertThat(row.bytes("content")).containsExactly(0, -1, 127);
            assertThat(row.instant("at")).isEqualTo(at);
            assertThat(row.flag("good")).isFalse();
            return true;
        }, -5).orElseThrow());
        transactions.reading(sql -> sql.one("SELECT * FROM thing WHERE good AND id = ?", row -> {
            assertThat(row.optionalText("kind")).isEmpty();
            assertThat(row.optionalBytes("content")).isEmpty();
            assertThat(row.optionalInstant("at")).isEmpty();
            assertThat(row.optionalNumber("amount")).contains(7L);
            assertThat(row.flag("good")).isTrue();
            assertThatThrownBy(() -> row.text("kind")).hasMessageContaining("kind is NULL");
            assertThatThrownBy(() -> row.bytes("content")).hasMessageContaining("content is NULL");
            assertThatThrownBy(() -> row.instant("at")).hasMessageContaining("at is NULL");
            return true;
        }, "empty").orElseThrow());
    }

    @Test
    void returning_hands_back_what_was_changed() {
        transactions.doInOne(sql -> Things.add(sql, "one"));

        Optional<Long> amount = transactions.inOne(sql -> sql.one(
                "UPDATE thing SET amount = amount + 2 WHERE id = ? RETURNING amount", row -> row.number("amount"), "one"));
        Optional<Long> none = transactions.inOne(sql -> sql.one(
                "UPDATE thing SET amount = amount + 2 WHERE id = ? RETURNING amount", row -> row.number("amount"), "none"));

        assertThat(amount).contains(2L);
        assertThat(none).isEmpty();
    }

    @Test
    void one_refuses_to_choose_among_several() {
        transactions.doInOne(sql -> sql.updateEach("INSERT INTO thing (id, amount) VALUES (?, ?)", List.of(List.of("one", 1), List.of("two", 2))));

        assertThatThrownBy(() -> transactions.reading(sql -> sql.one("SELECT id FROM thing", row -> row.text("id"))))
                .isInstanceOf(StoreFault.class).hasMessageContaining("several rows");
    }

    @Test
    void many_rows_go_in_and_come_out_one_after_another() {
        transactions.doInOne(sql -> sql.updateEach("INSERT INTO thing (id, amount) VALUES (?, ?)",
                IntStream.range(0, 1234).mapToObj(i -> List.<Object>of("t" + i, i % 100)).toList()));

        long total = transactions.reading(sql -> {
            var sum = new long[1];
            sql.each("SELECT amount FROM thing WHERE amount >= ?", row -> sum[0] += row.number("amount"), 0);
            return sum[0];
        });

        assertThat(total).isEqualTo(IntStream.range(0, 1234).map(i -> i % 100).sum());
    }

    @Test
    void a_query_within_a_query_of_the_same_text_works() {
        transactions.doInOne(sql -> sql.updateEach("INSERT INTO thing (id, amount) VALUES (?, ?)", List.of(List.of("one", 1), List.of("two", 2))));
        var text = "SELECT id FROM thing WHERE amount >= ? ORDER BY id";

        List<List<String>> found = transactions.reading(sql -> sql.query(text,
                _ -> sql.query(text, row -> row.text("id"), 2), 1));

        assertThat(found).containsExactly(List.of("two"), List.of("two"));
    }

    @Test
    void null_is_refused_as_an_argument_and_as_a_result() {
        assertThatThrownBy(() -> transactions.doInOne(sql -> sql.update("UPDATE thing SET kind = ?", new Object[] {null})))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("argument 1 is null");
        assertThatThrownBy(() -> transactions.<Object>inOne(_ -> null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void reading_refuses_to_write() {
        assertThatThrownBy(() -> transactions.reading(sql -> Things.add(sql, "one")))
                .isExactlyInstanceOf(StoreFault.class);
        assertThatThrownBy(() -> transactions.reading(sql -> sql.update("CREATE TABLE other (id BIGINT)")))
                .isExactlyInstanceOf(StoreFault.class);

        assertThat(Things.ids(transactions)).isEmpty();
    }

    @Test
    void reading_sees_one_moment_while_others_write() throws Exception {
        var writer = Executors.newSingleThreadExecutor();
        try {
            List<Integer> counts = transactions.reading(sql -> {
                int before = count(sql);
                try {
                    writer.submit(() -> transactions.doInOne(other -> Things.add(other, "one"))).get();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                return List.of(before, count(sql));
            });

            assertThat(counts).containsExactly(0, 0);
            assertThat(Things.ids(transactions)).containsExactly("one");
        } finally {
            writer.shutdownNow();
        }
    }

    private static int count(Sql sql) {
        return sql.one("SELECT count(*) AS n FROM thing", row -> row.smallNumber("n")).orElseThrow();
    }

    @Test
    void a_transaction_within_a_transaction_is_refused() {
        assertThatThrownBy(() -> transactions.inOne(_ -> transactions.inOne(sql -> Things.add(sql, "one")))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transactions.inOne(_ -> transactions.reading(TransactionsTest::count))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transactions.reading(_ -> transactions.inOne(sql -> Things.add(sql, "one")))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transactions.reading(_ -> transactions.reading(TransactionsTest::count))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_handle_is_of_no_use_after_its_transaction_or_in_another_thread() {
        Sql kept = transactions.inOne(sql -> sql);
        assertThatThrownBy(() -> Things.add(kept, "one")).isInstanceOf(IllegalStateException.class);

        var refused = new AtomicReference<Throwable>();
        transactions.doInOne(sql -> {
            var other = Thread.ofPlatform().unstarted(() -> {
                try {
                    Things.add(sql, "one");
                } catch (IllegalStateException e) {
                    refused.set(e);
                }
            });
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(refused.get()).isInstanceOf(IllegalStateException.class);
        assertThat(Things.ids(transactions)).isEmpty();
    }

    @Test
    void sixty_four_writers_at_once_never_pass_the_limit_of_a_conditional_update() throws Exception {
        transactions.doInOne(sql -> Things.add(sql, "seats"));
        int seats = 40;
        var taken = new AtomicInteger();
        var refused = new AtomicInteger();
        var start = new CountDownLatch(1);
        var all = new ArrayList<Thread>();
        var unexpected = new AtomicReference<Throwable>();
        for (int i = 0; i < 64; i++) {
            int number = i;
            all.add(Thread.ofVirtual().uncaughtExceptionHandler((_, e) -> unexpected.set(e)).start(() -> {
                await(start);
                boolean won = transactions.inOne(sql -> {
                    boolean got = sql.update("UPDATE thing SET amount = amount + 1 WHERE id = 'seats' AND amount < ?", seats) == 1;
                    if (got) {
                        Things.add(sql, "holder-" + number);
                    }
                    return got;
                });
                (won ? taken : refused).incrementAndGet();
            }));
        }
        start.countDown();
        for (var one : all) {
            one.join();
        }

        assertThat(unexpected.get()).isNull();
        assertThat(taken).hasValue(seats);
        assertThat(refused).hasValue(64 - seats);
        assertThat(Things.ids(transactions)).hasSize(1 + seats);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_closed_store_refuses_and_says_so() {
        store.close();

        assertThatThrownBy(() -> transactions.doInOne(sql -> Things.add(sql, "one")))
                .isInstanceOf(StoreUnavailable.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> transactions.reading(TransactionsTest::count))
                .isInstanceOf(StoreUnavailable.class).hasMessageContaining("closed");
    }
}
