package dev.charter.authority.license;

import dev.charter.authority.audit.AuditEvent;
import dev.charter.authority.audit.Chain;
import dev.charter.authority.fault.FailPoint;
import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.search.Scope;
import dev.charter.authority.search.SearchIndex;
import dev.charter.authority.search.Term;
import dev.charter.format.Bytes;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.store.Row;
import dev.charter.store.Sql;
import dev.charter.store.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Licenses in the database.
final class SqlLicenses implements Licenses {
    private static final String BY_ID = "SELECT " + LicenseRow.COLUMNS + " FROM " + LicenseRow.TABLES + " WHERE license.id = ?";

    private final Transactions transactions;
    private final FailPoints failPoints;

    SqlLicenses(Transactions transactions, FailPoints failPoints) {
        this.transactions = transactions;
        this.failPoints = failPoints;
    }

    @Override
    public Kept add(License license, Bytes locator, Bytes key, String by) {
        return transactions.inOne(sql -> {
            if (!add(sql, license, locator, key, by)) {
                return Kept.OVERTAKEN;
            }
            failPoints.reach(FailPoint.ISSUE_WRITTEN);
            return Kept.YES;
        });
    }

    /// In the caller's transaction; false when its ID or its key's locator is taken.
    static boolean add(Sql sql, License license, Bytes locator, Bytes key, String by) {
        var issued = Chain.of(license.id()).next(license.issuedAt(),
                new AuditEvent.Issued(by, license.product(), license.buyer().customer(), license.type().documentName(), license.terms().toJson()));
        int added = sql.update("""
                INSERT INTO license (id, locator, sealed_key, product, customer, type, state, revision, issued_at, terms, total, used, entries, head)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO NOTHING""",
                license.id(), locator.toArray(), key.toArray(), license.product(), license.buyer().customer(), license.type(), license.state(), license.revision(), license.issuedAt(),
                text(license.terms()), license.places(), issued.chain().length(), issued.chain().head().toArray());
        if (added == 0) {
            return false;
        }
        issued.write(sql, Optional.empty());
        SearchIndex.add(sql, Scope.LICENSES, license.id(), values(license.id(), license.terms()));
        sql.one("UPDATE customer SET licensed = TRUE WHERE id = ? AND NOT licensed RETURNING name, email", row -> List.of(row.text("name"), row.text("email")), license.buyer().customer())
                .ifPresent(values -> SearchIndex.add(sql, Scope.LICENSES, license.buyer().customer(), values));
        return true;
    }

    @Override
    public Kept change(License decidedOn, Terms terms, String by, Instant at) {
        return transactions.inOne(sql -> {
            if (!change(sql, decidedOn, terms, by, at)) {
                return Kept.OVERTAKEN;
            }
            failPoints.reach(FailPoint.CHANGE_WRITTEN);
            return Kept.YES;
        });
    }

    /// In the caller's transaction; false when somebody was faster.
    static boolean change(Sql sql, License decidedOn, Terms terms, String by, Instant at) {
        int places = terms.places(decidedOn.type());
        var chain = sql.one("""
                UPDATE license SET terms = ?, total = CASE WHEN used > ? THEN used ELSE ? END, revision = revision + 1
                WHERE id = ? AND revision = ? AND (used <= ? OR type = 'FLOATING') RETURNING entries, head""",
                row -> chain(decidedOn.id(), row), text(terms), places, places, decidedOn.id(), decidedOn.revision(), places);
        if (chain.isEmpty()) {
            return false;
        }
        var before = values(decidedOn.id(), decidedOn.terms());
        var after = values(decidedOn.id(), terms);
        if (!before.equals(after)) {
            SearchIndex.replace(sql, Scope.LICENSES, decidedOn.id(), before, after);
        }
        note(sql, chain.get(), at, new AuditEvent.Changed(by, terms.toJson()), Optional.empty());
        return true;
    }

    @Override
    public Kept change(License decidedOn, StateChange change, String by, Instant at) {
        return transactions.inOne(sql -> {
            if (!change(sql, decidedOn, change, by, at)) {
                return Kept.OVERTAKEN;
            }
            failPoints.reach(FailPoint.CHANGE_WRITTEN);
            return Kept.YES;
        });
    }

    /// In the caller's transaction; false when somebody was faster.
    static boolean change(Sql sql, License decidedOn, StateChange change, String by, Instant at) {
        var chain = sql.one("""
                UPDATE license SET state = ?, state_reason = ?, revision = revision + 1 WHERE id = ? AND revision = ? RETURNING entries, head""",
                row -> chain(decidedOn.id(), row), change.to(), change.reason(), decidedOn.id(), decidedOn.revision());
        if (chain.isEmpty()) {
            return false;
        }
        note(sql, chain.get(), at, change.event(by), change.reason().map(reason -> new JsonWriter().put("reason", reason).object()));
        return true;
    }

    @Override
    public Optional<License> byId(String id) {
        return transactions.reading(sql -> sql.one(BY_ID, LicenseRow::read, id));
    }

    @Override
    public Optional<License> byLocator(Bytes locator) {
        return transactions.reading(sql -> sql.one("SELECT " + LicenseRow.COLUMNS + " FROM " + LicenseRow.TABLES + " WHERE license.locator = ?", LicenseRow::read, locator.toArray()));
    }

    @Override
    public Optional<Bytes> sealedKey(String id) {
        return transactions.reading(sql -> sql.one("SELECT sealed_key FROM license WHERE id = ?", row -> Bytes.of(row.bytes("sealed_key")), id));
    }

    @Override
    public Optional<License.Buyer> buyer(String customer) {
        return transactions.reading(sql -> sql.one("SELECT name, email FROM customer WHERE id = ?",
                row -> new License.Buyer(customer, row.text("name"), row.text("email")), customer));
    }

    @Override
    public Page page(Optional<Term> term, Optional<Place> after, int most) {
        return transactions.reading(sql -> term.map(wanted -> new LicenseSearch(sql, wanted, most).page(after)).orElseGet(() -> newest(sql, after, most)));
    }

    private static Page newest(Sql sql, Optional<Place> after, int most) {
        var found = LicenseSearch.newest(sql, Optional.empty(), after.flatMap(Place::among), most + 1);
        if (found.size() <= most) {
            return new Page(found, Optional.empty());
        }
        var shown = found.subList(0, most);
        return new Page(shown, Optional.of(new Place(Optional.empty(), Optional.of(Place.Key.of(shown.getLast())))));
    }

    /// What a license itself is found by.
    static List<String> values(String id, Terms terms) {
        return Stream.concat(Stream.of(id), terms.reference().stream()).toList();
    }

    private static Chain chain(String license, Row row) {
        return new Chain(license, row.number("entries"), Bytes.of(row.bytes("head")));
    }

    private static void note(Sql sql, Chain chain, Instant at, AuditEvent event, Optional<JsonObject> personal) {
        chain.note(sql, at, event, personal);
    }

    private static String text(Terms terms) {
        return new String(JsonWriter.bytes(terms.toJson()), StandardCharsets.UTF_8);
    }
}
