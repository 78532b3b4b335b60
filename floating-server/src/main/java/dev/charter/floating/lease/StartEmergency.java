package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.store.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Starts an emergency day of a pool, without asking anyone, as often as its license signs: while it runs there are the overdraft's seats beside the others, and a pool past its end goes on.
/// When it is over, the newest leases beyond the seats are not renewed any more.
public final class StartEmergency {
    /// How long one lasts.
    public static final Duration DAY = Duration.ofDays(1);

    /// What came of it.
    public sealed interface Emergency {
        /// @param until when it is over, unless another day is started before
        record Started(Instant until, long daysLeft) implements Emergency {}

        /// @param message why not, for people
        record NotPossible(String message) implements Emergency {}
    }

    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final FitLeases fit;
    private final OwnLicense license;

    public StartEmergency(Transactions transactions, InstantSource time, Pools pools, Leases leases, OwnLicense license) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.license = license;
        this.fit = new FitLeases(leases, new PlaceLeases(leases));
    }

    /// A day that is started while one runs follows it.
    ///
    /// @param pool ID of the pool's license
    /// @param by who does it
    public Emergency handle(String pool, String by) {
        var there = transactions.reading(sql -> pools.find(sql, pool));
        if (there.isEmpty()) {
            return new Emergency.NotPossible("There is no such pool here.");
        }
        var no = noDayLeft(there.get()).or(() -> license.startEmergency(there.get().product(), by));
        return no.isPresent() ? new Emergency.NotPossible(no.get()) : start(pool, by);
    }

    private static Optional<String> noDayLeft(Pool pool) {
        long signed = pool.limits().emergencyDays();
        return pool.standing().emergencyDaysUsed() < signed ? Optional.empty()
                : Optional.of(signed == 0 ? "This license has no emergency days. Ask the vendor for a license that has some." : "All " + signed + " emergency days of this license are used. Ask the vendor for an upgrade.");
    }

    private Emergency start(String pool, String by) {
        return Attempts.untilKept(() -> {
            var now = time.instant();
            return transactions.inOne(sql -> {
                var held = pools.hold(sql, pool).orElseThrow(Overtaken::new);
                var no = noDayLeft(held);
                if (no.isPresent()) {
                    return new Emergency.NotPossible(no.get());
                }
                long used = held.standing().emergencyDaysUsed() + 1;
                var until = held.standing().emergencyUntil().filter(now::isBefore).orElse(now).plus(DAY);
                var running = held.with(held.standing().inEmergency(until, used)).noting(sql, now, new AuditEvent.EmergencyStarted(by, until.toEpochMilli(), used));
                pools.write(sql, fit.handle(sql, running, now));
                sql.update("INSERT INTO emergency_day (pool, number, begins_at) VALUES (?, ?, ?)", pool, used, until.minus(DAY));
                return new Emergency.Started(until, held.limits().emergencyDays() - used);
            });
        });
    }
}
