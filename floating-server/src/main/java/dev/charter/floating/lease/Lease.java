package dev.charter.floating.lease;

import dev.charter.floating.pool.Claim;
import dev.charter.floating.seal.Seal;
import dev.charter.format.Purpose;
import dev.charter.store.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a host stands with a pool.
///
/// @param pool ID of the pool's license
/// @param host ID of the host's key
/// @param id of its newest lease
/// @param features that the lease grants
/// @param reservation whose seat it has, where it is a reserved one
/// @param ending not renewed any more
/// @param renewSequence 0: never renewed
/// @param version grows with each change
/// @param epoch grows with each lease that the host gets
/// @param endsAt when what the host got ends
/// @param freeAt when the seat comes back by itself
public record Lease(String pool, String host, Optional<String> hostName, String id, LeaseState state, Optional<String> slot, List<String> features, Optional<String> reservation, boolean ending, long acquireSequence,
        long renewSequence, long version, long epoch, Instant acquiredAt, Instant answeredAt, Instant endsAt, Instant freeAt, Optional<Instant> endedAt) {
    static final String ALL = "pool, host, host_name, lease, state, slot, features, reservation, ending, acquire_sequence, renew_sequence, version, epoch, acquired_at, answered_at, ends_at, free_at, ended_at, seal";

    static Lease read(Row row, Seal seal) {
        var features = row.text("features");
        var lease = new Lease(row.text("pool"), row.text("host"), row.optionalText("host_name"), row.text("lease"), row.constant(LeaseState.class, "state"), row.optionalText("slot"),
                features.isEmpty() ? List.of() : List.of(features.split(" ")), row.optionalText("reservation"), row.flag("ending"), row.number("acquire_sequence"), row.number("renew_sequence"), row.number("version"), row.number("epoch"),
                row.instant("acquired_at"), row.instant("answered_at"), row.instant("ends_at"), row.instant("free_at"), row.optionalInstant("ended_at"));
        seal.require(row.bytes("seal"), "the lease of the host " + lease.host, lease.sealed());
        return lease;
    }

    Object[] sealed() {
        return new Object[] {"lease", pool, host, id, state, slot, features, reservation, ending, acquireSequence, renewSequence, version, epoch, acquiredAt.toEpochMilli(), answeredAt.toEpochMilli(), endsAt.toEpochMilli(),
            freeAt.toEpochMilli(), endedAt.map(Instant::toEpochMilli)};
    }

    /// Whether it has a seat at that time: it holds one, and the seat has not come back by itself.
    public boolean isHeld(Instant now) {
        return state == LeaseState.HELD && now.isBefore(freeAt);
    }

    Lease ended(LeaseState how, Instant now) {
        return new Lease(pool, host, hostName, id, how, slot, features, reservation, ending, acquireSequence, renewSequence, version + 1, epoch, acquiredAt, answeredAt, endsAt, freeAt, Optional.of(now));
    }

    Lease notRenewed() {
        return new Lease(pool, host, hostName, id, state, slot, features, reservation, true, acquireSequence, renewSequence, version + 1, epoch, acquiredAt, answeredAt, endsAt, freeAt, endedAt);
    }

    /// Of the last request of that purpose that was granted.
    long sequence(Purpose purpose) {
        return purpose == Purpose.RENEW ? renewSequence : acquireSequence;
    }

    Claim claim() {
        return new Claim(hostName, slot, features);
    }

    /// Renewed again: there are seats enough.
    Lease goingOn() {
        return new Lease(pool, host, hostName, id, state, slot, features, reservation, false, acquireSequence, renewSequence, version + 1, epoch, acquiredAt, answeredAt, endsAt, freeAt, endedAt);
    }

    /// With a seat of that reservation, or a common one.
    Lease in(Optional<String> reserved, long newVersion) {
        return new Lease(pool, host, hostName, id, state, slot, features, reserved, ending, acquireSequence, renewSequence, newVersion, epoch, acquiredAt, answeredAt, endsAt, freeAt, endedAt);
    }

    Lease renewed(long sequence, Instant now, Instant end, Instant free) {
        return new Lease(pool, host, hostName, id, state, slot, features, reservation, ending, acquireSequence, sequence, version + 1, epoch + 1, acquiredAt, now, end, free, endedAt);
    }

    Lease knownAs(long number) {
        return new Lease(pool, host, hostName, id, state, slot, features, reservation, ending, acquireSequence, renewSequence, version + 1, number, acquiredAt, answeredAt, endsAt, freeAt, endedAt);
    }

    /// Of a host that had a lease of which an old database knows nothing.
    static Lease forgotten(String pool, String host, Optional<String> hostName, long number, Instant now) {
        return new Lease(pool, host, hostName, "forgotten", LeaseState.EXPIRED, Optional.empty(), List.of(), Optional.empty(), false, 0, 0, 1, number, now, now, now, now, Optional.of(now));
    }

    Lease freeAt(Instant time) {
        return new Lease(pool, host, hostName, id, state, slot, features, reservation, ending, acquireSequence, renewSequence, version, epoch, acquiredAt, answeredAt, endsAt, time, endedAt);
    }
}
