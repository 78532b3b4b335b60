package dev.charter.authority.license;

import dev.charter.authority.search.Hit;
import dev.charter.authority.search.Scope;
import dev.charter.authority.search.SearchIndex;
import dev.charter.authority.search.Term;
import dev.charter.format.Bytes;
import dev.charter.store.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One page of the licenses that a term finds: by their ID and reference, or by their customer's name and e-mail address. Goes along the index from where the last page
/// ended and looks at a bounded number of licenses, so that a page costs the same whatever the number of licenses, of finds, or of one customer's licenses.
///
/// A license may be found in several ways. It is listed at the first of them only, which can be told from the license alone.
final class LicenseSearch {
    private static final String OF_SUBJECT = "lic-";
    /// Finds that were listed before are passed over, so many at the most; then the page ends early.
    private static final int MOST_EXAMINED = 500;
    private static final int AT_ONCE = 50;

    private final Sql sql;
    private final Term term;
    private final int most;
    private final List<License> found = new ArrayList<>();
    private Optional<Place> last = Optional.empty();
    private int examined;

    /// @param most at most so many on the page
    LicenseSearch(Sql sql, Term term, int most) {
        this.sql = sql;
        this.term = term;
        this.most = most;
    }

    Licenses.Page page(Optional<Place> after) {
        last = after;
        var begun = after.flatMap(Place::hit).filter(hit -> !isLicense(hit.subject()) && after.get().among().isPresent());
        if (begun.isPresent() && !finishes(begun.get(), after.get().among(), Map.of())) {
            return new Licenses.Page(found, last);
        }
        var hits = SearchIndex.find(sql, Scope.LICENSES, term, after.flatMap(Place::hit), AT_ONCE);
        while (!hits.isEmpty()) {
            var licenses = licenses(hits.stream().map(Hit::subject).filter(LicenseSearch::isLicense).toList());
            for (var hit : hits) {
                if (!finishes(hit, Optional.empty(), licenses)) {
                    return new Licenses.Page(found, last);
                }
            }
            hits = hits.size() < AT_ONCE ? List.of() : SearchIndex.find(sql, Scope.LICENSES, term, Optional.of(hits.getLast()), AT_ONCE);
        }
        return new Licenses.Page(found, Optional.empty());
    }

    /// Adds what a hit finds; false when the page is over before the hit is.
    private boolean finishes(Hit hit, Optional<Place.Key> after, Map<String, License> licenses) {
        if (!isLicense(hit.subject())) {
            return finishesCustomer(hit, after);
        }
        var license = licenses.get(hit.subject());
        if (license == null) { // a license is never deleted
            throw new IllegalStateException("the search knows " + hit.subject() + ", and there is no such license");
        }
        if (isOver()) {
            return false;
        }
        examined++;
        if (own(license).filter(hit.part()::equals).isPresent() && buyers(license).filter(part -> part.compareTo(hit.part()) <= 0).isEmpty()) {
            found.add(license);
        }
        last = Optional.of(new Place(Optional.of(hit), Optional.empty()));
        return true;
    }

    private boolean finishesCustomer(Hit hit, Optional<Place.Key> after) {
        for (var key = after; ; key = last.flatMap(Place::among)) {
            var licenses = newest(sql, Optional.of(hit.subject()), key, AT_ONCE);
            for (var license : licenses) {
                if (!buyers(license).equals(Optional.of(hit.part()))) {
                    last = Optional.of(new Place(Optional.of(hit), Optional.empty())); // all of them were listed at an earlier part of the customer's name or address
                    return true;
                }
                if (isOver()) {
                    return false;
                }
                examined++;
                if (own(license).filter(part -> part.compareTo(hit.part()) < 0).isEmpty()) {
                    found.add(license);
                }
                last = Optional.of(new Place(Optional.of(hit), Optional.of(Place.Key.of(license))));
            }
            if (licenses.size() < AT_ONCE) {
                last = Optional.of(new Place(Optional.of(hit), Optional.empty()));
                return true;
            }
        }
    }

    private boolean isOver() {
        return found.size() == most || examined == MOST_EXAMINED;
    }

    private Optional<Bytes> own(License license) {
        return term.firstIn(SqlLicenses.values(license.id(), license.terms()));
    }

    private Optional<Bytes> buyers(License license) {
        return term.firstIn(List.of(license.buyer().name(), license.buyer().email()));
    }

    private static boolean isLicense(String subject) {
        return subject.startsWith(OF_SUBJECT);
    }

    private Map<String, License> licenses(List<String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        // Always the same text, so that it is prepared once: what is missing is filled up with the first.
        var arguments = new ArrayList<Object>(ids);
        arguments.addAll(Collections.nCopies(AT_ONCE - ids.size(), ids.getFirst()));
        return sql.query("SELECT " + LicenseRow.COLUMNS + " FROM " + LicenseRow.TABLES + " WHERE license.id IN (?" + ", ?".repeat(AT_ONCE - 1) + ")", LicenseRow::read, arguments.toArray())
                .stream().collect(Collectors.toMap(License::id, Function.identity()));
    }

    /// The newest licenses after a key, of one customer or of all.
    static List<License> newest(Sql sql, Optional<String> customer, Optional<Place.Key> after, int most) {
        var arguments = new ArrayList<Object>();
        var conditions = new ArrayList<String>();
        customer.ifPresent(id -> {
            conditions.add("license.customer = ?");
            arguments.add(id);
        });
        after.ifPresent(key -> {
            conditions.add("(license.issued_at, license.id) < (?, ?)");
            arguments.add(key.issuedAt());
            arguments.add(key.license());
        });
        arguments.add(most);
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return sql.query("SELECT " + LicenseRow.COLUMNS + " FROM " + LicenseRow.TABLES + where + " ORDER BY license.issued_at DESC, license.id DESC LIMIT ?",
                LicenseRow::read, arguments.toArray());
    }
}
