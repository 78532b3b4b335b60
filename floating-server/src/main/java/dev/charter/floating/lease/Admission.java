package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Pools;
import dev.charter.format.Bytes;
import dev.charter.format.Purpose;
import dev.charter.format.RefusalCode;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.time.Instant;
import java.util.Optional;

/// What every request for a seat is looked at for, before it is decided what becomes of it.
final class Admission {
    private final Transactions transactions;
    private final Pools pools;
    private final Leases leases;
    private final Epochs epochs;
    private final FitLeases fit;

    Admission(Transactions transactions, Pools pools, Leases leases, Epochs epochs) {
        this.transactions = transactions;
        this.pools = pools;
        this.leases = leases;
        this.epochs = epochs;
        this.fit = new FitLeases(leases, new PlaceLeases(leases));
    }

    /// A pool and how the host stands with it.
    ///
    /// @param stored the answer to this very request
    record Found(Pool pool, Optional<Lease> lease, Optional<Bytes> stored) {}

    Optional<Found> find(Sql sql, Asked asked) {
        var found = asked.purpose() == Purpose.RENEW ? pools.asSealed(sql, asked.pool()) : pools.find(sql, asked.pool());
        return found.map(pool -> {
            var lease = leases.find(sql, asked.pool(), asked.host());
            // A grant's answer and its sequence are kept together: where that is another one, there is no answer to look for.
            var stored = lease.filter(of -> of.sequence(asked.purpose()) == asked.sequence()).flatMap(_ -> leases.answer(sql, asked.pool(), asked.host(), Leases.name(asked.purpose()), asked.digest()));
            return new Found(pool, lease, stored);
        });
    }

    /// Why there is no seat in this pool for anybody now.
    static Optional<Outcome> closed(Found found, Asked asked, Instant now) {
        var pool = found.pool();
        if (!pool.product().equals(asked.request().product())) {
            return Optional.of(Outcome.Refused.because(RefusalCode.WRONG_PRODUCT));
        }
        if (now.isBefore(pool.limits().startsAt())) {
            return Optional.of(Outcome.Refused.because(RefusalCode.LICENSE_NOT_STARTED));
        }
        if (pool.standing().givenUp()) {
            return Optional.of(new Outcome.Refused(RefusalCode.NO_SEAT_FREE, "This floating server has given the license of this pool up. A lease that was handed out goes on until its end."));
        }
        return pool.isOver(now) ? Optional.of(Outcome.Refused.because(RefusalCode.LICENSE_EXPIRED)) : Optional.empty();
    }

    /// Marks the leases that an emergency has left beyond the seats, before anything is decided by the pool: they end.
    ///
    /// @throws Overtaken when it did so: then it is decided anew
    void closeEmergency(Pool pool, Instant now) {
        if (!pool.emergencyIsToBeClosed(now)) {
            return;
        }
        transactions.doInOne(sql -> pools.hold(sql, pool.license()).filter(held -> held.emergencyIsToBeClosed(now)).ifPresent(held -> {
            pools.write(sql, fit.handle(sql, held.with(held.standing().withoutEmergency()).noting(sql, now, new AuditEvent.EmergencyOver()), now));
        }));
        throw new Overtaken();
    }

    Pool hold(Sql sql, Asked asked) {
        return pools.hold(sql, asked.pool()).orElseThrow(Overtaken::new);
    }

    /// Whether the host brings an epoch that this server gave it and that the database does not know of: then the database is an old one. An epoch whose
    /// lease ended long ago tells nothing, since the database forgets hosts after a while.
    boolean isNewerThanDatabase(Found found, Asked asked, Instant now) {
        return asked.epoch().flatMap(epoch -> epochs.read(asked.pool(), asked.host(), epoch))
                .filter(epoch -> epoch.number() > found.lease().map(Lease::epoch).orElse(0L) && now.isBefore(found.pool().freeAt(epoch.at()).plus(PurgeLeases.KEPT_AT_LEAST))).isPresent();
    }

    /// From here on no seat is handed out until everything that may be out has ended. The host's epoch is known from here on, so that it tells this once.
    void restoredBehindOurBack(Asked asked, Instant now) {
        long number = asked.epoch().flatMap(epoch -> epochs.read(asked.pool(), asked.host(), epoch)).orElseThrow().number();
        transactions.doInOne(sql -> {
            var pool = hold(sql, asked);
            var until = pool.freeAt(now);
            var before = leases.find(sql, asked.pool(), asked.host());
            var known = before.map(lease -> lease.knownAs(number)).orElseGet(() -> Lease.forgotten(asked.pool(), asked.host(), asked.request().host().name(), number, now));
            if (before.map(Lease::epoch).orElse(0L) < number && leases.put(sql, before, known)) {
                pools.write(sql, pool.with(pool.standing().renewingOnlyUntil(until)).noting(sql, now, new AuditEvent.Restored(Optional.of(asked.host()), until.toEpochMilli())));
            }
        });
    }

    /// The same sequence, and another request: two hosts use one key.
    Outcome superseded(Asked asked, long sequence, Instant now) {
        if (asked.sequence() == sequence) {
            transactions.doInOne(sql -> pools.write(sql, hold(sql, asked).noting(sql, now, new AuditEvent.CloneSeen(asked.host(), asked.purpose().documentName(), sequence))));
        }
        return Outcome.Refused.because(RefusalCode.REQUEST_SUPERSEDED);
    }

    Bytes epoch(Asked asked, long number, Instant now) {
        return epochs.of(asked.pool(), asked.host(), new Epochs.Epoch(number, now));
    }
}
