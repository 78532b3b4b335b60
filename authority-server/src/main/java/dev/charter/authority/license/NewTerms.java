package dev.charter.authority.license;

import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.server.web.Rejected;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Terms as the API takes them. For a new license, what is left out gets the value that suits most; for one that is there, it stays as it is.
public record NewTerms(Optional<String> from, Optional<String> until, Optional<Integer> graceDays, Optional<Integer> refreshHorizonDays, Optional<Integer> emergencyDays, Optional<Integer> overdraftSeats,
                       Optional<AllowanceBody> allowance, Optional<Integer> activations, Optional<Integer> seats, Optional<Map<String, Integer>> featureSeats, Optional<String> lease,
                       Optional<Integer> installWithinDays, Optional<List<EntitlementBody>> entitlements) {
    static final int GRACE_DAYS = 14;
    static final AllowanceBody ALLOWANCE = new AllowanceBody(2, 365);
    private static final int INSTALL_WITHIN_DAYS = 30;

    /// How many activations may be taken over, or seats reclaimed, in so many days.
    public record AllowanceBody(int count, int days) {
        JsonObject toJson() {
            return new JsonWriter().put("count", count).put("days", days).object();
        }
    }

    /// A feature, a meter perhaps with a limit, or support; the first two perhaps until a time, the last always.
    public record EntitlementBody(Optional<String> feature, Optional<String> meter, Optional<Long> limit, Optional<Boolean> support, Optional<String> until) {
        JsonObject toJson() {
            var json = new JsonWriter().putText("feature", feature).putText("meter", meter);
            limit.ifPresent(most -> json.put("limit", most));
            support.ifPresent(yes -> json.put("support", yes));
            return json.putText("until", until).object();
        }
    }

    /// Nothing is said of any of them.
    public static NewTerms none() {
        return new NewTerms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// @throws Rejected when there is no such type
    public static LicenseType type(String named) {
        try {
            return LicenseType.named(named);
        } catch (IllegalArgumentException unknown) {
            throw Rejected.malformed("There is no license type \"" + named + "\"; there are online, leased, offline and floating.");
        }
    }

    /// What is to be granted.
    ///
    /// @throws Rejected when something of it is no entitlement
    public List<Entitlement> granted() {
        return Granted.wellFormed(() -> entitlementsInJson().stream().map(Terms::entitlement).toList());
    }

    List<JsonObject> entitlementsInJson() {
        return entitlements.orElse(List.of()).stream().map(EntitlementBody::toJson).toList();
    }

    /// By way of the JSON that a change goes by as well, so that both refuse the same with the same words.
    Terms terms(LicenseType type, List<JsonObject> granted, Optional<String> reference, Instant now) {
        boolean ofSeats = type == LicenseType.FLOATING || type == LicenseType.LEASED;
        boolean byLetter = type == LicenseType.OFFLINE || type == LicenseType.FLOATING;
        var json = new JsonWriter().put("from", from.orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString())).putText("until", until)
                .put("graceDays", graceDays.orElse(GRACE_DAYS));
        refreshHorizonDays.ifPresent(days -> json.put("refreshHorizonDays", days));
        json.put("emergencyDays", emergencyDays.orElse(0)).put("overdraftSeats", overdraftSeats.orElse(0)).put("allowance", allowance.orElse(ALLOWANCE).toJson())
                .put("activations", activations.orElse(1));
        seats.ifPresent(count -> json.put("seats", count));
        featureSeats.ifPresent(limits -> json.put("featureSeats", inJson(limits)));
        json.putText("lease", lease.or(() -> ofSeats ? Optional.of((type == LicenseType.FLOATING ? Leasing.PLANT : Leasing.ELASTIC).text()) : Optional.empty()));
        installWithinDays.or(() -> byLetter ? Optional.of(INSTALL_WITHIN_DAYS) : Optional.empty()).ifPresent(days -> json.put("installWithinDays", days));
        return Terms.fromJson(json.putObjects("entitlements", granted).putText("reference", reference).object());
    }

    /// The terms of a license that grants this from now on, with whatever else is said here in place of what was.
    Terms over(Terms before, List<JsonObject> granted) {
        var json = new JsonWriter().putText("from", from).putText("until", until);
        graceDays.ifPresent(days -> json.put("graceDays", days));
        refreshHorizonDays.ifPresent(days -> json.put("refreshHorizonDays", days));
        emergencyDays.ifPresent(days -> json.put("emergencyDays", days));
        overdraftSeats.ifPresent(count -> json.put("overdraftSeats", count));
        allowance.ifPresent(given -> json.put("allowance", given.toJson()));
        activations.ifPresent(count -> json.put("activations", count));
        seats.ifPresent(count -> json.put("seats", count));
        featureSeats.ifPresent(limits -> json.put("featureSeats", inJson(limits)));
        json.putText("lease", lease);
        installWithinDays.ifPresent(days -> json.put("installWithinDays", days));
        return Terms.fromJson(MergePatch.apply(before.toJson(), json.putObjects("entitlements", granted).object()));
    }

    private static JsonObject inJson(Map<String, Integer> limits) {
        var each = new JsonWriter();
        limits.forEach((feature, most) -> each.put(feature, most));
        return each.object();
    }
}
