package dev.charter.authority.activation;

import dev.charter.authority.audit.AuditEvent;
import dev.charter.authority.audit.Chain;
import dev.charter.authority.license.License;
import dev.charter.authority.license.LicenseRow;
import dev.charter.format.Bytes;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What floating servers have of their licenses' seats, in the database. Of a floating license `used` is the sum of what its activations have, whatever their states, and `total` is what was
/// sold, or what is in use where the vendor sold fewer since.
final class SqlPools {
    /// So many in one transaction; the others in the next one.
    private static final int AT_ONCE = 1024;

    private SqlPools() {}

    /// A server whose rest is over.
    private record Over(String activation, int seats) {}

    /// How many seats were given up, and are over by now, or may still be leased.
    static Activations.Rests rests(Sql sql, String license, Instant now) {
        return sql.one("""
                SELECT CAST(COALESCE(sum(CASE WHEN rest_until <= ? THEN rest_seats ELSE 0 END), 0) AS BIGINT) AS over, CAST(COALESCE(sum(rest_seats), 0) AS BIGINT) AS rests
                FROM activation WHERE license = ? AND rest_until IS NOT NULL""",
                row -> new Activations.Rests(row.smallNumber("over"), row.smallNumber("rests") - row.smallNumber("over")), now, license).orElseThrow();
    }

    /// Frees what is over of all that servers of the license gave up; says how many servers that were. The transaction holds the license's row from here on.
    static int free(Sql sql, String license, Instant now) {
        var chain = Chain.hold(sql, license).orElseThrow();
        var over = sql.query("SELECT id, rest_seats FROM activation WHERE license = ? AND rest_until <= ? ORDER BY rest_until, id LIMIT ?",
                row -> new Over(row.text("id"), row.smallNumber("rest_seats")), license, now, AT_ONCE);
        for (var rest : over) {
            sql.update("UPDATE activation SET rest_seats = 0, rest_until = NULL WHERE id = ?", rest.activation());
            chain = chain.append(sql, now, new AuditEvent.SeatsFreed(rest.activation()), Optional.empty());
        }
        if (!over.isEmpty()) {
            sql.update("UPDATE license SET entries = ?, head = ? WHERE id = ?", chain.length(), chain.head().toArray(), license);
            less(sql, license, over.stream().mapToInt(Over::seats).sum());
        }
        return over.size();
    }

    /// Counts what is in use after a decision, if what it was decided on still holds: the license as it is, and what of it is in use when that is free which is over.
    static Chain count(Sql sql, License license, int used, Instant now) {
        free(sql, license.id(), now);
        return sql.one("UPDATE license SET used = ?, total = ? WHERE id = ? AND revision = ? AND state = 'ACTIVE' AND used = ? AND total >= ? RETURNING id, entries, head",
                row -> new Chain(row.text("id"), row.number("entries"), Bytes.of(row.bytes("head"))), used, Math.max(license.places(), used), license.id(), license.revision(), license.used(), used)
                .orElseThrow(Overtaken::new);
    }

    /// That many seats of a floating license are free. The transaction holds the license's row.
    static void less(Sql sql, String license, int seats) {
        sql.update("UPDATE license SET used = used - ? WHERE id = ?", seats, license);
        var present = sql.one("SELECT " + LicenseRow.COLUMNS + " FROM " + LicenseRow.TABLES + " WHERE license.id = ?", LicenseRow::read, license).orElseThrow();
        sql.update("UPDATE license SET total = ? WHERE id = ?", Math.max(present.places(), present.used()), license);
    }

    /// Writes what a server has, if what it had was this.
    ///
    /// @param early how many seats were free before its leases have ended, of a pool whose place was given to another one
    static void change(Sql sql, String activation, PoolShare from, PoolShare to, OptionalInt early) {
        int changed = sql.update("UPDATE activation SET pool_seats = ?, rest_seats = ?, rest_until = ?, pool_lease = ?, early_seats = ? WHERE id = ? AND pool_seats = ? AND rest_seats = ?",
                to.seats(), to.rest(), to.restUntil(), to.leasing(), early.isPresent() ? Optional.of(early.getAsInt()) : Optional.empty(), activation, from.seats(), from.rest());
        if (changed != 1) {
            throw new Overtaken();
        }
    }

    /// The same as audit entries tell it.
    static AuditEvent.Seats told(PoolShare share, OptionalInt early) {
        return new AuditEvent.Seats(share.seats(), share.rest(), share.restUntil(), share.leasing().name(), early);
    }
}
