package dev.charter.floating.lease;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.pool.Pool;
import dev.charter.floating.pool.Reservation;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives a pool its reservations, and says anew of every lease that is held whether its seat is a reserved one. Belongs to a transaction that holds the pool's row.
final class PlaceLeases {
    private final Leases leases;

    PlaceLeases(Leases leases) {
        this.leases = leases;
    }

    /// Returns the pool, which is not yet written.
    ///
    /// @param wanted in the order in which a host that fits several takes their seats
    /// @param by who does it; none where nobody does
    /// @throws Overtaken when a lease was renewed meanwhile
    Pool handle(Sql sql, Pool held, List<Reservation> wanted, Optional<String> by, Instant now) {
        var left = new ArrayList<>(wanted.stream().map(Reservation::untaken).toList());
        var placed = new ArrayList<AuditEvent.Placed>();
        // The oldest leases first, so that the same comes of it every time.
        for (var lease : leases.all(sql, held.license())) {
            var place = place(left, lease);
            if (!place.equals(lease.reservation())) {
                if (!leases.replace(sql, lease, lease.in(place, lease.version() + 1))) {
                    throw new Overtaken();
                }
                placed.add(new AuditEvent.Placed(lease.host(), lease.id(), place));
            }
        }
        var pool = held.with(held.standing().counting(held.features(), left)).noting(sql, now, new AuditEvent.Reserved(by, told(left)));
        for (var event : placed) {
            pool = pool.noting(sql, now, event);
        }
        return pool;
    }

    private static Optional<String> place(List<Reservation> left, Lease lease) {
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).hasFree() && left.get(i).isFor(lease.claim())) {
                left.set(i, left.get(i).taking(1));
                return Optional.of(left.get(i).name());
            }
        }
        return Optional.empty();
    }

    private static List<AuditEvent.ReservedFor> told(List<Reservation> reservations) {
        return reservations.stream().map(each -> new AuditEvent.ReservedFor(each.name(), each.seats(), each.members())).toList();
    }

    /// The same reservations as far as they fit, the first ones first.
    static List<Reservation> fitting(List<Reservation> reservations, long seats) {
        var fitting = new ArrayList<Reservation>();
        long left = seats;
        for (var reservation : reservations) {
            long fits = Math.min(left, reservation.seats());
            if (fits > 0) {
                fitting.add(reservation.seats(fits));
                left -= fits;
            }
        }
        return fitting;
    }

    static long seats(List<Reservation> reservations) {
        return reservations.stream().mapToLong(Reservation::seats).sum();
    }
}
