package dev.charter.floating.installation;

import dev.charter.client.PoolWish;
import dev.charter.floating.lease.Leases;
import dev.charter.floating.lease.ShrinkPool;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.format.SelfHelp;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;

/// What the vendor is told of each product's pool, with every request and release: how many seats are wanted, by when leases have ended whose seats come back to the vendor, and what was done without asking:
/// emergency days and seats that were taken back early.
public final class PoolWishes {
    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Leases leases;
    private final ShrinkPool shrink;

    /// @param time the issuer's
    public PoolWishes(Transactions transactions, InstantSource time, Pools pools, Leases leases) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.leases = leases;
        this.shrink = new ShrinkPool(transactions, time, pools, leases);
    }

    /// How it was before a wish, to be gone back to where nothing came of that.
    ///
    /// @param wanted what was wanted
    /// @param pool ID of the pool's license; none: there was no pool
    /// @param seats how many seats the pool had
    public record Before(OptionalInt wanted, Optional<String> pool, long seats) {}

    /// Sets how many seats the next requests ask for. Where that are fewer than the pool has, the others are held back from here on: a request may arrive at the vendor whose answer is lost. For the same
    /// reason a larger wish brings back none of them before the vendor has answered it.
    ///
    /// @param seats none: all that the license has
    /// @param by who does it
    public Before want(String product, OptionalInt seats, String by) {
        var before = transactions.inOne(sql -> {
            var there = pool(sql, product);
            var now = new Before(wanted(sql, product), there.map(Pool::license), there.map(Pool::seats).orElse(0L));
            write(sql, product, seats);
            return now;
        });
        before.pool().filter(_ -> seats.isPresent() && seats.getAsInt() < before.seats()).ifPresent(pool -> shrink.handle(pool, seats.getAsInt(), by));
        return before;
    }

    /// The vendor was not asked, or has said no to it, signed: the seats that were held back for it are handed out again.
    public void undo(String product, Before before, String by) {
        transactions.doInOne(sql -> write(sql, product, before.wanted()));
        before.pool().ifPresent(pool -> shrink.handle(pool, before.seats(), by));
    }

    private static void write(Sql sql, String product, OptionalInt seats) {
        sql.update("DELETE FROM wanted_seats WHERE product = ?", product);
        seats.ifPresent(number -> sql.update("INSERT INTO wanted_seats (product, seats) VALUES (?, ?)", product, number));
    }

    /// How many seats are asked for; empty: all that the license has.
    public OptionalInt wanted(String product) {
        return transactions.reading(sql -> wanted(sql, product));
    }

    /// As it is now.
    PoolWish of(String product) {
        var now = time.instant();
        return transactions.reading(sql -> {
            var pool = pool(sql, product);
            var wanted = wanted(sql, product);
            return new PoolWish(wanted, Optional.empty(), pool.filter(there -> keepsTo(there, wanted)).map(there -> runs(now, leases.endingAllEndedBy(sql, there.license()))),
                    pool.map(there -> runs(now, leases.allEndedBy(sql, there.license(), now))), pool.map(there -> new PoolWish.Helped(there.license(), selfHelp(sql, there, now))));
        });
    }

    private static SelfHelp selfHelp(Sql sql, Pool pool, Instant now) {
        int days = figure(pool.standing().emergencyDaysUsed());
        var last = sql.one("SELECT MAX(begins_at) AS last FROM emergency_day WHERE pool = ?", row -> row.optionalInstant("last"), pool.license()).flatMap(begin -> begin);
        int inPeriod = figure(pool.reclaimed(now));
        int total = figure(sql.one("SELECT COUNT(*) AS total FROM reclaim WHERE pool = ?", row -> row.number("total"), pool.license()).orElse(0L));
        return new SelfHelp(days, last.filter(_ -> days > 0), Optional.of(new SelfHelp.Reclaims(inPeriod, Math.max(inPeriod, total))));
    }

    /// As far as a request can tell it.
    private static int figure(long counted) {
        return (int) Math.min(counted, SelfHelp.MOST);
    }

    /// Whether no more are handed out than are wanted. Only then is it known by when those beyond have ended.
    private static boolean keepsTo(Pool pool, OptionalInt wanted) {
        return wanted.isPresent() && pool.seats() <= wanted.getAsInt();
    }

    /// How long leases run that have ended by then; not at all where there are none.
    private static Duration runs(Instant now, Optional<Instant> ended) {
        return ended.filter(now::isBefore).map(then -> Duration.between(now, then)).orElse(Duration.ZERO);
    }

    private static OptionalInt wanted(Sql sql, String product) {
        return sql.one("SELECT seats FROM wanted_seats WHERE product = ?", row -> row.smallNumber("seats"), product).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /// A license that was replaced by another one leaves its pool behind: the newest usage license counts.
    private Optional<Pool> pool(Sql sql, String product) {
        return pools.all(sql).stream().filter(pool -> pool.product().equals(product)).max(Comparator.comparing(pool -> pools.licensed(pool).license().issuedAt()));
    }
}
