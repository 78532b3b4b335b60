package dev.charter.authority.license;

import dev.charter.authority.license.NewTerms.AllowanceBody;
import dev.charter.authority.license.NewTerms.EntitlementBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the API takes to issue a license. What is left out gets the value that suits most.
record NewLicense(String product, String customer, String type, Optional<String> from, Optional<String> until, Optional<Integer> graceDays, Optional<Integer> refreshHorizonDays,
                  Optional<Integer> emergencyDays, Optional<Integer> overdraftSeats, Optional<AllowanceBody> allowance, Optional<Integer> activations, Optional<Integer> seats,
                  Optional<Map<String, Integer>> featureSeats, Optional<String> lease, Optional<Integer> installWithinDays, List<EntitlementBody> entitlements, Optional<String> reference) {

    IssueLicense.Order order() {
        var wanted = new NewTerms(from, until, graceDays, refreshHorizonDays, emergencyDays, overdraftSeats, allowance, activations, seats, featureSeats, lease, installWithinDays, Optional.of(entitlements));
        var licenseType = NewTerms.type(type);
        return new IssueLicense.Order(product, customer, licenseType, now -> wanted.terms(licenseType, wanted.entitlementsInJson(), reference, now));
    }
}
