package dev.charter.authority.audit;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.format.Bytes;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes every license and activation again from the audit log, and compares with what the database has now. Checks the chains and their checkpoints on the way.
public final class ReplayAudit {
    /// More differences than these are not told one by one.
    static final int MOST_DIFFERENCES = 1_000;
    private static final int LICENSES_AT_ONCE = 200;
    private static final List<String> OF_ACTIVATION = List.of("product", "host", "state", "factors", "factors_required", "activate_sequence", "refresh_sequence", "activated_at", "answered_at", "ended_at", "free_at",
            "pool_seats", "rest_seats", "rest_until", "pool_lease", "early_seats", "self_help");
    private static final List<String> OF_LICENSE = List.of("product", "customer", "type", "state", "revision", "issued_at", "terms", "total", "used");

    private final Transactions transactions;

    ReplayAudit(Transactions transactions) {
        this.transactions = transactions;
    }

    /// @param differences none when all is as it was left
    public record Result(long licenses, long entries, List<Difference> differences) {}

    /// Where log and database disagree, or the log with itself.
    ///
    /// @param license the license's ID; `checkpoint` and a number where a checkpoint is wrong
    /// @param what the license's or an activation's part, or `chain`
    public record Difference(String license, String what, String message) {}

    /// Compares all there is, some licenses at a time, each as it is at one moment.
    public Result run(Caller caller) {
        caller.require(Scope.AUDIT_READ);
        var run = new Run();
        var after = Optional.of("");
        while (after.isPresent()) {
            var from = after.get();
            after = transactions.reading(sql -> run.stretch(sql, from));
        }
        transactions.reading(run::checkpoints);
        return new Result(run.licenses, run.entries, List.copyOf(run.differences));
    }

    private static final class Run {
        private long licenses;
        private long entries;
        private final List<Difference> differences = new ArrayList<>();

        private void tell(String license, String what, String message) {
            if (differences.size() < MOST_DIFFERENCES) {
                differences.add(new Difference(license, what, message));
            }
        }

        /// The licenses after an ID; where the next ones begin, if there are more.
        Optional<String> stretch(Sql sql, String after) {
            var ids = sql.query("SELECT id FROM license WHERE id > ? ORDER BY id LIMIT ?", row -> row.text("id"), after, LICENSES_AT_ONCE);
            var last = ids.size() == LICENSES_AT_ONCE ? Optional.of(ids.getLast()) : Optional.<String>empty();
            var present = new LinkedHashMap<String, Facts>();
            var heads = new LinkedHashMap<String, Chain>();
            each(sql, "SELECT * FROM license WHERE id > ?", " AND id <= ?", "", after, last, row -> {
                take(present, row.text("id"), "", OF_LICENSE, row);
                heads.put(row.text("id"), new Chain(row.text("id"), row.number("entries"), Bytes.of(row.bytes("head"))));
            });
            each(sql, "SELECT * FROM activation WHERE license > ?", " AND license <= ?", "", after, last,
                    row -> take(present, row.text("license"), row.text("id") + ".", OF_ACTIVATION, row));
            each(sql, """
                    SELECT activation.license, answer.activation, answer.purpose, answer.request FROM answer JOIN activation ON activation.id = answer.activation
                    WHERE activation.license > ?""", " AND activation.license <= ?", "", after, last,
                    row -> of(present, row.text("license")).put(row.text("activation"), row.text("purpose"), Bytes.of(row.bytes("request"))));
            compare(replay(sql, after, last), present, heads);
            licenses += ids.size();
            return last;
        }

        private Map<String, Replayed> replay(Sql sql, String after, Optional<String> last) {
            var told = new LinkedHashMap<String, Replayed>();
            each(sql, "SELECT license, number, at, event, request, hash FROM audit_entry WHERE license > ?", " AND license <= ?", " ORDER BY license, number", after, last, row -> {
                var license = row.text("license");
                told.computeIfAbsent(license, _ -> new Replayed(license, message -> tell(license, "chain", message)))
                        .take(row.number("number"), row.instant("at"), row.text("event"), row.optionalBytes("request"), Bytes.of(row.bytes("hash")));
                entries++;
            });
            return told;
        }

        private void compare(Map<String, Replayed> told, Map<String, Facts> present, Map<String, Chain> heads) {
            told.forEach((license, replayed) -> {
                var there = heads.get(license);
                if (there == null) {
                    tell(license, "license", "the log tells of a license that is not there");
                    return;
                }
                if (!there.equals(replayed.chain())) {
                    tell(license, "chain", "it ends at entry " + replayed.chain().length() + ", the license's row says at entry " + there.length()
                            + (there.length() == replayed.chain().length() ? " with another hash" : ""));
                }
                replayed.facts().differencesTo(of(present, license)).forEach((what, message) -> tell(license, what, message));
            });
            present.keySet().stream().filter(license -> !told.containsKey(license)).forEach(license -> tell(license, "license", "the log tells nothing of it"));
        }

        /// Each checkpoint follows from the one before it, and each head in it is still in its chain.
        long checkpoints(Sql sql) {
            var before = new Checkpoint[] {Checkpoint.NONE};
            sql.each("SELECT number, at, covered_until, hash FROM audit_checkpoint ORDER BY number", row -> {
                var checkpoint = MakeCheckpoint.checkpoint(row);
                var name = "checkpoint " + checkpoint.number();
                var heads = sql.query("SELECT license, number, hash FROM audit_checkpoint_head WHERE checkpoint = ?",
                        head -> new Chain(head.text("license"), head.number("number"), Bytes.of(head.bytes("hash"))), checkpoint.number());
                if (checkpoint.number() != before[0].number() + 1 || !before[0].hashAfter(checkpoint.number(), checkpoint.at(), heads).equals(checkpoint.hash())) {
                    tell(name, "chain", "it does not follow from the one before it: one of the two was altered");
                }
                before[0] = checkpoint;
            });
            sql.each("""
                    SELECT head.license, head.number, head.checkpoint FROM audit_checkpoint_head head
                    LEFT JOIN audit_entry ON audit_entry.license = head.license AND audit_entry.number = head.number
                    WHERE audit_entry.hash IS NULL OR audit_entry.hash <> head.hash""",
                    row -> tell(row.text("license"), "chain", "entry " + row.number("number") + " is not the one that checkpoint " + row.number("checkpoint") + " has seen"));
            return before[0].number();
        }

        private static void take(Map<String, Facts> present, String license, String prefix, List<String> columns, Row row) {
            columns.forEach(column -> row.optionalText(column).ifPresent(value -> of(present, license).put(prefix + column, value)));
        }

        private static Facts of(Map<String, Facts> facts, String license) {
            return facts.computeIfAbsent(license, _ -> new Facts());
        }

        private static void each(Sql sql, String query, String bounded, String order, String after, Optional<String> last, Consumer<Row> consumer) {
            if (last.isPresent()) {
                sql.each(query + bounded + order, consumer, after, last.get());
            } else {
                sql.each(query + order, consumer, after);
            }
        }
    }
}
