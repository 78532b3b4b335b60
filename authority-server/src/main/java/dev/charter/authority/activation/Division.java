package dev.charter.authority.activation;

import dev.charter.authority.license.Leasing;
import dev.charter.authority.license.License;
import java.time.Instant;
import java.util.Optional;

/// How the seats of a floating license are divided among the floating servers that ask for them. What is in their pools never exceeds what was sold, and what a server gave up
/// counts until no lease of it can run any more. A wish is met as far as seats are free.
///
/// @param license what is over by now no longer counts
/// @param rests how many seats all its servers gave up that still count
record Division(License license, int rests, Asked asked, Instant now) {

    /// A pool in the place of another one.
    ///
    /// @param early how many of the other's seats are free before its leases have ended
    record InPlace(PoolShare share, int early) {}

    /// A first pool; none where no seat is free.
    Optional<PoolShare> first() {
        return share(Math.min(wanted(), free()));
    }

    /// The pool of a machine that was installed anew, in the place of its older self, whose leases may still run.
    ///
    /// @param allowed how many of the older one's seats may be free before that
    /// @return none where no seat is free
    Optional<InPlace> inPlaceOf(PoolShare older, int allowed) {
        int most = Math.min(older.counted(), allowed);
        int seats = Math.min(Math.min(wanted(), free() + most), license.places() - (handedOut() - older.seats()));
        return share(seats).map(share -> new InPlace(share, Math.clamp(seats - free(), 1, most)));
    }

    /// The next pool of a server that has one.
    PoolShare next(PoolShare present) {
        int seats = seats(present);
        var longest = leasing().held().compareTo(present.leasing().held()) > 0 ? leasing() : present.leasing();
        return new PoolShare(present.seats(), present.rest(), present.restUntil(), longest)
                .with(seats, Math.max(seats, present.counted()), restUntil(present, seats).orElse(now), now);
    }

    private int seats(PoolShare present) {
        int excess = handedOut() - license.places();
        if (excess > 0) { // the vendor sold fewer since
            int left = Math.max(1, present.seats() - excess);
            return hasStopped() ? Math.min(left, wanted()) : left;
        }
        int reachable = Math.min(present.counted() + free(), present.seats() - excess);
        int seats = Math.min(wanted(), reachable);
        // Who wants fewer and does not say by when the leases beyond them have ended has not stopped handing them out.
        return seats < present.seats() && !hasStopped() ? present.seats() : seats;
    }

    private Optional<Instant> restUntil(PoolShare present, int seats) {
        var told = asked.leasesRun().filter(_ -> wanted() == seats).map(run -> present.leasesEnd(now, run));
        if (told.isPresent() || seats >= present.seats()) {
            return told.or(present::restUntil);
        }
        var installed = asked.way() == Way.LETTER ? license.terms().installBefore(now) : now;
        var end = present.leasesEnd(installed);
        return present.restUntil().filter(end::isBefore).or(() -> Optional.of(end));
    }

    private Optional<PoolShare> share(int seats) {
        return seats < 1 ? Optional.empty() : Optional.of(new PoolShare(seats, 0, Optional.empty(), leasing()));
    }

    private int handedOut() {
        return license.used() - rests;
    }

    private int free() {
        return Math.max(0, license.places() - license.used());
    }

    private int wanted() {
        return asked.seatsWanted().orElse(Integer.MAX_VALUE);
    }

    private boolean hasStopped() {
        return asked.leasesRun().isPresent();
    }

    private Leasing leasing() {
        return license.terms().leasing().orElseThrow();
    }
}
