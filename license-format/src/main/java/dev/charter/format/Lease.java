package dev.charter.format;

import java.time.Instant;
import java.util.Optional;

/// The bounds that a pool sets to its leases.
final class Lease {
    private Lease() {}

    /// Throws [DocumentRejected] where the lease grants what its pool does not hold.
    static void requireWithin(UsageLicense lease, UsageLicense poolLicense) {
        var pool = poolLicense.pool().orElseThrow(() -> new DocumentRejected(Flaw.BEYOND_POOL, "The lease was signed by a host whose usage license is no pool."));
        require(lease.product().equals(poolLicense.product()), "it is for another product");
        require(lease.license().id().equals(poolLicense.license().id()), "it is of another license");
        require(lease.lease().filter(pool.profile()::equals).isPresent(), "its durations are not the pool's");
        require(lease.license().type() == poolLicense.license().type(), "it is of another license type");
        require(!lease.license().term().from().isBefore(poolLicense.license().term().from()), "it begins before the pool");
        require(endsNoLater(lease.license().term().until(), poolLicense.license().term().until()), "it ends after the pool");
        require(lease.license().emergencyDays() <= poolLicense.license().emergencyDays(), "it has more emergency days than the pool");
        require(lease.license().grace().compareTo(poolLicense.license().grace()) <= 0, "its grace is longer than the pool's");
        require(poolLicense.license().refreshHorizon().map(bound -> lease.license().refreshHorizon().filter(own -> own.compareTo(bound) <= 0).isPresent()).orElse(true),
                "it goes on without contact for longer than the pool");
        for (var granted : lease.entitlements()) {
            require(poolLicense.entitlements().stream().anyMatch(held -> covers(held, granted)), "the pool does not hold " + granted.toJson().members().values().iterator().next());
        }
    }

    private static boolean covers(Entitlement held, Entitlement granted) {
        if (!endsNoLater(granted.ends(), held.ends())) {
            return false;
        }
        if (held instanceof Entitlement.Feature mine && granted instanceof Entitlement.Feature theirs) {
            return mine.name().equals(theirs.name());
        }
        if (held instanceof Entitlement.Meter mine && granted instanceof Entitlement.Meter theirs) {
            return mine.name().equals(theirs.name())
                    && (mine.limit().isEmpty() || theirs.limit().isPresent() && theirs.limit().getAsLong() <= mine.limit().getAsLong());
        }
        return held instanceof Entitlement.Support && granted instanceof Entitlement.Support;
    }

    private static boolean endsNoLater(Optional<Instant> end, Optional<Instant> bound) {
        return bound.isEmpty() || end.isPresent() && !end.get().isAfter(bound.get());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new DocumentRejected(Flaw.BEYOND_POOL, "The lease goes beyond its pool: " + otherwise + ".");
        }
    }
}
