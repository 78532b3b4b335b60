package dev.charter.floating.pool;

import dev.charter.format.Allowance;
import dev.charter.format.Bytes;
import dev.charter.format.Entitlement;
import dev.charter.format.LeaseProfile;
import dev.charter.format.SignedDocument;
import dev.charter.format.Term;
import dev.charter.format.UsageLicense;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a usage license says about its pool.
///
/// @param license ID of the license
/// @param usageLicense the ID of the usage license
/// @param document the usage license as it was received
/// @param overdraftSeats seats that are there beside the others in an emergency
/// @param emergencyDays that the administrator may start without asking anyone
/// @param features what its leases may grant, sorted
/// @param featureSeats of features that fewer leases may grant at once
public record PoolTerms(String license, String product, String usageLicense, Bytes document, int seats, LeaseProfile profile, Term term, Allowance allowance, int overdraftSeats,
        int emergencyDays, List<String> features, Map<String, Integer> featureSeats) {

    public PoolTerms {
        features = features.stream().sorted().distinct().toList();
        featureSeats = Map.copyOf(featureSeats);
    }

    /// Of a usage license that was verified; empty where it is no pool.
    public static Optional<PoolTerms> of(UsageLicense license, SignedDocument document) {
        return license.pool().map(pool -> new PoolTerms(license.license().id(), license.product(), license.id(), Bytes.of(document.toBytes()), pool.seats(), pool.profile(),
                license.license().term(), license.license().allowance(), license.license().overdraftSeats(), license.license().emergencyDays(), features(license), new TreeMap<>(pool.featureSeats())));
    }

    private static List<String> features(UsageLicense license) {
        return license.entitlements().stream().filter(Entitlement.Feature.class::isInstance).map(entitlement -> ((Entitlement.Feature) entitlement).name()).toList();
    }
}
