package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.seal.Seal;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Purpose;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The leases in the database. Every method belongs to a transaction of its caller. What gives or takes seats holds the pool's row, which is locked before any lease's.
public final class Leases {
    private static final int MOST_AT_ONCE = 500;
    private final Seal seal;

    public Leases(Seal seal) {
        this.seal = seal;
    }

    public Optional<Lease> find(Sql sql, String pool, String host) {
        return sql.one("SELECT " + Lease.ALL + " FROM lease WHERE pool = ? AND host = ?", row -> Lease.read(row, seal), pool, host);
    }

    /// Those that have a seat, the longest holder first.
    public List<Lease> held(Sql sql, String pool, Instant now) {
        return sql.query("SELECT " + Lease.ALL + " FROM lease WHERE pool = ? AND state = 'HELD' AND free_at > ? ORDER BY acquired_at, host", row -> Lease.read(row, seal), pool, now);
    }

    /// All that are held, also those that are over by now; the longest holder first.
    List<Lease> all(Sql sql, String pool) {
        return sql.query("SELECT " + Lease.ALL + " FROM lease WHERE pool = ? AND state = 'HELD' ORDER BY acquired_at, host", row -> Lease.read(row, seal), pool);
    }

    Optional<Lease> holderOf(Sql sql, String pool, String slot) {
        return sql.one("SELECT " + Lease.ALL + " FROM lease WHERE pool = ? AND slot = ? AND state = 'HELD'", row -> Lease.read(row, seal), pool, slot);
    }

    Optional<Bytes> answer(Sql sql, String pool, String host, String purpose, Digest request) {
        return sql.one("SELECT content FROM answer WHERE pool = ? AND host = ? AND purpose = ? AND request = ?", row -> Bytes.of(row.bytes("content")), pool, host, purpose, request.value().toArray());
    }

    /// The digest of the request that took the seat.
    Optional<Digest> acquiredBy(Sql sql, Lease lease) {
        return sql.one("SELECT request FROM answer WHERE pool = ? AND host = ? AND purpose = 'ACQUIRE'", row -> new Digest(Bytes.of(row.bytes("request"))), lease.pool(), lease.host());
    }

    void keepAnswer(Sql sql, String pool, String host, String purpose, Digest request, Bytes content, Instant now) {
        sql.update("""
                INSERT INTO answer (pool, host, purpose, request, content, at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (pool, host, purpose) DO UPDATE SET request = excluded.request, content = excluded.content, at = excluded.at""",
                pool, host, purpose, request.value().toArray(), content.toArray(), now);
    }

    /// Those whose seats come back by themselves by that time and were not given back yet, so many at most.
    List<Lease> due(Sql sql, String pool, Instant now) {
        return sql.query("SELECT " + Lease.ALL + " FROM lease WHERE pool = ? AND state = 'HELD' AND free_at <= ? ORDER BY free_at, host LIMIT ?", row -> Lease.read(row, seal), pool, now, MOST_AT_ONCE);
    }

    /// Gives back the seats whose leases are over, so many at most: the next request goes on with it. Returns the pool, whose row is held and not yet written.
    Pool expire(Sql sql, Pool held, Instant now) {
        var pool = held;
        for (var lease : due(sql, held.license(), now)) {
            var ended = lease.ended(LeaseState.EXPIRED, now);
            // A renewal may win this race; it does not hold the pool's row.
            if (replace(sql, lease, ended)) {
                pool = givenBack(sql, pool, ended, now, new AuditEvent.Expired(lease.host(), lease.id()));
            }
        }
        return pool;
    }

    /// Ends a lease and gives its seat back.
    ///
    /// @throws Overtaken when it is no longer as it was
    Pool end(Sql sql, Pool held, Lease lease, LeaseState how, Instant now, AuditEvent event) {
        if (!replace(sql, lease, lease.ended(how, now))) {
            throw new Overtaken();
        }
        return givenBack(sql, held, lease, now, event);
    }

    /// Its answers are given to nobody any more.
    private static Pool givenBack(Sql sql, Pool pool, Lease lease, Instant now, AuditEvent event) {
        sql.update("DELETE FROM answer WHERE pool = ? AND host = ? AND purpose IN ('ACQUIRE', 'RENEW')", lease.pool(), lease.host());
        return pool.givingBack(lease.features(), lease.reservation()).noting(sql, now, event);
    }

    /// Marks the newest so many that grant the feature (any, where it is empty) as not renewed.
    Pool endNewest(Sql sql, Pool held, Optional<String> feature, long most, Instant now) {
        var pool = held;
        long left = most;
        for (var lease : sql.query("SELECT " + Lease.ALL + " FROM lease WHERE pool = ? AND state = 'HELD' ORDER BY acquired_at DESC, host DESC", row -> Lease.read(row, seal), held.license())) {
            boolean concerned = feature.isEmpty() || lease.features().contains(feature.get());
            if (left > 0 && concerned) {
                left--;
                if (!lease.ending()) {
                    if (!replace(sql, lease, lease.notRenewed())) {
                        throw new Overtaken();
                    }
                    pool = pool.noting(sql, now, new AuditEvent.Ending(lease.host(), lease.id()));
                }
            }
        }
        return pool;
    }

