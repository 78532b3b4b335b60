package dev.charter.authority.license;

import dev.charter.format.Entitlement;
import dev.charter.format.LicenseKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A license as the API shows it.
///
/// @param reason why it is suspended or revoked
/// @param activations how many hosts may hold it at once; the same as activationsTotal, under the name by which it is changed
/// @param activationsUsed how many hold it, or how many seats of a leased or floating license are in use
/// @param activationsTotal of how many; of a leased or floating license: its seats
/// @param featureSeats of features of a floating license that fewer leases may grant at once: how many
/// @param key its license key, at its issue only
/// @param hosts the hosts that it is or was bound to, the newest first; only for one license, and only for who may see activations
record LicenseView(String id, String product, CustomerView customer, String type, String state, Optional<String> reason, long revision, Instant issuedAt,
                   Instant from, Optional<Instant> until, int graceDays, Optional<Integer> refreshHorizonDays, int emergencyDays, int overdraftSeats,
                   NewTerms.AllowanceBody allowance, int activations, int activationsUsed, int activationsTotal, Optional<Integer> seats, Optional<Map<String, Integer>> featureSeats,
                   Optional<String> lease,
                   Optional<Integer> installWithinDays, List<EntitlementView> entitlements, Optional<String> reference, Optional<String> key, Optional<List<Holders.Holder>> hosts) {

    record CustomerView(String id, String name, String email) {}

    record EntitlementView(Optional<String> feature, Optional<String> meter, Optional<Long> limit, Optional<Boolean> support, Optional<Instant> until) {
        static EntitlementView of(Entitlement entitlement) {
            return switch (entitlement) {
                case Entitlement.Feature(var name, var ends) -> new EntitlementView(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), ends);
                case Entitlement.Meter(var name, var limit, var ends) -> new EntitlementView(Optional.empty(), Optional.of(name),
                        limit.isPresent() ? Optional.of(limit.getAsLong()) : Optional.empty(), Optional.empty(), ends);
                case Entitlement.Support(var until) -> new EntitlementView(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true), Optional.of(until));
            };
        }
    }

    /// Some licenses of a list.
    ///
    /// @param next where the next page begins; without it there is none
    record PageView(List<LicenseView> licenses, Optional<String> next) {}

    record KeyView(String license, String key) {}

    static LicenseView of(License license) {
        return of(license, Optional.empty(), Optional.empty());
    }

    static LicenseView of(IssueLicense.Issued issued) {
        return of(issued.license(), Optional.of(issued.key()), Optional.empty());
    }

    static LicenseView of(License license, Optional<LicenseKey> key, Optional<List<Holders.Holder>> hosts) {
        var terms = license.terms();
        var buyer = license.buyer();
        return new LicenseView(license.id(), license.product(), new CustomerView(buyer.customer(), buyer.name(), buyer.email()), license.type().documentName(), license.state().text(),
                license.reason(), license.revision(), license.issuedAt(), terms.term().from(), terms.term().until(), terms.graceDays(), boxed(terms.refreshHorizonDays()),
                terms.emergencyDays(), terms.overdraftSeats(), new NewTerms.AllowanceBody(terms.allowance().count(), terms.allowance().days()), terms.activations(), license.used(),
                license.places(), boxed(terms.seats()), Optional.of(terms.featureSeats()).<Map<String, Integer>>map(limits -> limits).filter(limits -> !limits.isEmpty()), terms.leasing().map(Leasing::text), boxed(terms.installWithinDays()),
                terms.entitlements().stream().map(EntitlementView::of).toList(), terms.reference(), key.map(LicenseKey::revealSecret), hosts);
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }
}
