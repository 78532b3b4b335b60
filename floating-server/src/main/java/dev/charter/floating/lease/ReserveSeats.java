package dev.charter.floating.lease;

import dev.charter.floating.pool.Pools;
import dev.charter.floating.pool.Reservation;
import dev.charter.store.Transactions;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Keeps seats of a pool for named hosts and groups: others cannot take them. Leases that are held stay where they are; whose holder is among those that seats are reserved for counts there from now on.
public final class ReserveSeats {
    private static final int MOST = 100;
    private static final int LONGEST = 200;

    /// What came of it.
    public sealed interface Reserving {
        record Reserved() implements Reserving {}

        /// @param message why not, and what to do, for people
        record NotPossible(String message) implements Reserving {}
    }

    private final Transactions transactions;
    private final InstantSource time;
    private final Pools pools;
    private final Leases leases;
    private final PlaceLeases place;

    public ReserveSeats(Transactions transactions, InstantSource time, Pools pools, Leases leases) {
        this.transactions = transactions;
        this.time = time;
        this.pools = pools;
        this.leases = leases;
        this.place = new PlaceLeases(leases);
    }

    /// @param pool ID of the pool's license
    /// @param reservations all that there are to be, in place of those before, in the order in which a host that fits several takes their seats; how many are taken is not read
    /// @param by who does it
    public Reserving handle(String pool, List<Reservation> reservations, String by) {
        var wrong = wrong(reservations);
        if (wrong.isPresent()) {
            return new Reserving.NotPossible(wrong.get());
        }
        return Attempts.untilKept(() -> {
            var now = time.instant();
            return transactions.inOne(sql -> {
                var held = pools.hold(sql, pool);
                if (held.isEmpty()) {
                    return new Reserving.NotPossible("There is no such pool here.");
                }
                long wanted = PlaceLeases.seats(reservations);
                if (wanted > held.get().seats()) {
                    return new Reserving.NotPossible("The pool has " + held.get().seats() + " seats, and " + wanted + " cannot be reserved. Reserve fewer.");
                }
                pools.write(sql, place.handle(sql, leases.expire(sql, held.get(), now), reservations, Optional.of(by), now));
                return new Reserving.Reserved();
            });
        });
    }

    private static Optional<String> wrong(List<Reservation> reservations) {
        if (reservations.size() > MOST) {
            return Optional.of("A pool has " + MOST + " reservations at most. Put hosts together into groups.");
        }
        var names = new HashSet<String>();
        for (var reservation : reservations) {
            if (!isName(reservation.name())) {
                return Optional.of("Give every reservation a name of 1 to " + LONGEST + " characters.");
            }
            if (!names.add(reservation.name())) {
                return Optional.of("Two reservations are named " + reservation.name() + ". Give each a name of its own.");
            }
            if (reservation.seats() < 1) {
                return Optional.of("Reserve at least one seat for " + reservation.name() + ".");
            }
            if (reservation.members().isEmpty() || reservation.members().size() > MOST || !reservation.members().stream().allMatch(ReserveSeats::isName)) {
                return Optional.of("Name 1 to " + MOST + " host names or slots for " + reservation.name() + ", each of 1 to " + LONGEST + " characters.");
            }
            if (reservation.kind() == Reservation.Kind.HOST && reservation.members().size() != 1) {
                return Optional.of("The reservation " + reservation.name() + " is for one host. Make it a group to name several.");
            }
        }
        return Optional.empty();
    }

    private static boolean isName(String name) {
        return !name.isBlank() && name.length() <= LONGEST;
    }
}
