package dev.charter.floating.pool;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.audit.Chain;
import dev.charter.floating.seal.Seal;
import dev.charter.format.Bytes;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A pool as it is at one moment.
///
/// @param license ID of the license
/// @param revision grows with each usage license
/// @param document the usage license
/// @param taken leases that are held, whatever became of their hosts
/// @param leaseEnd how long a lease lasts
/// @param until exclusive; none: for ever
/// @param allowance seats that may be reclaimed in the period
/// @param renewOnlyUntil before it no seat is handed out
public record Pool(String license, String product, long revision, Bytes document, long seats, long taken, Duration leaseEnd, Instant startsAt, Optional<Instant> until, long allowance,
        Duration allowancePeriod, Instant renewOnlyUntil, Chain chain) {
    static final String ALL = "license, product, revision, document, seats, taken, lease_end, starts_at, until, allowance, allowance_period, renew_only_until, entries, head, seal";
    private static final Duration LEAST_MARGIN = Duration.ofSeconds(5);
    private static final int MARGIN_OF_END = 200;

    static Pool read(Row row, Seal seal) {
        var license = row.text("license");
        var pool = new Pool(license, row.text("product"), row.number("revision"), Bytes.of(row.bytes("document")), row.number("seats"), row.number("taken"), Duration.ofMillis(row.number("lease_end")),
                row.instant("starts_at"), row.optionalInstant("until"), row.number("allowance"), Duration.ofMillis(row.number("allowance_period")), row.instant("renew_only_until"),
                new Chain(license, row.number("entries"), Bytes.of(row.bytes("head"))));
        seal.require(row.bytes("seal"), "the pool " + license, pool.sealed());
        return pool;
    }

    Object[] sealed() {
        return new Object[] {"pool", license, product, revision, document, seats, taken, leaseEnd, startsAt.toEpochMilli(), until.map(Instant::toEpochMilli), allowance, allowancePeriod,
            renewOnlyUntil.toEpochMilli(), chain.length(), chain.head()};
    }

    /// How long after a lease's end its seat stays taken, since no two clocks run alike: half a percent of its length, 5 seconds at least.
    public Duration margin() {
        var part = leaseEnd.dividedBy(MARGIN_OF_END);
        return part.compareTo(LEAST_MARGIN) < 0 ? LEAST_MARGIN : part;
    }

    /// When the seat of a lease that is signed then comes back by itself. The license's own end does not bring it forward: a product may use its days of grace.
    public Instant freeAt(Instant signed) {
        return signed.plus(leaseEnd).plus(margin());
    }

    /// When a lease ends that is signed then: no later than the pool.
    public Instant endOf(Instant signed) {
        var end = signed.plus(leaseEnd);
        return until.filter(end::isAfter).orElse(end);
    }

    /// Whether only leases that are held are renewed.
    public boolean renewsOnly(Instant now) {
        return now.isBefore(renewOnlyUntil);
    }

    /// With that many seats taken.
    public Pool taking(long seatsTaken) {
        return new Pool(license, product, revision, document, seats, seatsTaken, leaseEnd, startsAt, until, allowance, allowancePeriod, renewOnlyUntil, chain);
    }

    /// Handing out no seat before that time.
    public Pool renewingOnlyUntil(Instant time) {
        return new Pool(license, product, revision, document, seats, taken, leaseEnd, startsAt, until, allowance, allowancePeriod, time, chain);
    }

    /// With that entry at the end of its chain; the transaction holds the pool's row.
    public Pool noting(Sql sql, Instant at, AuditEvent event) {
        return new Pool(license, product, revision, document, seats, taken, leaseEnd, startsAt, until, allowance, allowancePeriod, renewOnlyUntil, chain.append(sql, at, event));
    }
}
