package dev.charter.authority.audit;

import dev.charter.format.Bytes;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chains the heads of all chains that have grown since the last checkpoint.
public final class MakeCheckpoint {
    private static final Logger LOG = LoggerFactory.getLogger(MakeCheckpoint.class);
    /// Entries become visible when their transaction ends, a little after the time that they bear; so long is looked back. No transaction takes as long.
    private static final Duration LOOK_BACK = Duration.ofMinutes(10);
    private static final int CHAINS_AT_ONCE = 1_000;

    private final Transactions transactions;
    private final InstantSource clock;

    MakeCheckpoint(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Some licenses, each at a time at which its chain grew.
    private record Noted(Instant at, String license) {}

    /// A stretch of the log, as seen at one moment.
    ///
    /// @param end where the next one begins, if there is one
    private record Stretch(Checkpoint last, Instant coveredUntil, Optional<Noted> end, List<Chain> grown) {}

    /// Says how many checkpoints that took; none when nothing has grown.
    public int run() {
        int made = 0;
        var from = Optional.<Noted>empty();
        while (true) {
            var start = from;
            var stretch = transactions.reading(sql -> stretch(sql, start));
            if (!stretch.grown().isEmpty()) {
                var next = stretch.last().next(clock.instant(), stretch.coveredUntil(), stretch.grown());
                if (!keep(next, stretch.grown())) {
                    return made; // another node is at it
                }
                LOG.info("audit checkpoint {} over {} chains: {}", next.number(), stretch.grown().size(), next.hash());
                made++;
            }
            if (stretch.end().isEmpty()) {
                return made;
            }
            from = stretch.end();
        }
    }

    private static Stretch stretch(Sql sql, Optional<Noted> from) {
        var last = sql.one("SELECT number, at, covered_until, hash FROM audit_checkpoint ORDER BY number DESC LIMIT 1", MakeCheckpoint::checkpoint).orElse(Checkpoint.NONE);
        var start = from.orElseGet(() -> new Noted(last.number() == 0 ? Instant.EPOCH : last.coveredUntil().minus(LOOK_BACK), ""));
        // By time and license: while time stands still, as after a clock was set back, very many entries bear the same.
        var noted = sql.query("SELECT at, license FROM audit_entry WHERE (at, license) > (?, ?) GROUP BY at, license ORDER BY at, license LIMIT ?",
                row -> new Noted(row.instant("at"), row.text("license")), start.at(), start.license(), CHAINS_AT_ONCE);
        var grown = noted.stream().map(Noted::license).distinct().flatMap(license -> sql.one("""
                SELECT id, entries, head FROM license WHERE id = ?
                AND NOT EXISTS (SELECT 1 FROM audit_checkpoint_head WHERE audit_checkpoint_head.license = license.id AND audit_checkpoint_head.number >= license.entries)""",
                row -> new Chain(row.text("id"), row.number("entries"), Bytes.of(row.bytes("head"))), license).stream()).toList();
        return new Stretch(last, noted.isEmpty() ? start.at() : noted.getLast().at(), noted.size() == CHAINS_AT_ONCE ? Optional.of(noted.getLast()) : Optional.empty(), grown);
    }

    private boolean keep(Checkpoint checkpoint, List<Chain> heads) {
        return transactions.inOne(sql -> {
            if (sql.update("INSERT INTO audit_checkpoint (number, at, covered_until, hash) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    checkpoint.number(), checkpoint.at(), checkpoint.coveredUntil(), checkpoint.hash().toArray()) == 0) {
                return false;
            }
            sql.updateEach("INSERT INTO audit_checkpoint_head (checkpoint, license, number, hash) VALUES (?, ?, ?, ?)",
                    heads.stream().map(head -> List.<Object>of(checkpoint.number(), head.license(), head.length(), head.head().toArray())).toList());
            return true;
        });
    }

    static Checkpoint checkpoint(Row row) {
        return new Checkpoint(row.number("number"), row.instant("at"), row.instant("covered_until"), Bytes.of(row.bytes("hash")));
    }
}
