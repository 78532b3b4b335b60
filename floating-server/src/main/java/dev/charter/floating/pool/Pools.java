package dev.charter.floating.pool;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.audit.Chain;
import dev.charter.floating.seal.Seal;
import dev.charter.format.Bytes;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The pools in the database. Every method belongs to a transaction of its caller.
public final class Pools {
    private final PoolSeals seals;
    private final Map<String, Licensed> read = new ConcurrentHashMap<>();
    private final Map<String, Sealed> last = new ConcurrentHashMap<>();

    public Pools(Seal seal) {
        this.seals = new PoolSeals(seal);
    }

    /// A pool that was read, and the seal over all of it.
    private record Sealed(Bytes seal, Pool pool) {}

    public Optional<Pool> find(Sql sql, String license) {
        return sql.one("SELECT " + Pool.ALL + " FROM pool WHERE license = ?", this::read, license);
    }

    /// As [#find], by its seal alone where a pool of that seal was read before: what was sealed is the same then, whatever else the row says by now. For who gives no seat out: thousands renew while
    /// nothing else happens, and the row has 25 columns.
    public Optional<Pool> asSealed(Sql sql, String license) {
        var seal = sql.one("SELECT seal FROM pool WHERE license = ?", row -> Bytes.of(row.bytes("seal")), license);
        var known = last.get(license);
        return known != null && seal.filter(known.seal::equals).isPresent() ? Optional.of(known.pool) : find(sql, license);
    }

    public List<Pool> all(Sql sql) {
        return sql.query("SELECT " + Pool.ALL + " FROM pool ORDER BY license", this::read);
    }

    private Pool read(Row row) {
        var pool = Pool.read(row, seals);
        last.put(pool.license(), new Sealed(Bytes.of(row.bytes("seal")), pool));
        return pool;
    }

    /// A pool's usage license, read.
    public record Licensed(Bytes document, UsageLicense license, PoolTerms terms) {}

    /// What the usage license of that pool says. It is read once for each.
    public Licensed licensed(Pool pool) {
        var known = read.get(pool.license());
        if (known != null && known.document.equals(pool.document())) {
            return known;
        }
        var document = SignedDocument.read(pool.document().toArray());
        var license = UsageLicense.read(document.payload());
        var licensed = new Licensed(pool.document(), license, PoolTerms.of(license, document).orElseThrow());
        read.put(pool.license(), licensed);
        return licensed;
    }

    /// How many of its seats are held and do not come back by themselves now.
    public long held(Sql sql, String license, Instant now) {
        return sql.one("SELECT taken - (SELECT COUNT(*) FROM lease WHERE pool = license AND state = 'HELD' AND free_at <= ?) AS held FROM pool WHERE license = ?", row -> row.number("held"), now, license).orElse(0L);
    }

    /// The pool with its row held from here to the end of the transaction.
    public Optional<Pool> hold(Sql sql, String license) {
        return sql.one("UPDATE pool SET taken = taken WHERE license = ? RETURNING " + Pool.ALL, this::read, license);
    }

    /// Writes what the held row says now, sealed. That statement takes a seat or does not: the number of leases grows only as far as the license goes, with what it has for emergencies while one runs.
    ///
    /// @throws IllegalStateException when more would be out; nothing of the transaction is kept
    public void write(Sql sql, Pool pool) {
        var standing = pool.standing();
        int written = sql.update("""
                UPDATE pool SET taken = ?, features = ?, reservations = ?, when_full = ?, renew_only_until = ?, emergency_until = ?, emergency_days_used = ?, shrunk_to = ?, given_up = ?, reclaims = ?, entries = ?, head = ?, seal = ?
                WHERE license = ? AND (? <= taken OR ? <= seats + CASE WHEN emergency_until IS NULL THEN 0 ELSE overdraft END)""",
                standing.taken(), standing.features().text(), pool.reservationsText(), standing.whenFull(), standing.renewOnlyUntil(), standing.emergencyUntil(), standing.emergencyDaysUsed(), standing.shrunkTo(),
                standing.givenUp(), pool.reclaimsText(), pool.chain().length(), pool.chain().head().toArray(), seals.over(pool), pool.license(), standing.taken(), standing.taken());
        if (written != 1) {
            throw new IllegalStateException("the pool " + pool.license() + " would have " + standing.taken() + " leases out, more than it has seats");
        }
    }

    /// Makes the pool, or gives it its new terms; the returned pool is written.
    public Pool install(Sql sql, PoolTerms terms, Instant now) {
        var before = hold(sql, terms.license());
        var standing = before.map(Pool::standing).orElse(Standing.NEW).licensedAnew();
        var features = Features.of(terms.featureSeats(), terms.featureSeats().keySet().stream().collect(Collectors.toMap(name -> name, name -> granting(sql, terms.license(), name))));
        var pool = new Pool(terms.license(), terms.product(), before.map(Pool::revision).orElse(0L) + 1, terms.document(), Limits.of(terms), standing.counting(features, standing.reservations()),
                before.map(Pool::chain).orElseGet(() -> Chain.of(terms.license()))).noting(sql, now, new AuditEvent.Installed(terms.usageLicense(), terms.seats()));
        var limits = pool.limits();
        sql.update("""
                INSERT INTO pool (license, product, revision, document, seats, lease_end, starts_at, until, allowance, allowance_period, overdraft, emergency_days, taken, features, reservations, when_full,
                renew_only_until, emergency_until, emergency_days_used, shrunk_to, given_up, reclaims, entries, head, seal)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '', 'REFUSE', 0, NULL, 0, NULL, ?, '', 0, ?, ?)
                ON CONFLICT (license) DO UPDATE SET product = excluded.product, revision = excluded.revision, document = excluded.document, seats = excluded.seats, lease_end = excluded.lease_end,
                starts_at = excluded.starts_at, until = excluded.until, allowance = excluded.allowance, allowance_period = excluded.allowance_period, overdraft = excluded.overdraft,
                emergency_days = excluded.emergency_days""",
                pool.license(), pool.product(), pool.revision(), pool.document().toArray(), limits.seats(), limits.leaseEnd().toMillis(), limits.startsAt(), limits.until(), limits.allowance(),
                limits.allowancePeriod().toMillis(), limits.overdraft(), limits.emergencyDays(), false, new byte[0], new byte[0]);
        write(sql, pool);
        return pool;
    }

    private static long granting(Sql sql, String license, String feature) {
        return sql.one("SELECT COUNT(*) AS granting FROM lease WHERE pool = ? AND state = 'HELD' AND ' ' || features || ' ' LIKE ?", row -> row.number("granting"), license, "% " + feature + " %").orElse(0L);
    }
}
