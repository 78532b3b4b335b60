package dev.charter.floating.console;

import dev.charter.floating.console.PoolView.AllowanceView;
import dev.charter.floating.console.PoolView.EmergencyDaysView;
import dev.charter.floating.console.PoolView.FeatureView;
import dev.charter.floating.console.PoolView.LeaseTimes;
import dev.charter.floating.console.PoolView.OverdraftView;
import dev.charter.floating.console.PoolView.ShrinkingView;
import dev.charter.floating.history.SeatHistory;
import dev.charter.floating.lease.Queue;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.PoolTerms;
import dev.charter.floating.pool.Pools;
import dev.charter.server.web.Rejected;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The pools as the console shows them.
final class DescribePools {
    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Queue queue;
    private final SeatHistory history;

    /// @param time the issuer's
    DescribePools(Transactions transactions, InstantSource time, Pools pools, Queue queue, SeatHistory history) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.queue = queue;
        this.history = history;
    }

    List<PoolView> all() {
        var now = time.instant();
        return transactions.reading(sql -> pools.all(sql).stream().map(pool -> view(sql, pool, now)).toList());
    }

    /// @throws Rejected as UNKNOWN
    PoolView one(String license) {
        var now = time.instant();
        return transactions.reading(sql -> pools.find(sql, license).map(pool -> view(sql, pool, now))).orElseThrow(() -> unknown(license));
    }

    static Rejected unknown(String license) {
        return Rejected.unknown("There is no pool of the license " + license + " here.");
    }

    private PoolView view(Sql sql, Pool pool, Instant now) {
        var license = pools.licensed(pool).license();
        var terms = pools.licensed(pool).terms();
        long taken = pools.held(sql, pool.license(), now);
        var today = history.today(sql, pool.license(), now);
        var profile = terms.profile();
        var allowance = terms.allowance();
        var standing = pool.standing();
        return new PoolView(pool.license(), pool.product(), license.customer(), pool.seats(), taken, pool.renewsOnly(now) ? 0 : Math.max(0, pool.capacity(now) - taken), queue.length(sql, pool.license(), now),
                today.map(SeatHistory.Day::denied).orElse(0L), Math.max(taken, today.map(SeatHistory.Day::peak).orElse(0L)), pool.until(), pool.until().map(end -> end.plus(license.license().grace())),
                features(sql, terms, now), new LeaseTimes(profile.renewEvery().toSeconds(), profile.degradedAfter().toSeconds(), profile.end().toSeconds()),
                new AllowanceView(allowance.count(), allowance.days(), reclaimed(sql, pool.license(), now.minus(Duration.ofDays(allowance.days())))),
                new OverdraftView(pool.limits().overdraft(), pool.emergencyRuns(now), standing.emergencyUntil().filter(now::isBefore)),
                new EmergencyDaysView(pool.limits().emergencyDays(), standing.emergencyDaysUsed()), Optional.of(standing.renewOnlyUntil()).filter(now::isBefore),
                standing.whenFull().name().toLowerCase(Locale.ROOT), standing.shrunkTo().map(seats -> new ShrinkingView(seats, lastEnding(sql, pool.license(), now))));
    }

    private static Optional<Instant> lastEnding(Sql sql, String license, Instant now) {
        return sql.one("SELECT MAX(ends_at) AS last_end FROM lease WHERE pool = ? AND state = 'HELD' AND ending AND free_at > ?", row -> row.optionalInstant("last_end"), license, now).flatMap(end -> end);
    }

    private static List<FeatureView> features(Sql sql, PoolTerms terms, Instant now) {
        Map<String, Long> taken = new HashMap<>();
        sql.each("SELECT features, COUNT(*) AS leases FROM lease WHERE pool = ? AND state = 'HELD' AND free_at > ? GROUP BY features", row -> {
            for (var feature : row.text("features").split(" ", -1)) {
                taken.merge(feature, row.number("leases"), Long::sum);
            }
        }, terms.license(), now);
        return terms.features().stream().map(name -> new FeatureView(name, Optional.ofNullable(terms.featureSeats().get(name)).map(Integer::longValue), taken.getOrDefault(name, 0L))).toList();
    }

    private static long reclaimed(Sql sql, String license, Instant since) {
        return sql.one("SELECT COUNT(*) AS used FROM reclaim WHERE pool = ? AND at > ?", row -> row.number("used"), license, since).orElse(0L);
    }
}
