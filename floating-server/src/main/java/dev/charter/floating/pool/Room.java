package dev.charter.floating.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The seats of a pool while it is decided who gets one: what is free, and what would be left after others. It is a calculation, and changes nothing.
///
/// Reserved seats are for those who they are reserved for, who take them before the common ones.
public final class Room {
    private final long capacity;
    private long taken;
    private Features features;
    private final List<Reservation> reservations;

    private Room(long capacity, long taken, Features features, List<Reservation> reservations) {
        this.capacity = capacity;
        this.taken = taken;
        this.features = features;
        this.reservations = new ArrayList<>(reservations);
    }

    public static Room in(Pool pool, Instant now) {
        return new Room(pool.capacity(now), pool.taken(), pool.features(), pool.reservations());
    }

    /// Whether nobody at all can have a seat.
    public boolean isFull() {
        return taken >= capacity;
    }

    /// Takes a seat where there is one for that claim; else nothing changes.
    public Verdict take(Claim claim) {
        if (isFull()) {
            return new Verdict.Full();
        }
        var reserved = reservedFor(claim);
        return reserved.isEmpty() && !hasCommon() ? new Verdict.Full() : with(claim, reserved);
    }

    /// Takes the seat over that a lease has had, which counts as given back from here on: the host's own, or that of the older holder of its named slot.
    ///
    /// @param granted the features that the lease granted
    /// @param from the reservation that the seat belongs to, if any
    public Verdict takeOver(Claim claim, List<String> granted, Optional<String> from) {
        giveBack(granted, from);
        var reserved = reservedFor(claim);
        return reserved.isEmpty() && from.isPresent() && !hasCommon() ? new Verdict.Full() : with(claim, reserved);
    }

    private Verdict with(Claim claim, Optional<String> reservation) {
        var lacking = features.exhausted(claim.features());
        if (!lacking.isEmpty()) {
            return new Verdict.Lacks(lacking);
        }
        taken++;
        features = features.taking(claim.features());
        reservation.ifPresent(name -> count(name, 1));
        return new Verdict.Fits(reservation);
    }

    /// The seat of a lease that is over.
    public void giveBack(List<String> granted, Optional<String> reservation) {
        taken--;
        features = features.givingBack(granted);
        reservation.ifPresent(name -> count(name, -1));
    }

    private Optional<String> reservedFor(Claim claim) {
        return reservations.stream().filter(reservation -> reservation.hasFree() && reservation.isFor(claim)).map(Reservation::name).findFirst();
    }

    private boolean hasCommon() {
        long reserved = 0;
        long ofReserved = 0;
        for (var reservation : reservations) {
            reserved += reservation.seats();
            ofReserved += reservation.taken();
        }
        return taken - ofReserved < capacity - reserved;
    }

    private void count(String reservation, long by) {
        reservations.replaceAll(each -> each.name().equals(reservation) ? each.taking(by) : each);
    }
}
