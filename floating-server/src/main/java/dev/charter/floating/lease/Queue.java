package dev.charter.floating.lease;

import dev.charter.floating.pool.Claim;
import dev.charter.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who waits for a seat of a pool, in the order in which they first asked. A host keeps its place by asking again in time; nobody else is told when a seat comes free, and it is kept for who is
/// next until that one has asked or lost its place. Every method belongs to a transaction of its caller.
public final class Queue {
    private static final int LONGEST = 10_000;
    private static final Duration SOONEST = Duration.ofSeconds(5);
    private static final Duration LATEST = Duration.ofSeconds(60);
    private static final int PLACES_A_SECOND = 20;
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final int MISSED = 3;

    /// Those who have not lost their place, who is next first.
    public List<Waiting> waiting(Sql sql, String pool, Instant now) {
        return sql.query("SELECT " + Waiting.ALL + " FROM waiting WHERE pool = ? AND ask_by > ? ORDER BY number", Waiting::read, pool, now);
    }

    /// How many have not lost their place.
    public long length(Sql sql, String pool, Instant now) {
        return sql.one("SELECT COUNT(*) AS length FROM waiting WHERE pool = ? AND ask_by > ?", row -> row.number("length"), pool, now).orElse(0L);
    }

    /// The host's place, where it has not lost it.
    Optional<Waiting> find(Sql sql, String pool, String host, Instant now) {
        return sql.one("SELECT " + Waiting.ALL + " FROM waiting WHERE pool = ? AND host = ? AND ask_by > ?", Waiting::read, pool, host, now);
    }

    /// Those who are before it; before a host that has no place, all.
    List<Waiting> ahead(Sql sql, String pool, Optional<Waiting> own, Instant now) {
        return sql.query("SELECT " + Waiting.ALL + " FROM waiting WHERE pool = ? AND ask_by > ? AND number < ? ORDER BY number", Waiting::read, pool, now, own.map(Waiting::number).orElse(Long.MAX_VALUE));
    }

    long lengthAhead(Sql sql, String pool, Optional<Waiting> own, Instant now) {
        return sql.one("SELECT COUNT(*) AS ahead FROM waiting WHERE pool = ? AND ask_by > ? AND number < ?", row -> row.number("ahead"), pool, now, own.map(Waiting::number).orElse(Long.MAX_VALUE)).orElse(0L);
    }

    /// After how long who has so many before it is to ask again: sooner at the head of the queue.
    static Duration askAgainAfter(long ahead) {
        var later = SOONEST.plusSeconds(ahead / PLACES_A_SECOND);
        return later.compareTo(LATEST) > 0 ? LATEST : later;
    }

    /// Until when its place, or a seat that came free, is kept: it may miss its turn a few times.
    static Instant askBy(Instant now, long ahead) {
        return now.plus(askAgainAfter(ahead).multipliedBy(MISSED)).plus(GRACE);
    }

    /// Keeps the place that the host has, or gives it the last one. The caller holds the pool's row unless the host has a place. False where the queue is too long.
    boolean keepPlace(Sql sql, String pool, String host, Claim claim, Instant now, Instant askBy) {
        var features = String.join(" ", claim.features());
        if (sql.update("UPDATE waiting SET host_name = ?, slot = ?, features = ?, ask_by = ? WHERE pool = ? AND host = ? AND ask_by > ?", claim.hostName(), claim.slot(), features, askBy, pool, host, now) == 1) {
            return true;
        }
        sql.update("DELETE FROM waiting WHERE pool = ? AND ask_by <= ?", pool, now);
        if (length(sql, pool, now) >= LONGEST) {
            return false;
        }
        sql.update("INSERT INTO waiting (pool, host, host_name, number, slot, features, since, ask_by) VALUES (?, ?, ?, (SELECT COALESCE(MAX(number), 0) + 1 FROM waiting WHERE pool = ?), ?, ?, ?, ?)",
                pool, host, claim.hostName(), pool, claim.slot(), features, now, askBy);
        return true;
    }

    /// It has a seat.
    void leave(Sql sql, String pool, String host) {
        sql.update("DELETE FROM waiting WHERE pool = ? AND host = ?", pool, host);
    }

    void close(Sql sql, String pool) {
        sql.update("DELETE FROM waiting WHERE pool = ?", pool);
    }
}
