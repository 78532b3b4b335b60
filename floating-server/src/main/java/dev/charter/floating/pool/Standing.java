package dev.charter.floating.pool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a pool stands: what became of it here, whatever its usage license says.
///
/// @param taken leases that are held, whatever became of their hosts
/// @param renewOnlyUntil before it no seat is handed out
/// @param emergencyUntil until when the emergency runs that was started; it stays when that is over, until the leases beyond the seats are marked
/// @param shrunkTo fewer seats than the license says
/// @param givenUp nothing is handed out or renewed any more
public record Standing(long taken, Features features, List<Reservation> reservations, WhenFull whenFull, Instant renewOnlyUntil, Optional<Instant> emergencyUntil, long emergencyDaysUsed,
        Optional<Long> shrunkTo, boolean givenUp) {
    static final Standing NEW = new Standing(0, Features.NONE, List.of(), WhenFull.REFUSE, Instant.EPOCH, Optional.empty(), 0, Optional.empty(), false);

    public Standing {
        reservations = List.copyOf(reservations);
    }

    Standing taking(long seats, Features counted, List<Reservation> reserved) {
        return new Standing(seats, counted, reserved, whenFull, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, shrunkTo, givenUp);
    }

    /// With those features and reservations.
    public Standing counting(Features counted, List<Reservation> reserved) {
        return taking(taken, counted, reserved);
    }

    public Standing when(WhenFull full) {
        return new Standing(taken, features, reservations, full, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, shrunkTo, givenUp);
    }

    public Standing renewingOnlyUntil(Instant time) {
        return new Standing(taken, features, reservations, whenFull, time, emergencyUntil, emergencyDaysUsed, shrunkTo, givenUp);
    }

    /// With an emergency that runs until then, for which that many days were used altogether.
    public Standing inEmergency(Instant until, long daysUsed) {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, Optional.of(until), daysUsed, shrunkTo, givenUp);
    }

    public Standing withoutEmergency() {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, Optional.empty(), emergencyDaysUsed, shrunkTo, givenUp);
    }

    public Standing shrunkTo(Optional<Long> seats) {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, seats, givenUp);
    }

    public Standing ended() {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, shrunkTo, true);
    }

    /// Under a new usage license, which settles what was asked of the vendor.
    Standing licensedAnew() {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, Optional.empty(), false);
    }
}