    /// Renews again the oldest of those that were marked as not renewed, so many at most.
    Pool goOn(Sql sql, Pool held, long most, Instant now) {
        var pool = held;
        for (var lease : sql.query("SELECT " + Lease.ALL + " FROM lease WHERE pool = ? AND state = 'HELD' AND ending ORDER BY acquired_at, host LIMIT ?", row -> Lease.read(row, seal), held.license(), most)) {
            if (!replace(sql, lease, lease.goingOn())) {
                throw new Overtaken();
            }
            pool = pool.noting(sql, now, new AuditEvent.GoingOn(lease.host(), lease.id()));
        }
        return pool;
    }

    /// How many older holders of named slots may still be running.
    long fenced(Sql sql, String pool, Instant now) {
        return sql.one("SELECT COUNT(*) AS leases FROM lease WHERE pool = ? AND state = 'FENCED' AND free_at > ?", row -> row.number("leases"), pool, now).orElse(0L);
    }

    /// How many are held that are not renewed any more.
    long ending(Sql sql, String pool) {
        return sql.one("SELECT COUNT(*) AS leases FROM lease WHERE pool = ? AND state = 'HELD' AND ending", row -> row.number("leases"), pool).orElse(0L);
    }

    /// By when the last of those has ended that are not renewed any more; empty where there are none.
    public Optional<Instant> endingAllEndedBy(Sql sql, String pool) {
        return sql.one("SELECT MAX(free_at) AS last FROM lease WHERE pool = ? AND state = 'HELD' AND ending", row -> row.optionalInstant("last"), pool).flatMap(last -> last);
    }

    /// By when the last lease of the pool has ended that may be in use, also those whose seats were taken back; empty where there are none.
    public Optional<Instant> allEndedBy(Sql sql, String pool, Instant now) {
        return sql.one("SELECT MAX(free_at) AS last FROM lease WHERE pool = ? AND state IN ('HELD', 'FENCED', 'RECLAIMED') AND free_at > ?", row -> row.optionalInstant("last"), pool, now).flatMap(last -> last);
    }

    /// Writes a host's first lease, or the next one in place of the one before; false where that is no longer as it was.
    boolean put(Sql sql, Optional<Lease> before, Lease lease) {
        if (before.isPresent()) {
            return replace(sql, before.get(), lease);
        }
        return sql.update("""
                INSERT INTO lease (pool, host, host_name, lease, state, slot, features, reservation, ending, acquire_sequence, renew_sequence, version, epoch, acquired_at, answered_at, ends_at, free_at, ended_at, seal)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pool, host) DO NOTHING""", arguments(lease, List.of(lease.pool(), lease.host()), List.of()).toArray()) == 1;
    }

    boolean replace(Sql sql, Lease before, Lease lease) {
        return sql.update("""
                UPDATE lease SET host_name = ?, lease = ?, state = ?, slot = ?, features = ?, reservation = ?, ending = ?, acquire_sequence = ?, renew_sequence = ?, version = ?, epoch = ?, acquired_at = ?, answered_at = ?,
                ends_at = ?, free_at = ?, ended_at = ?, seal = ? WHERE pool = ? AND host = ? AND version = ? AND free_at = ?""",
                arguments(lease, List.of(), List.of(lease.pool(), lease.host(), before.version(), before.freeAt())).toArray()) == 1;
    }

    /// As [#replace], for a lease that was renewed and is else the same.
    boolean renew(Sql sql, Lease before, Lease renewed) {
        return sql.update("UPDATE lease SET renew_sequence = ?, version = ?, epoch = ?, answered_at = ?, ends_at = ?, free_at = ?, seal = ? WHERE pool = ? AND host = ? AND version = ? AND free_at = ?",
                renewed.renewSequence(), renewed.version(), renewed.epoch(), renewed.answeredAt(), renewed.endsAt(), renewed.freeAt(), seal.over(renewed.sealed()), renewed.pool(), renewed.host(), before.version(),
                before.freeAt()) == 1;
    }

    private List<Object> arguments(Lease lease, List<?> first, List<?> last) {
        var all = new ArrayList<Object>(first);
        all.addAll(List.of(lease.hostName(), lease.id(), lease.state(), lease.slot(), String.join(" ", lease.features()), lease.reservation(), lease.ending(), lease.acquireSequence(), lease.renewSequence(), lease.version(), lease.epoch(),
                lease.acquiredAt(), lease.answeredAt(), lease.endsAt(), lease.freeAt(), lease.endedAt(), seal.over(lease.sealed())));
        all.addAll(last);
        return all;
    }

    static String name(Purpose purpose) {
        return purpose.name();
    }
}
