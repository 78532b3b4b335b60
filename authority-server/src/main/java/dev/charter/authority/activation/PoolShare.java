package dev.charter.authority.activation;

import dev.charter.authority.license.Leasing;
import dev.charter.authority.license.License;
import dev.charter.format.FloatingServer;
import dev.charter.format.LeaseKeys;
import dev.charter.format.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;

/// What one floating server has of a license's seats. Both numbers count among the seats in use.
///
/// @param seats in the pool that it was given last; 0 when it holds none any more
/// @param rest seats that it gave up, and whose leases may still run
/// @param restUntil when no lease of them can run any more; empty where there is no rest
/// @param leasing the longest leases that any of its pools gave
record PoolShare(int seats, int rest, Optional<Instant> restUntil, Leasing leasing) {

    /// How many of the license's seats it uses.
    int counted() {
        return seats + rest;
    }

    /// As its usage license says it. Where the license has several servers, each may lease a part of the seats of a feature that fewer leases may grant: as large as its part of all seats.
    ///
    /// @param used how many seats of the license are in use
    /// @param server what its server tells of itself, which the vendor's signature then vouches for
    Pool pool(License license, int used, Optional<FloatingServer> server) {
        long all = Math.max(license.places(), used);
        var featureSeats = new TreeMap<String, Integer>();
        license.terms().featureSeats().forEach((feature, most) -> featureSeats.put(feature, (int) (most * (long) seats / all)));
        return new Pool(seats, license.terms().leasing().orElseThrow().profile(), featureSeats,
                server.map(FloatingServer::keys).orElse(LeaseKeys.NONE), server.flatMap(FloatingServer::tls));
    }

    /// The same when what is over by a moment is free.
    PoolShare at(Instant moment) {
        return restUntil.filter(until -> !until.isAfter(moment)).isPresent() ? new PoolShare(seats, 0, Optional.empty(), leasing) : this;
    }

    /// Until when a lease can run that is given at that moment at the latest.
    Instant leasesEnd(Instant given) {
        return given.plus(leasing.held());
    }

    /// Until when a lease can run of which its server says at a moment how long it runs at the most. Clocks are not compared, and no lease runs for longer than it was given for.
    Instant leasesEnd(Instant told, Duration run) {
        var held = Leasing.held(run);
        return told.plus(held.compareTo(leasing.held()) < 0 ? held : leasing.held());
    }

    /// That many seats in use from here on: first those of the pool, the others until then.
    PoolShare with(int newSeats, int counted, Instant until, Instant now) {
        return counted > newSeats && until.isAfter(now) ? new PoolShare(newSeats, counted - newSeats, Optional.of(until.truncatedTo(ChronoUnit.MILLIS)), leasing)
                : new PoolShare(newSeats, 0, Optional.empty(), leasing);
    }

    /// When the pool is gone, and its leases run out.
    PoolShare ended(int freeAtOnce, Instant until, Instant now) {
        // What was given up before may run out later than what is given up now.
        return with(0, counted() - freeAtOnce, restUntil.filter(until::isBefore).orElse(until), now);
    }
}
