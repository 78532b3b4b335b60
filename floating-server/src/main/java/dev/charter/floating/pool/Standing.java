package dev.charter.floating.pool;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a pool stands: what became of it here, whatever its usage license says.
///
/// @param taken leases that are held, whatever became of their hosts
/// @param renewOnlyUntil before it no seat is handed out
/// @param emergencyUntil until when the emergency runs that was started; it stays when that is over, until the leases beyond the seats are marked
/// @param shrunkTo fewer seats than the license says
/// @param givenUp nothing is handed out or renewed any more
/// @param reclaims when seats were taken back before their leases ended, as far as that counts against the allowance
public record Standing(long taken, Features features, List<Reservation> reservations, WhenFull whenFull, Instant renewOnlyUntil, Optional<Instant> emergencyUntil, long emergencyDaysUsed,
        Optional<Long> shrunkTo, boolean givenUp, List<Instant> reclaims) {
    static final Standing NEW = new Standing(0, Features.NONE, List.of(), WhenFull.REFUSE, Instant.EPOCH, Optional.empty(), 0, Optional.empty(), false, List.of());

    public Standing {
        reservations = List.copyOf(reservations);
        reclaims = List.copyOf(reclaims);
    }

    Standing taking(long seats, Features counted, List<Reservation> reserved) {
        return new Standing(seats, counted, reserved, whenFull, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, shrunkTo, givenUp, reclaims);
    }

    /// With those features and reservations.
    public Standing counting(Features counted, List<Reservation> reserved) {
        return taking(taken, counted, reserved);
    }

    public Standing when(WhenFull full) {
        return new Standing(taken, features, reservations, full, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, shrunkTo, givenUp, reclaims);
    }

    public Standing renewingOnlyUntil(Instant time) {
        return new Standing(taken, features, reservations, whenFull, time, emergencyUntil, emergencyDaysUsed, shrunkTo, givenUp, reclaims);
    }

    /// With an emergency that runs until then, for which that many days were used altogether.
    public Standing inEmergency(Instant until, long daysUsed) {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, Optional.of(until), daysUsed, shrunkTo, givenUp, reclaims);
    }

    public Standing withoutEmergency() {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, Optional.empty(), emergencyDaysUsed, shrunkTo, givenUp, reclaims);
    }

    public Standing shrunkTo(Optional<Long> seats) {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, seats, givenUp, reclaims);
    }

    /// Handing out and renewing nothing any more, or again.
    public Standing givenUp(boolean over) {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, shrunkTo, over, reclaims);
    }

    /// With one seat more that was taken back then, and without those that do not count any more.
    ///
    /// @param since from when on they count
    public Standing reclaiming(Instant at, Instant since) {
        var counting = Stream.concat(reclaims.stream().filter(since::isBefore), Stream.of(at)).toList();
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, shrunkTo, givenUp, counting);
    }

    /// Under a new usage license, which settles what was asked of the vendor.
    Standing licensedAnew() {
        return new Standing(taken, features, reservations, whenFull, renewOnlyUntil, emergencyUntil, emergencyDaysUsed, Optional.empty(), false, reclaims);
    }
}
