package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Takes the seat of a dead host back before its lease ends, as often as the license's allowance says: the product may go on until that end, so it counts against the allowance. The server states it, signed,
/// in a refusal of the request that took the seat: it is kept beside the audit and goes out with its export.
public final class ReclaimSeat {
    private static final int LONGEST_REASON = 500;

    /// What came of it.
    public sealed interface Reclaim {
        /// @param statement signed by this server: whose seat, by whom, why, and until when the lease may run on
        record Reclaimed(Bytes statement) implements Reclaim {}

        /// @param message why not, and what to do, for people
        record NotPossible(String message) implements Reclaim {}
    }

    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Leases leases;
    private final SignLeases sign;

    public ReclaimSeat(Transactions transactions, InstantSource time, Pools pools, Leases leases, SignLeases sign) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.leases = leases;
        this.sign = sign;
    }

    /// @param lease as it was decided by
    /// @param request the digest of the request that took the seat
    private record Found(Pool pool, Lease lease, Digest request) {}

    /// @param pool ID of the pool's license
    /// @param host ID of the host's key
    /// @param by who does it
    /// @param reason why, for the audit and the vendor
    public Reclaim handle(String pool, String host, String by, String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            return new Reclaim.NotPossible("Say why the seat is taken back, in 1 to " + LONGEST_REASON + " characters. The vendor sees it.");
        }
        return Attempts.untilKept(() -> {
            var now = time.instant();
            var found = transactions.reading(sql -> find(sql, pool, host, now));
            if (found.isEmpty()) {
                return new Reclaim.NotPossible("This host holds no seat of this pool.");
            }
            var no = beyondAllowance(found.get().pool(), found.get().lease(), now);
            if (no.isPresent()) {
                return no.get();
            }
            var statement = sign.refusal(found.get().pool(), statement(found.get(), by, reason, now));
            return transactions.inOne(sql -> keep(sql, found.get(), statement, by, reason, now));
        });
    }

    private Optional<Found> find(Sql sql, String pool, String host, Instant now) {
        return pools.find(sql, pool).flatMap(there -> leases.find(sql, pool, host).filter(lease -> lease.isHeld(now)).flatMap(lease -> leases.acquiredBy(sql, lease).map(request -> new Found(there, lease, request))));
    }

    private static Optional<Reclaim> beyondAllowance(Pool pool, Lease lease, Instant now) {
        return pool.reclaimed(now) < pool.limits().allowance() ? Optional.empty()
                : Optional.of(new Reclaim.NotPossible("The license allows " + pool.limits().allowance() + " seats to be reclaimed in " + pool.limits().allowancePeriod().toDays() + " days, and "
                        + pool.reclaimed(now) + " were. This seat comes back by itself at " + lease.freeAt() + "."));
    }

    /// What this server states: the request that took the seat is granted no more.
    private static Refusal statement(Found found, String by, String reason, Instant now) {
        var lease = found.lease();
        var message = by + " took the seat of " + lease.hostName().map(name -> name + ", host " + lease.host()).orElse("the host " + lease.host()) + ", back before its end. Lease " + lease.id() + ", taken at "
                + lease.acquiredAt().truncatedTo(ChronoUnit.SECONDS) + "; it may run on until " + lease.endsAt().truncatedTo(ChronoUnit.SECONDS) + ". Reason: " + reason;
        return new Refusal(now.truncatedTo(ChronoUnit.SECONDS), found.pool().product(), found.request(), RefusalCode.RELEASED, message, Optional.of(found.pool().license()));
    }

    private Reclaim keep(Sql sql, Found found, Bytes statement, String by, String reason, Instant now) {
        var lease = found.lease();
        var held = pools.hold(sql, lease.pool()).orElseThrow(Overtaken::new);
        if (beyondAllowance(held, lease, now).isPresent()) {
            throw new Overtaken();
        }
        sql.update("INSERT INTO reclaim (pool, lease, at, statement) VALUES (?, ?, ?, ?)", lease.pool(), lease.id(), now, statement.toArray());
        var counted = held.with(held.standing().reclaiming(now, now.minus(held.limits().allowancePeriod())));
        pools.write(sql, leases.end(sql, counted, lease, LeaseState.RECLAIMED, now, new AuditEvent.Reclaimed(lease.host(), lease.id(), by, reason, Digest.of(statement.toArray()).toString())));
        return new Reclaim.Reclaimed(statement);
    }
}
