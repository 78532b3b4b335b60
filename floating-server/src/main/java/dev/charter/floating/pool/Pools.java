package dev.charter.floating.pool;

import dev.charter.floating.audit.AuditEvent;
import dev.charter.floating.audit.Chain;
import dev.charter.floating.seal.Seal;
import dev.charter.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The pools in the database. Every method belongs to a transaction of its caller.
public final class Pools {
    private final Seal seal;

    public Pools(Seal seal) {
        this.seal = seal;
    }

    public Optional<Pool> find(Sql sql, String license) {
        return sql.one("SELECT " + Pool.ALL + " FROM pool WHERE license = ?", row -> Pool.read(row, seal), license);
    }

    public List<Pool> all(Sql sql) {
        return sql.query("SELECT " + Pool.ALL + " FROM pool ORDER BY license", row -> Pool.read(row, seal));
    }

    /// How many of its seats are held and do not come back by themselves now.
    public long held(Sql sql, String license, Instant now) {
        return sql.one("SELECT COUNT(*) AS held FROM lease WHERE pool = ? AND state = 'HELD' AND free_at > ?", row -> row.number("held"), license, now).orElse(0L);
    }

    /// The pool with its row held from here to the end of the transaction.
    public Optional<Pool> hold(Sql sql, String license) {
        return sql.one("UPDATE pool SET taken = taken WHERE license = ? RETURNING " + Pool.ALL, row -> Pool.read(row, seal), license);
    }

    /// Takes a seat where one is free, in one statement. The row is sealed again by [#write].
    public Optional<Pool> takeSeat(Sql sql, Pool held, Instant now) {
        int took = sql.update("UPDATE pool SET taken = taken + 1 WHERE license = ? AND taken < seats AND renew_only_until <= ? AND starts_at <= ? AND (until IS NULL OR until > ?)",
                held.license(), now, now, now);
        return took == 1 ? Optional.of(held.taking(held.taken() + 1)) : Optional.empty();
    }

    /// Takes one of a feature's seats, where the feature has fewer than the pool; false where none is free.
    public boolean takeFeature(Sql sql, String license, String feature) {
        return sql.update("UPDATE pool_feature SET taken = taken + 1 WHERE pool = ? AND feature = ? AND taken < seats", license, feature) == 1
                || sql.one("SELECT seats FROM pool_feature WHERE pool = ? AND feature = ?", row -> row.number("seats"), license, feature).isEmpty();
    }

    public void giveFeatureBack(Sql sql, String license, String feature) {
        sql.update("UPDATE pool_feature SET taken = taken - 1 WHERE pool = ? AND feature = ?", license, feature);
    }

    /// The features that have fewer seats than the pool and none free.
    public List<String> exhaustedFeatures(Sql sql, String license) {
        return sql.query("SELECT feature FROM pool_feature WHERE pool = ? AND taken >= seats ORDER BY feature", row -> row.text("feature"), license);
    }

    /// How many more leases grant the feature than it has seats.
    public List<Excess> excesses(Sql sql, String license) {
        return sql.query("SELECT feature, taken - seats AS excess FROM pool_feature WHERE pool = ? AND taken > seats ORDER BY feature",
                row -> new Excess(row.text("feature"), row.number("excess")), license);
    }

    /// @param leases how many too many
    public record Excess(String feature, long leases) {}

    /// Writes what the held row says now, sealed.
    public void write(Sql sql, Pool pool) {
        sql.update("UPDATE pool SET taken = ?, renew_only_until = ?, entries = ?, head = ?, seal = ? WHERE license = ?",
                pool.taken(), pool.renewOnlyUntil(), pool.chain().length(), pool.chain().head().toArray(), seal.over(pool.sealed()), pool.license());
    }

    /// Makes the pool, or gives it its new terms; the returned pool is written.
    public Pool install(Sql sql, PoolTerms terms, Instant now) {
        var before = hold(sql, terms.license());
        var pool = new Pool(terms.license(), terms.product(), before.map(Pool::revision).orElse(0L) + 1, terms.document(), terms.seats(), before.map(Pool::taken).orElse(0L),
                terms.profile().end(), terms.term().from(), terms.term().until(), terms.allowance().count(), Duration.ofDays(terms.allowance().days()),
                before.map(Pool::renewOnlyUntil).orElse(Instant.EPOCH), before.map(Pool::chain).orElseGet(() -> Chain.of(terms.license())))
                .noting(sql, now, new AuditEvent.Installed(terms.usageLicense(), terms.seats()));
        sql.update("""
                INSERT INTO pool (license, product, revision, document, seats, taken, lease_end, starts_at, until, allowance, allowance_period, renew_only_until, entries, head, seal)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (license) DO UPDATE SET product = excluded.product, revision = excluded.revision, document = excluded.document, seats = excluded.seats, lease_end = excluded.lease_end,
                starts_at = excluded.starts_at, until = excluded.until, allowance = excluded.allowance, allowance_period = excluded.allowance_period, entries = excluded.entries,
                head = excluded.head, seal = excluded.seal""",
                pool.license(), pool.product(), pool.revision(), pool.document().toArray(), pool.seats(), pool.taken(), pool.leaseEnd().toMillis(), pool.startsAt(), pool.until(), pool.allowance(),
                pool.allowancePeriod().toMillis(), pool.renewOnlyUntil(), pool.chain().length(), pool.chain().head().toArray(), seal.over(pool.sealed()));
        installFeatures(sql, terms);
        return pool;
    }

    private static void installFeatures(Sql sql, PoolTerms terms) {
        terms.featureSeats().forEach((feature, seats) -> sql.update("""
                INSERT INTO pool_feature (pool, feature, seats, taken) VALUES (?, ?, ?, (SELECT COUNT(*) FROM lease WHERE pool = ? AND state = 'HELD' AND ' ' || features || ' ' LIKE ?))
                ON CONFLICT (pool, feature) DO UPDATE SET seats = excluded.seats""", terms.license(), feature, seats, terms.license(), "% " + feature + " %"));
        for (var feature : sql.query("SELECT feature FROM pool_feature WHERE pool = ?", row -> row.text("feature"), terms.license())) {
            if (!terms.featureSeats().containsKey(feature)) {
                sql.update("DELETE FROM pool_feature WHERE pool = ? AND feature = ?", terms.license(), feature);
            }
        }
    }
}
