package dev.charter.authority.license;

import dev.charter.authority.identity.Identifiers;
import dev.charter.format.Bytes;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.format.json.JsonObject;
import dev.charter.server.web.Rejected;
import dev.charter.store.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Issues and changes licenses in the transaction of an order, so that the order and its license are one step. Whoever calls this has made sure that it was paid.
public final class SellLicense {
    private final Granted granted;
    private final KeySafe keySafe;
    private final Identifiers identifiers;
    private final RandomGenerator random;

    /// @param secure makes license keys, so it must be secure; it is used by many threads at once
    SellLicense(Granted granted, KeySafe keySafe, Identifiers identifiers, RandomGenerator secure) {
        this.granted = granted;
        this.keySafe = keySafe;
        this.identifiers = identifiers;
        this.random = secure;
    }

    /// A license that is not kept yet, with its key.
    public record Drafted(License license, LicenseKey key, Bytes locator, Bytes sealed) {}

    /// A license for one host, activated online, on the terms that suit most. Throws [Rejected] when the product does not have what it is to grant.
    ///
    /// @param reference by which the vendor finds it
    public Drafted draft(String product, License.Buyer buyer, List<Entitlement> entitlements, String reference, Instant now) {
        return draft(product, buyer, LicenseType.ONLINE, NewTerms.none(), entitlements, Optional.of(reference), now);
    }

    /// A license of any type. Throws [Rejected] when the terms are not possible, or the product does not have what it is to grant.
    ///
    /// @param wanted everything but what it grants
    /// @param reference by which the vendor finds it
    public Drafted draft(String product, License.Buyer buyer, LicenseType type, NewTerms wanted, List<Entitlement> entitlements, Optional<String> reference, Instant now) {
        var terms = granted.terms(product, type, () -> wanted.terms(type, inJson(entitlements), reference, now));
        var license = new License(identifiers.next("lic"), product, buyer, type, LicenseState.ACTIVE, Optional.empty(), 1, now, terms, 0);
        var key = LicenseKey.generate(random);
        return new Drafted(license, key, keySafe.hide(key.locator()), keySafe.seal(key, license.id()));
    }

    /// The terms of a license with others in place of what these say. Throws [Rejected] when they are not possible, or fewer places would be left than are in use.
    ///
    /// @param wanted everything but what it grants
    public Terms changed(License license, NewTerms wanted, List<Entitlement> entitlements) {
        var terms = granted.terms(license.product(), license.type(), () -> wanted.over(license.terms(), inJson(entitlements)));
        if (license.type() != LicenseType.FLOATING && terms.places(license.type()) < license.used()) {
            throw Rejected.conflict(ChangeLicense.tooFew(license, terms.places(license.type())));
        }
        return terms;
    }

    private static List<JsonObject> inJson(List<Entitlement> entitlements) {
        return entitlements.stream().map(Entitlement::toJson).toList();
    }

    /// Keeps a draft in the caller's transaction; false when its ID or its key is taken, and another draft is needed.
    public static boolean keep(Sql sql, Drafted draft, String by) {
        return SqlLicenses.add(sql, draft.license(), draft.locator(), draft.sealed(), by);
    }

    /// The license as it is, whose row the transaction holds from here on.
    public static Optional<License> hold(Sql sql, String id) {
        sql.update("UPDATE license SET used = used WHERE id = ?", id);
        return sql.one("SELECT " + LicenseRow.COLUMNS + " FROM " + LicenseRow.TABLES + " WHERE license.id = ?", LicenseRow::read, id);
    }

    /// Lets a license that the transaction holds grant these.
    public static void grant(Sql sql, License held, List<Entitlement> entitlements, String by, Instant at) {
        var terms = held.terms();
        var changed = terms.granting(entitlements);
        if (!changed.equals(terms)) {
            requireKept(SqlLicenses.change(sql, held, changed, by, at));
        }
    }

    /// Gives a license that the transaction holds these terms; false when it is not the one that was decided on.
    ///
    /// @param decidedOn as it was when the terms were decided
    public static boolean change(Sql sql, License decidedOn, License held, Terms terms, String by, Instant at) {
        return held.revision() == decidedOn.revision() && (terms.equals(held.terms()) || SqlLicenses.change(sql, held, terms, by, at));
    }

    /// Suspends a license that the transaction holds; false when it is not active.
    ///
    /// @param reason its hosts are told
    public static boolean suspend(Sql sql, License held, String reason, String by, Instant at) {
        return held.state() == LicenseState.ACTIVE && requireKept(SqlLicenses.change(sql, held, StateChange.suspend(reason), by, at));
    }

    /// Reinstates a license that the transaction holds, where it was suspended for that reason; false otherwise.
    public static boolean reinstate(Sql sql, License held, String reason, String by, Instant at) {
        return held.state() == LicenseState.SUSPENDED && held.reason().equals(Optional.of(reason)) && requireKept(SqlLicenses.change(sql, held, StateChange.reinstate(), by, at));
    }

    private static boolean requireKept(boolean kept) {
        if (!kept) {
            throw new IllegalStateException("a license whose row is held was changed by somebody else");
        }
        return true;
    }
}
