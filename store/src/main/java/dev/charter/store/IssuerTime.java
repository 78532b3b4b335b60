package dev.charter.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// The time that an issuer goes by: the clock's, except that it never goes back, whatever the clock does. In whole milliseconds.
///
/// One row of the database keeps the latest time that any node has seen. No node hands out a time more than [#REACH] beyond that row, and each that
/// hands out times compares itself with the row at least that often. So the row is written a few times a second by each busy
/// node, never by a transaction of the business, and what follows holds:
///
/// - **One process**: each instant is equal to or after every one handed out before.
/// - **Restart, crash, `kill -9`**: a process begins at the row plus [#REACH], which nobody can have passed. With a good
///   clock that moment is over before the process is up; so time never goes back at all.
/// - **Several nodes at once**: a node that hears of a later time adopts it. Two nodes are never apart by more than a second of their
///   running, however wrong a clock is.
/// - **A clock that was ahead and is set right**: time stands still until the clock has caught up. That lengthens leases and frees nothing early.
///   The distance between clock and issuer's time is there to be watched.
/// - **A database restored from a backup** holds an older row: then only the clock says what time it is.
///
/// Ask before the transaction, decide, then write: within a transaction asking is refused, because comparing needs one of its own.
public final class IssuerTime implements InstantSource {
    /// How far a node may go beyond the row before it has to move the row on.
    public static final Duration REACH = Duration.ofMillis(500);

    private final Transactions transactions;
    private final Runnable refuseWithinTransaction;
    private final InstantSource clock;
    private final ReentrantLock comparing = new ReentrantLock();
    private final AtomicLong latest = new AtomicLong();
    private volatile long comparedAt; // by the clock, in epoch milliseconds

    IssuerTime(Transactions transactions, Runnable refuseWithinTransaction, InstantSource clock) {
        this.transactions = transactions;
        this.refuseWithinTransaction = refuseWithinTransaction;
        this.clock = clock;
        long kept = transactions.reading(sql -> sql.one(
                "SELECT latest FROM issuer_time WHERE id = 1", row -> row.number("latest")).orElseThrow());
        latest.set(kept == 0 ? 0 : kept + REACH.toMillis());
        compare(clock.millis());
    }

    /// @throws StoreUnavailable when the row could not be moved on; then no time is handed out
    /// @throws IllegalStateException within a transaction
    @Override
    public Instant instant() {
        refuseWithinTransaction.run();
        long now = clock.millis();
        if (distanceFromCompared(now) >= REACH.toMillis()) {
            comparing.lock();
            compareUnlessOtherDid(now);
        } else if (distanceFromCompared(now) >= REACH.toMillis() / 2 && comparing.tryLock()) {
            compareUnlessOtherDid(now); // in good time, so that the others need not wait for it
        }
        return Instant.ofEpochMilli(latest.accumulateAndGet(now, Math::max));
    }

    private void compareUnlessOtherDid(long now) {
        try {
            if (distanceFromCompared(now) >= REACH.toMillis() / 2) {
                compare(now);
            }
        } finally {
            comparing.unlock();
        }
    }

    // A clock that was set back has to compare too: only so does it hear of the other nodes' time.
    private long distanceFromCompared(long now) {
        return Math.abs(now - comparedAt);
    }

    /// Moves the row on to this node's time, or this node's time on to the row's.
    private void compare(long now) {
        long mine = Math.max(now, latest.get());
        long kept;
        try {
            kept = transactions.inOne(sql -> sql.one("""
                    UPDATE issuer_time SET latest = CASE WHEN latest < ? THEN ? ELSE latest END WHERE id = 1 RETURNING latest""",
                    row -> row.number("latest"), mine, mine).orElseThrow());
        } catch (CommitUnknown e) {
            throw new StoreUnavailable("the issuer's time could not be moved on", e); // it is moved on again at the next call
        }
        latest.accumulateAndGet(kept, Math::max);
        comparedAt = now;
    }
}
