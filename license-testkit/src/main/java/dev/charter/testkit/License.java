package dev.charter.testkit;

import dev.charter.format.Allowance;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A license as it is sold. Begin with [#license()] and say what differs; each method gives a new value.
/// Without more it is perpetual, activated online, for one host of [#PRODUCT], grants the feature [#FEATURE], and has no grace.
public record License(String product, String customer, LicenseType type, Optional<Instant> begins, Optional<Instant> ends, Duration grace, Optional<Duration> refreshHorizon,
                      int emergencyDays, Allowance allowance, int hosts, Duration installWithin, List<Entitlement> entitlements) {
    /// The product, where a test does not care.
    public static final String PRODUCT = "product-under-test";
    /// What a license grants to which no feature was added.
    public static final String FEATURE = "product";

    public License {
        entitlements = List.copyOf(entitlements);
        if (hosts < 1) {
            throw new IllegalArgumentException("a license is for at least one host");
        }
    }

    public static License license() {
        return new License(PRODUCT, "ACME Water", LicenseType.ONLINE, Optional.empty(), Optional.empty(), Duration.ZERO, Optional.empty(), 0, new Allowance(2, 365), 1, Duration.ofDays(30), List.of());
    }

    public License ofProduct(String id) {
        return new License(id, customer, type, begins, ends, grace, refreshHorizon, emergencyDays, allowance, hosts, installWithin, entitlements);
    }

    public License ofType(LicenseType other) {
        return new License(product, customer, other, begins, ends, grace, refreshHorizon, emergencyDays, allowance, hosts, installWithin, entitlements);
    }

    public License forCustomer(String name) {
        return new License(product, name, type, begins, ends, grace, refreshHorizon, emergencyDays, allowance, hosts, installWithin, entitlements);
    }

    /// How many hosts may hold it at once; of a leased license: its seats.
    public License forHosts(int number) {
        return new License(product, customer, type, begins, ends, grace, refreshHorizon, emergencyDays, allowance, number, installWithin, entitlements);
    }

    /// The first moment of its term; the moment of the sale where it is not said.
    public License from(String moment) {
        return new License(product, customer, type, Optional.of(TestClock.read(moment)), ends, grace, refreshHorizon, emergencyDays, allowance, hosts, installWithin, entitlements);
    }

    /// The end of its term, exclusive.
    public License until(String moment) {
        return new License(product, customer, type, begins, Optional.of(TestClock.read(moment)), grace, refreshHorizon, emergencyDays, allowance, hosts, installWithin, entitlements);
    }

    /// How long data still flows after the end.
    public License withGraceDays(int days) {
        return new License(product, customer, type, begins, ends, Duration.ofDays(days), refreshHorizon, emergencyDays, allowance, hosts, installWithin, entitlements);
    }

    /// Without contact for so long, a host goes into grace.
    public License withRefreshHorizonDays(int days) {
        return new License(product, customer, type, begins, ends, grace, Optional.of(Duration.ofDays(days)), emergencyDays, allowance, hosts, installWithin, entitlements);
    }

    /// Days that the administrator may start without asking anyone.
    public License withEmergencyDays(int days) {
        return new License(product, customer, type, begins, ends, grace, refreshHorizon, days, allowance, hosts, installWithin, entitlements);
    }

    /// How many activations may be taken over by the same machine, re-installed, in a period of that many days.
    public License withAllowance(int count, int days) {
        return new License(product, customer, type, begins, ends, grace, refreshHorizon, emergencyDays, new Allowance(count, days), hosts, installWithin, entitlements);
    }

    /// How long an answer by letter may be installed after it was made; 30 days where it is not said.
    public License toBeInstalledWithinDays(int days) {
        return new License(product, customer, type, begins, ends, grace, refreshHorizon, emergencyDays, allowance, hosts, Duration.ofDays(days), entitlements);
    }

    public License withFeature(String name) {
        return with(new Entitlement.Feature(name, Optional.empty()));
    }

    public License withFeature(String name, String until) {
        return with(new Entitlement.Feature(name, Optional.of(TestClock.read(until))));
    }

    /// A meter without a limit.
    public License withMeter(String name) {
        return with(new Entitlement.Meter(name, OptionalLong.empty(), Optional.empty()));
    }

    public License withMeter(String name, long limit) {
        return with(new Entitlement.Meter(name, OptionalLong.of(limit), Optional.empty()));
    }

    public License withSupportUntil(String moment) {
        return with(new Entitlement.Support(TestClock.read(moment)));
    }

    /// More years of it: from its end, or from now where that is later.
    License withSupport(int years, Instant now) {
        var end = entitlements.stream().filter(Entitlement.Support.class::isInstance).map(held -> ((Entitlement.Support) held).until()).filter(now::isBefore).findFirst().orElse(now);
        var others = new ArrayList<>(entitlements);
        others.removeIf(Entitlement.Support.class::isInstance);
        return new License(product, customer, type, begins, ends, grace, refreshHorizon, emergencyDays, allowance, hosts, installWithin, others)
                .with(new Entitlement.Support(end.atZone(ZoneOffset.UTC).plusYears(years).toInstant()));
    }

    private License with(Entitlement added) {
        var more = new ArrayList<>(entitlements);
        more.add(added);
        return new License(product, customer, type, begins, ends, grace, refreshHorizon, emergencyDays, allowance, hosts, installWithin, more);
    }

    /// The same with what it grants said, so that more can be added.
    License spelledOut() {
        return new License(product, customer, type, begins, ends, grace, refreshHorizon, emergencyDays, allowance, hosts, installWithin, granted());
    }

    /// The features and meters that were added and last as long as the license.
    List<String> names() {
        return entitlements.stream().filter(held -> held.ends().isEmpty()).flatMap(held -> held instanceof Entitlement.Feature feature ? Stream.of(feature.name()) : held instanceof Entitlement.Meter meter ? Stream.of(meter.name()) : Stream.empty()).toList();
    }

    /// What it grants; never nothing.
    List<Entitlement> granted() {
        return entitlements.isEmpty() ? List.of(new Entitlement.Feature(FEATURE, Optional.empty())) : entitlements;
    }
}
