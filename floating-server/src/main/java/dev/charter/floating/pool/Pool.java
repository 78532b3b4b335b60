package dev.charter.floating.pool;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.audit.Chain;
import dev.charter.format.Bytes;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonWriter;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A pool as it is at one moment.
///
/// @param license ID of the license
/// @param revision grows with each usage license
/// @param document the usage license
public record Pool(String license, String product, long revision, Bytes document, Limits limits, Standing standing, Chain chain) {
    static final String ALL = "license, product, revision, document, seats, lease_end, starts_at, until, allowance, allowance_period, overdraft, emergency_days, taken, features, reservations, when_full, "
            + "renew_only_until, emergency_until, emergency_days_used, shrunk_to, given_up, reclaims, entries, head, seal";
    private static final Duration LEAST_MARGIN = Duration.ofSeconds(5);
    private static final int MARGIN_OF_END = 200;

    static Pool read(Row row, PoolSeals seals) {
        var license = row.text("license");
        var limits = new Limits(row.number("seats"), Duration.ofMillis(row.number("lease_end")), row.instant("starts_at"), row.optionalInstant("until"), row.number("allowance"),
                Duration.ofMillis(row.number("allowance_period")), row.number("overdraft"), row.number("emergency_days"));
        var standing = new Standing(row.number("taken"), Features.read(row.text("features")), reservations(row.text("reservations")), row.constant(WhenFull.class, "when_full"),
                row.instant("renew_only_until"), row.optionalInstant("emergency_until"), row.number("emergency_days_used"), row.optionalNumber("shrunk_to"), row.flag("given_up"), times(row.text("reclaims")));
        var pool = new Pool(license, row.text("product"), row.number("revision"), Bytes.of(row.bytes("document")), limits, standing, new Chain(license, row.number("entries"), Bytes.of(row.bytes("head"))));
        seals.require(row.bytes("seal"), pool);
        return pool;
    }

    private static List<Reservation> reservations(String text) {
        return text.isEmpty() ? List.of() : JsonReader.object(text).objects("reservations").stream().map(Reservation::fromJson).toList();
    }

    private static List<Instant> times(String text) {
        return text.isEmpty() ? List.of() : Arrays.stream(text.split(",", -1)).map(time -> Instant.ofEpochMilli(Long.parseLong(time))).toList();
    }

    String reclaimsText() {
        return standing.reclaims().isEmpty() ? "" : standing.reclaims().stream().map(time -> Long.toString(time.toEpochMilli())).collect(Collectors.joining(","));
    }

    String reservationsText() {
        return reservations().isEmpty() ? "" : new String(JsonWriter.bytes(new JsonWriter().putObjects("reservations", reservations().stream().map(Reservation::toJson).toList()).object()), StandardCharsets.UTF_8);
    }

    /// What is sealed after the license and its terms.
    Object[] sealed() {
        return new Object[] {limits.seats(), limits.leaseEnd(), limits.startsAt().toEpochMilli(), limits.until().map(Instant::toEpochMilli), limits.allowance(),
            limits.allowancePeriod(), limits.overdraft(), limits.emergencyDays(), standing.taken(), standing.features().text(), reservationsText(), standing.whenFull(),
            standing.renewOnlyUntil().toEpochMilli(), standing.emergencyUntil().map(Instant::toEpochMilli), standing.emergencyDaysUsed(), standing.shrunkTo(), standing.givenUp(), reclaimsText(), chain.length(),
            chain.head()};
    }

    /// How many leases may be held outside of an emergency.
    public long seats() {
        return standing.shrunkTo().map(fewer -> Math.min(fewer, limits.seats())).orElse(limits.seats());
    }

    /// How many leases may be held then.
    public long capacity(Instant now) {
        return emergencyRuns(now) ? seats() + limits.overdraft() : seats();
    }

    public long taken() {
        return standing.taken();
    }

    public Features features() {
        return standing.features();
    }

    public List<Reservation> reservations() {
        return standing.reservations();
    }

    public Optional<Instant> until() {
        return limits.until();
    }

    public boolean emergencyRuns(Instant now) {
        return standing.emergencyUntil().filter(now::isBefore).isPresent();
    }

    /// Whether an emergency is over whose leases beyond the seats are still to be marked.
    public boolean emergencyIsToBeClosed(Instant now) {
        return standing.emergencyUntil().filter(end -> !now.isBefore(end)).isPresent();
    }

    /// Whether the license has ended, and no emergency lets it go on.
    public boolean isOver(Instant now) {
        return limits.until().filter(end -> !now.isBefore(end)).isPresent() && !emergencyRuns(now);
    }

    /// How many seats were taken back that count against the allowance then.
    public long reclaimed(Instant now) {
        var since = now.minus(limits.allowancePeriod());
        return standing.reclaims().stream().filter(since::isBefore).count();
    }

    /// How long after a lease's end its seat stays taken, since no two clocks run alike: half a percent of its length, 5 seconds at least.
    public Duration margin() {
        var part = limits.leaseEnd().dividedBy(MARGIN_OF_END);
        return part.compareTo(LEAST_MARGIN) < 0 ? LEAST_MARGIN : part;
    }

    /// When the seat of a lease that is signed then comes back by itself. The license's own end does not bring it forward: a product may use its days of grace.
    public Instant freeAt(Instant signed) {
        return signed.plus(limits.leaseEnd()).plus(margin());
    }

    /// When a lease ends that is signed then: no later than the pool, or than the emergency that lets the pool go on.
    public Instant endOf(Instant signed) {
        var end = signed.plus(limits.leaseEnd());
        var last = limits.until().map(until -> standing.emergencyUntil().filter(until::isBefore).orElse(until));
        return last.filter(end::isAfter).orElse(end);
    }

    /// Whether only leases that are held are renewed.
    public boolean renewsOnly(Instant now) {
        return now.isBefore(standing.renewOnlyUntil());
    }

    public Pool with(Standing now) {
        return new Pool(license, product, revision, document, limits, now, chain);
    }

    /// With one lease more.
    ///
    /// @param granted the features that it grants
    /// @param reservation whose seat it has, if it is a reserved one
    public Pool taking(List<String> granted, Optional<String> reservation) {
        return with(standing.taking(taken() + 1, features().taking(granted), counting(reservation, 1)));
    }

    private List<Reservation> counting(Optional<String> reservation, long by) {
        return reservation.isEmpty() ? reservations() : reservations().stream().map(each -> reservation.filter(each.name()::equals).isPresent() ? each.taking(by) : each).toList();
    }

    /// After the end of a lease.
    ///
    /// @param granted the features that it granted
    /// @param reservation whose seat it had, if it was a reserved one
    public Pool givingBack(List<String> granted, Optional<String> reservation) {
        return with(standing.taking(taken() - 1, features().givingBack(granted), counting(reservation, -1)));
    }

    /// With that entry at the end of its chain; the transaction holds the pool's row.
    public Pool noting(Sql sql, Instant at, AuditEvent event) {
        return new Pool(license, product, revision, document, limits, standing, chain.append(sql, at, event));
    }
}
