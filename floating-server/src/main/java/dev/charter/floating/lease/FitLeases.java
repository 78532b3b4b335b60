package dev.charter.floating.lease;

import dev.charter.floating.pool.Pool;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.Optional;

/// Fits the leases to what the pool has now: the newest ones beyond its seats, or beyond a feature's, are not renewed any more and count until they end; where there are seats again, the oldest of
/// those go on. Leases that are over are ended before. Seats stay reserved as far as there are so many. Belongs to a transaction that holds the pool's row.
final class FitLeases {
    private final Leases leases;
    private final PlaceLeases place;

    FitLeases(Leases leases, PlaceLeases place) {
        this.leases = leases;
        this.place = place;
    }

    /// Returns the pool, which is not yet written.
    ///
    /// @throws Overtaken when a lease was renewed meanwhile
    Pool handle(Sql sql, Pool held, Instant now) {
        var pool = leases.expire(sql, held, now);
        if (PlaceLeases.seats(pool.reservations()) > pool.seats()) {
            pool = place.handle(sql, pool, PlaceLeases.fitting(pool.reservations(), pool.seats()), Optional.empty(), now);
        }
        long ending = leases.ending(sql, pool.license());
        long most = pool.capacity(now);
        if (pool.taken() - ending > most) {
            pool = leases.endNewest(sql, pool, Optional.empty(), pool.taken() - most, now);
        } else if (ending > 0) {
            pool = leases.goOn(sql, pool, most - (pool.taken() - ending), now);
        }
        for (var feature : pool.features().counted().entrySet()) {
            long excess = feature.getValue().taken() - feature.getValue().seats();
            if (excess > 0) {
                pool = leases.endNewest(sql, pool, Optional.of(feature.getKey()), excess, now);
            }
        }
        return pool;
    }
}
