package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.store.testing.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite's writer does for those who share a commit.
@Timeout(60)
class GroupCommitTest {
    private static final class OfTheDomain extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Executor threads = task -> Thread.ofVirtual().start(task);
    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicReference<GroupCommit.CommitStep> commitStep = new AtomicReference<>(connection -> connection.control("COMMIT"));

    private final List<CountDownLatch> latches = new ArrayList<>();

    private Path file;
    private GroupCommit transactions;

    @BeforeEach
    void open() {
        var url = (StoreUrl.SqliteFile) Engines.fresh(Engine.SQLITE);
        file = url.file();
        Store.open(url, Things.MIGRATIONS).close();
        transactions = new GroupCommit(file, new SqliteReaders(file, 4), Duration.ofHours(1), connection -> {
            commits.incrementAndGet();
            commitStep.get().commit(connection);
        });
    }

    @AfterEach
    void close() throws SQLException {
        latches.forEach(CountDownLatch::countDown); // so that a test that failed midway does not hold the writer for ever
        transactions.close();
    }

    private <T> CompletableFuture<T> later(Transactions.Work<T> work) {
        int before = transactions.waiting();
        var answer = CompletableFuture.supplyAsync(() -> transactions.inOne(work), threads);
        while (transactions.waiting() == before) {
            Thread.onSpinWait();
        }
        return answer;
    }

    /// Keeps the writer busy until the latch opens; what comes meanwhile shares its commit.
    private CompletableFuture<Integer> hold(CountDownLatch until) {
        var begun = latch();
        var answer = CompletableFuture.supplyAsync(() -> transactions.inOne(_ -> {
            begun.countDown();
            await(until);
            return 0;
        }), threads);
        await(begun);
        return answer;
    }

