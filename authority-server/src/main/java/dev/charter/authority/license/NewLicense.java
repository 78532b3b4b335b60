package dev.charter.authority.license;

import dev.charter.server.web.Rejected;
import dev.charter.format.LicenseType;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the API takes to issue a license. What is left out gets the value that suits most.
record NewLicense(String product, String customer, String type, Optional<String> from, Optional<String> until, Optional<Integer> graceDays, Optional<Integer> refreshHorizonDays,
                  Optional<Integer> emergencyDays, Optional<Integer> overdraftSeats, Optional<AllowanceBody> allowance, Optional<Integer> activations, Optional<Integer> seats,
                  Optional<Map<String, Integer>> featureSeats, Optional<String> lease, Optional<Integer> installWithinDays, List<EntitlementBody> entitlements, Optional<String> reference) {
    static final int GRACE_DAYS = 14;
    static final AllowanceBody ALLOWANCE = new AllowanceBody(2, 365);
    private static final int INSTALL_WITHIN_DAYS = 30;

    /// How many activations may be taken over, or seats reclaimed, in so many days.
    record AllowanceBody(int count, int days) {
        JsonObject toJson() {
            return new JsonWriter().put("count", count).put("days", days).object();
        }
    }

    /// A feature, a meter perhaps with a limit, or support; the first two perhaps until a time, the last always.
    record EntitlementBody(Optional<String> feature, Optional<String> meter, Optional<Long> limit, Optional<Boolean> support, Optional<String> until) {
        JsonObject toJson() {
            var json = new JsonWriter().putText("feature", feature).putText("meter", meter);
            limit.ifPresent(most -> json.put("limit", most));
            support.ifPresent(yes -> json.put("support", yes));
            return json.putText("until", until).object();
        }
    }

    IssueLicense.Order order() {
        LicenseType licenseType;
        try {
            licenseType = LicenseType.named(type);
        } catch (IllegalArgumentException unknown) {
            throw Rejected.malformed("There is no license type \"" + type + "\"; there are online, leased, offline and floating.");
        }
        return new IssueLicense.Order(product, customer, licenseType, now -> terms(licenseType, now));
    }

    /// By way of the JSON that a change goes by as well, so that both refuse the same with the same words.
    private Terms terms(LicenseType licenseType, Instant now) {
        boolean ofSeats = licenseType == LicenseType.FLOATING || licenseType == LicenseType.LEASED;
        boolean byLetter = licenseType == LicenseType.OFFLINE || licenseType == LicenseType.FLOATING;
        var json = new JsonWriter().put("from", from.orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString())).putText("until", until)
                .put("graceDays", graceDays.orElse(GRACE_DAYS));
        refreshHorizonDays.ifPresent(days -> json.put("refreshHorizonDays", days));
        json.put("emergencyDays", emergencyDays.orElse(0)).put("overdraftSeats", overdraftSeats.orElse(0)).put("allowance", allowance.orElse(ALLOWANCE).toJson())
                .put("activations", activations.orElse(1));
        seats.ifPresent(count -> json.put("seats", count));
        featureSeats.ifPresent(limits -> {
            var each = new JsonWriter();
            limits.forEach((feature, most) -> each.put(feature, most));
            json.put("featureSeats", each.object());
        });
        json.putText("lease", lease.or(() -> ofSeats ? Optional.of((licenseType == LicenseType.FLOATING ? Leasing.PLANT : Leasing.ELASTIC).text()) : Optional.empty()));
        installWithinDays.or(() -> byLetter ? Optional.of(INSTALL_WITHIN_DAYS) : Optional.empty()).ifPresent(days -> json.put("installWithinDays", days));
        return Terms.fromJson(json.putObjects("entitlements", entitlements.stream().map(EntitlementBody::toJson).toList()).putText("reference", reference).object());
    }
}