    private CountDownLatch latch() {
        var latch = new CountDownLatch(1);
        latches.add(latch);
        return latch;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Throwable failureOf(CompletableFuture<?> answer) {
        try {
            answer.join();
            throw new AssertionError("did not fail");
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    @Test
    void those_who_wait_share_one_commit_and_who_fails_is_undone_alone() {
        var release = latch();
        var held = hold(release);
        var one = later(sql -> Things.add(sql, "one"));
        var thrower = later(sql -> {
            Things.add(sql, "thrown");
            throw new OfTheDomain();
        });
        var violator = later(sql -> Things.add(sql, "violator") + Things.add(sql, "one"));
        var two = later(sql -> Things.add(sql, "two"));
        release.countDown();
        held.join();

        assertThat(one.join()).isEqualTo(1);
        assertThat(two.join()).isEqualTo(1);
        assertThat(failureOf(thrower)).isInstanceOf(OfTheDomain.class);
        assertThat(failureOf(violator)).isInstanceOf(ConstraintViolated.class);
        assertThat(Things.ids(transactions)).containsExactly("one", "two");
        assertThat(commits).as("one for the holder and the four").hasValue(1);
    }

    @Test
    void nobody_is_answered_before_the_commit_not_even_who_failed() {
        var committing = latch();
        var mayCommit = latch();
        var release = latch();
        var held = hold(release);
        var one = later(sql -> Things.add(sql, "one"));
        var thrower = later(sql -> {
            Things.add(sql, "thrown");
            throw new OfTheDomain();
        });
        commitStep.set(connection -> {
            committing.countDown();
            await(mayCommit);
            connection.control("COMMIT");
        });
        release.countDown();
        await(committing);

        assertThat(held).isNotDone();
        assertThat(one).isNotDone();
        assertThat(thrower).isNotDone();
        assertThat(Things.ids(transactions)).isEmpty();

        mayCommit.countDown();
        assertThat(one.join()).isEqualTo(1);
        assertThat(failureOf(thrower)).isInstanceOf(OfTheDomain.class);
    }

    @Test
    void when_the_commit_fails_for_a_full_disk_all_are_told_and_nothing_is_kept() {
        var answers = shareACommitThatFailsWith(SQLiteErrorCode.SQLITE_FULL);

        answers.forEach(answer -> assertThat(failureOf(answer)).isInstanceOf(StoreUnavailable.class).hasMessageContaining("full"));
        assertThat(Things.ids(transactions)).isEmpty();

        transactions.doInOne(sql -> Things.add(sql, "after"));
        assertThat(Things.ids(transactions)).containsExactly("after");
    }

    @Test
    void when_the_disk_fails_at_the_commit_nobody_is_told_more_than_is_known() {
        var answers = shareACommitThatFailsWith(SQLiteErrorCode.SQLITE_IOERR_FSYNC);

        answers.forEach(answer -> assertThat(failureOf(answer)).isInstanceOf(CommitUnknown.class));
        transactions.doInOne(sql -> Things.add(sql, "after"));
        assertThat(Things.ids(transactions)).containsExactly("after");
    }

    private List<CompletableFuture<Integer>> shareACommitThatFailsWith(SQLiteErrorCode code) {
        var release = latch();
        var held = hold(release);
        var answers = List.of(
                held,
                later(sql -> Things.add(sql, "one")),
                later(sql -> Things.add(sql, "two")),
                this.<Integer>later(_ -> {
                    throw new OfTheDomain();
                }));
        commitStep.set(_ -> {
            commitStep.set(later -> later.control("COMMIT"));
            throw new SQLiteException("as if", code);
        });
        release.countDown();
        return answers;
    }

    @Test
    void who_fills_the_disk_fails_alone_although_sqlite_rolls_back_everyone() {
        var release = latch();
        var held = hold(release);
        var one = later(sql -> Things.add(sql, "one"));
        var thrower = later(sql -> {
            throw new OfTheDomain();
        });
        var big = later(sql -> {
            long pages = sql.one("PRAGMA page_count", row -> row.number("page_count")).orElseThrow();
            sql.query("PRAGMA max_page_count = " + (pages + 5), row -> row.number("max_page_count"));
            return sql.update("INSERT INTO thing (id, amount, content) VALUES ('big', 1, ?)", new byte[1 << 20]);
        });
        var two = later(sql -> Things.add(sql, "two"));
        release.countDown();
        held.join();

        assertThat(failureOf(big)).isInstanceOf(StoreUnavailable.class).hasMessageContaining("full");
        assertThat(failureOf(thrower)).isInstanceOf(OfTheDomain.class);
        assertThat(one.join()).isEqualTo(1);
        assertThat(two.join()).isEqualTo(1);
        assertThat(Things.ids(transactions)).containsExactly("one", "two");
    }

    @Test
    void after_a_full_disk_a_work_that_swallows_the_failure_writes_nothing_more() {
        assertThatThrownBy(() -> transactions.inOne(sql -> {
            long pages = sql.one("PRAGMA page_count", row -> row.number("page_count")).orElseThrow();
            sql.query("PRAGMA max_page_count = " + (pages + 5), row -> row.number("max_page_count"));
            try {
                sql.update("INSERT INTO thing (id, amount, content) VALUES ('big', 1, ?)", new byte[1 << 20]);
            } catch (StoreUnavailable e) {
                return Things.add(sql, "stray");
            }
            return 0;
        })).isInstanceOf(StoreFault.class);

        assertThat(Things.ids(transactions)).isEmpty();
    }

    @Test
    void who_breaks_a_deferred_constraint_fails_alone_although_the_commit_fails() {
        var release = latch();
        var held = hold(release);
        var one = later(sql -> Things.add(sql, "one"));
        var orphan = later(sql -> Things.add(sql, "orphan") + sql.update("INSERT INTO child (id, thing) VALUES ('c', 'none')"));
        var two = later(sql -> Things.add(sql, "two") + sql.update("INSERT INTO child (id, thing) VALUES ('d', 'two')"));
        release.countDown();
        held.join();

        assertThat(failureOf(orphan)).isInstanceOf(ConstraintViolated.class);
        assertThat(one.join()).isEqualTo(1);
        assertThat(two.join()).isEqualTo(2);
        assertThat(Things.ids(transactions)).containsExactly("one", "two");
    }

    @Test
    void who_is_interrupted_before_its_turn_has_done_nothing() throws Exception {
        var release = latch();
        var held = hold(release);
        var thrown = new AtomicReference<Throwable>();
        var stillInterrupted = new AtomicBoolean();
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                transactions.inOne(sql -> Things.add(sql, "one"));
            } catch (StoreUnavailable e) {
                thrown.set(e);
                stillInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        while (transactions.waiting() == 0) {
            Thread.onSpinWait();
        }
        waiting.interrupt();
        waiting.join();
        release.countDown();
        held.join();
        transactions.doInOne(sql -> Things.add(sql, "two"));

        assertThat(thrown.get()).hasMessageContaining("nothing was done");
        assertThat(stillInterrupted).isTrue();
        assertThat(Things.ids(transactions)).containsExactly("two");
    }

    @Test
    void who_is_interrupted_during_its_turn_gets_the_true_answer() throws Exception {
        var begun = latch();
        var release = latch();
        var answer = new AtomicInteger();
        var stillInterrupted = new AtomicBoolean();
        var caller = Thread.ofVirtual().start(() -> {
            answer.set(transactions.inOne(sql -> {
                begun.countDown();
                await(release);
                return Things.add(sql, "one");
            }));
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        await(begun);
        caller.interrupt();
        release.countDown();
        caller.join();

        assertThat(answer).hasValue(1);
        assertThat(stillInterrupted).isTrue();
        assertThat(Things.ids(transactions)).containsExactly("one");
    }

    @Test
    void closing_finishes_what_was_accepted() throws Exception {
        var release = latch();
        var held = hold(release);
        var accepted = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 300; i++) { // more than one commit takes
            int number = i;
            accepted.add(later(sql -> Things.add(sql, "t" + number)));
        }
        var closing = Thread.ofPlatform().start(() -> {
            try {
                transactions.close();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        });
        release.countDown();
        closing.join();
        held.join();

        assertThat(accepted).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(1));
        assertThatThrownBy(() -> transactions.doInOne(sql -> Things.add(sql, "late"))).isInstanceOf(StoreUnavailable.class);
        try (var store = Store.open(new StoreUrl.SqliteFile(file), Things.MIGRATIONS)) {
            assertThat(Things.ids(store.transactions())).hasSize(300);
        }
    }

    @Test
    void every_connection_syncs_logs_waits_and_checks_foreign_keys() throws Exception {
        List<String> asked = List.of("foreign_keys", "journal_mode", "synchronous", "timeout");
        Transactions.Work<List<String>> ask = sql -> asked.stream()
                .map(setting -> sql.one("PRAGMA " + (setting.equals("timeout") ? "busy_timeout" : setting), row -> row.text(setting)).orElseThrow())
                .toList();
        var expected = List.of("1", "wal", "2", "5000");

        assertThat(transactions.inOne(ask)).as("the writer").isEqualTo(expected);

        // All four readers at once, so that none is asked twice.
        var together = new CyclicBarrier(4);
        var readers = new ArrayList<CompletableFuture<List<String>>>();
        for (int i = 0; i < 4; i++) {
            readers.add(CompletableFuture.supplyAsync(() -> transactions.reading(sql -> {
                meet(together);
                return ask.in(sql);
            }), task -> Thread.ofPlatform().start(task)).orTimeout(30, TimeUnit.SECONDS));
        }
        assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isEqualTo(expected));

        try (var forBackup = SqliteConnection.forWriting(file)) {
            assertThat(ask.in(new Sql(forBackup.statements(), new Diagnosis.OfSqlite(true)))).as("a backup's").isEqualTo(expected);
        }
        try (var forMigrations = SqliteConnection.dataSource(file).getConnection()) {
            assertThat(ask.in(new Sql(new Statements.LeftToDriver(forMigrations), new Diagnosis.OfSqlite(true)))).as("the migrations'").isEqualTo(expected);
        }

        // The writer's next connection, after a failure.
        commitStep.set(_ -> {
            commitStep.set(later -> later.control("COMMIT"));
            throw new SQLiteException("as if", SQLiteErrorCode.SQLITE_FULL);
        });
        assertThatThrownBy(() -> transactions.doInOne(sql -> Things.add(sql, "one"))).isInstanceOf(StoreUnavailable.class);
        assertThat(transactions.inOne(ask)).as("the writer's second").isEqualTo(expected);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_statement_is_prepared_once_per_connection_however_often_it_runs() throws Exception {
        try (var connection = SqliteConnection.forWriting(file)) {
            for (int i = 0; i < 1000; i++) {
                var sql = new Sql(connection.statements(), new Diagnosis.OfSqlite(true));
                Things.add(sql, "t" + i);
                sql.one("SELECT amount FROM thing WHERE id = ?", row -> row.number("amount"), "t" + i);
            }
            assertThat(connection.statements().prepared()).isEqualTo(2);
        }
    }

    @Test
    void a_file_locked_by_another_program_is_unavailable_and_works_again_after() throws Exception {
        try (var other = SqliteConnection.forWriting(file)) {
            other.control("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> transactions.doInOne(sql -> Things.add(sql, "one"))).isInstanceOf(StoreUnavailable.class);
            other.control("ROLLBACK");
        }

        transactions.doInOne(sql -> Things.add(sql, "two"));
        assertThat(Things.ids(transactions)).containsExactly("two");
    }

    @Test
    void the_log_is_written_back_into_the_file_without_anybody_asking() throws Exception {
        transactions.inOne(sql -> sql.update("CREATE TABLE heavy (content BYTEA NOT NULL)"));
        for (int i = 0; i < 2_000; i++) {
            transactions.inOne(sql -> sql.update("INSERT INTO heavy (content) VALUES (?)", (Object) new byte[1_000]));
        }

        // The log is far from the size at which a commit would write it back itself.
        while (Files.size(file) < 1_000_000) {
            Thread.onSpinWait();
        }
        assertThat(Files.size(file)).isGreaterThanOrEqualTo(1_000_000);
    }
}
