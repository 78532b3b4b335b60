package dev.charter.authority.license;

import dev.charter.format.Allowance;
import dev.charter.format.Entitlement;
import dev.charter.format.LicenseType;
import dev.charter.format.Term;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import dev.charter.format.json.JsonWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was agreed when a license was sold: everything about it that a change may change.
///
/// @param term from when to when it holds, in whole seconds
/// @param graceDays how long data still flows after the end
/// @param refreshHorizonDays without contact for so long, a host goes into grace; none: for ever
/// @param emergencyDays days that the customer's administrator may start without asking anyone
/// @param overdraftSeats seats that may be handed out beyond the others in an emergency
/// @param allowance how many activations may be taken over, or seats reclaimed
/// @param activations how many hosts may hold it at once
/// @param seats of a floating or leased license
/// @param featureSeats of features of a floating license that fewer leases may grant at once: how many
/// @param leasing the durations of a floating or leased license's leases
/// @param installWithinDays how long an answer by letter may be installed; none on an online license: 30 days
/// @param entitlements what it grants
/// @param reference the vendor's own, such as a purchase order's number
public record Terms(Term term, int graceDays, OptionalInt refreshHorizonDays, int emergencyDays, int overdraftSeats, Allowance allowance, int activations,
                    OptionalInt seats, SortedMap<String, Integer> featureSeats, Optional<Leasing> leasing, OptionalInt installWithinDays, List<Entitlement> entitlements, Optional<String> reference) {
    static final int LONGEST_REFERENCE = 200;
    private static final int MOST_ENTITLEMENTS = 100;
    private static final int MOST_ACTIVATIONS = 10_000_000;
    private static final int MOST_DAYS = 36_500;
    private static final int INSTALL_WITHIN_DAYS = 30;
    private static final String OLDER_NAME = "installDays"; // stands in terms that were kept by then, and in their audit entries
    private static final Set<String> MEMBERS = Set.of("from", "until", "graceDays", "refreshHorizonDays", "emergencyDays", "overdraftSeats", "allowance", "activations", "seats",
            "featureSeats", "lease", "installWithinDays", OLDER_NAME, "entitlements", "reference");

    public Terms {
        require(wholeSeconds(term.from()) && term.until().map(Terms::wholeSeconds).orElse(true), "times are in whole seconds");
        requireDays(graceDays, "graceDays");
        refreshHorizonDays.ifPresent(days -> {
            requireDays(days, "refreshHorizonDays");
            require(days >= 1, "\"refreshHorizonDays\" is at least 1; without a horizon leave it out");
        });
        requireDays(emergencyDays, "emergencyDays");
        installWithinDays.ifPresent(days -> {
            requireDays(days, "installWithinDays");
            require(days >= 1, "\"installWithinDays\" is at least 1");
        });
        require(activations >= 1 && activations <= MOST_ACTIVATIONS, "\"activations\" is 1 to " + MOST_ACTIVATIONS);
        require(overdraftSeats >= 0, "\"overdraftSeats\" cannot be negative");
        seats.ifPresent(count -> require(count >= 1 && count <= MOST_ACTIVATIONS, "\"seats\" is 1 to " + MOST_ACTIVATIONS));
        require(allowance.days() <= MOST_DAYS, "an allowance's \"days\" is at most " + MOST_DAYS);
        require(!entitlements.isEmpty() && entitlements.size() <= MOST_ENTITLEMENTS, "a license grants 1 to " + MOST_ENTITLEMENTS + " entitlements");
        var seen = new HashSet<String>();
        entitlements.forEach(entitlement -> {
            require(seen.add(name(entitlement)), "the " + name(entitlement) + " is granted twice");
            require(entitlement.ends().map(Terms::wholeSeconds).orElse(true), "times are in whole seconds");
        });
        featureSeats.forEach((feature, most) -> {
            require(seen.contains("feature " + feature), "\"featureSeats\" names the feature " + feature + ", which is not granted");
            require(most >= 0 && most <= MOST_ACTIVATIONS, "\"featureSeats\" are 0 to " + MOST_ACTIVATIONS);
        });
        featureSeats = Collections.unmodifiableSortedMap(new TreeMap<>(featureSeats));
        entitlements = List.copyOf(entitlements);
        reference.ifPresent(text -> require(!text.isBlank() && text.length() <= LONGEST_REFERENCE, "a reference has 1 to " + LONGEST_REFERENCE + " characters"));
    }

    /// Throws [IllegalArgumentException] where these terms say what licenses of that type do not have, or lack what they need.
    Terms requireFor(LicenseType type) {
        boolean ofSeats = type == LicenseType.FLOATING || type == LicenseType.LEASED;
        boolean byLetter = type == LicenseType.OFFLINE || type == LicenseType.FLOATING;
        var kind = "a license of type \"" + type.documentName() + "\"";
        require(seats.isPresent() == ofSeats, kind + (ofSeats ? " has \"seats\"" : " has \"activations\", not \"seats\""));
        require(leasing.isPresent() == ofSeats, kind + (ofSeats ? " has a \"lease\": \"plant\" or \"elastic\"" : " has no \"lease\""));
        require(featureSeats.isEmpty() || type == LicenseType.FLOATING, kind + " has no \"featureSeats\"");
        require(overdraftSeats == 0 || ofSeats, kind + " has no \"overdraftSeats\"");
        require(installWithinDays.isPresent() || !byLetter, kind + " has \"installWithinDays\"");
        require(installWithinDays.isEmpty() || type != LicenseType.LEASED, kind + " has no \"installWithinDays\"");
        require(refreshHorizonDays.isEmpty() || type == LicenseType.ONLINE, kind + " has no \"refreshHorizonDays\"");
        return this;
    }

    /// How many activations of a license of that type may be in use at once, or seats where it has any.
    public int places(LicenseType type) {
        return type == LicenseType.LEASED || type == LicenseType.FLOATING ? seats.orElseThrow() : activations;
    }

    /// Until when an answer by letter that is issued at a moment may be installed, in whole seconds.
    public Instant installBefore(Instant issued) {
        return issued.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(installWithinDays.orElse(INSTALL_WITHIN_DAYS)));
    }

    /// The same, except for what they grant.
    Terms granting(List<Entitlement> others) {
        return new Terms(term, graceDays, refreshHorizonDays, emergencyDays, overdraftSeats, allowance, activations, seats, featureSeats, leasing, installWithinDays, others, reference);
    }

    /// As in the API and in the audit log; the same terms always give the same text.
    JsonObject toJson() {
        var json = new JsonWriter().put("from", term.from()).putInstant("until", term.until()).put("graceDays", graceDays);
        refreshHorizonDays.ifPresent(days -> json.put("refreshHorizonDays", days));
        json.put("emergencyDays", emergencyDays).put("overdraftSeats", overdraftSeats)
                .put("allowance", new JsonWriter().put("count", allowance.count()).put("days", allowance.days()).object()).put("activations", activations);
        seats.ifPresent(count -> json.put("seats", count));
        if (!featureSeats.isEmpty()) {
            var limits = new JsonWriter();
            featureSeats.forEach((feature, most) -> limits.put(feature, most));
            json.put("featureSeats", limits.object());
        }
        leasing.ifPresent(kind -> json.put("lease", kind.text()));
        installWithinDays.ifPresent(days -> json.put("installWithinDays", days));
        return json.putObjects("entitlements", entitlements.stream().map(Entitlement::toJson).toList()).putText("reference", reference).object();
    }

    /// Throws [dev.charter.format.json.MalformedJson] or [IllegalArgumentException], naming what is wrong.
    static Terms fromJson(JsonObject json) {
        json.names().forEach(name -> require(MEMBERS.contains(name), "\"" + name + "\" is not something that a license has and that can be changed"));
        var allowance = json.object("allowance");
        return new Terms(new Term(json.instant("from"), json.optionalInstant("until")), json.count("graceDays"), count(json, "refreshHorizonDays"), json.count("emergencyDays"),
                json.count("overdraftSeats"), new Allowance(allowance.count("count"), allowance.count("days")), json.count("activations"), count(json, "seats"), featureSeats(json),
                json.optionalText("lease").map(Leasing::named), count(json, json.has(OLDER_NAME) ? OLDER_NAME : "installWithinDays"), json.objects("entitlements").stream().map(Terms::entitlement).toList(),
                json.optionalText("reference"));
    }

    static Terms fromJson(String text) {
        return fromJson(JsonReader.object(text));
    }

    /// Stricter than the document's own reader: what a vendor writes by mistake is not silently left out of what a customer gets.
    static Entitlement entitlement(JsonObject json) {
        var allowed = json.has("feature") ? Set.of("feature", "until") : json.has("meter") ? Set.of("meter", "limit", "until") : Set.of("support", "until");
        json.names().forEach(name -> require(allowed.contains(name), "an entitlement is a \"feature\", a \"meter\" perhaps with a \"limit\", or \"support\"; \"" + name + "\" does not belong to this one"));
        require(!json.has("support") || new JsonValue.Truth(true).equals(json.members().get("support")), "\"support\" is true, or not there");
        return Entitlement.fromJson(json);
    }

    private static SortedMap<String, Integer> featureSeats(JsonObject json) {
        var featureSeats = new TreeMap<String, Integer>();
        json.optionalObject("featureSeats").ifPresent(limits -> limits.names().forEach(feature -> featureSeats.put(feature, limits.count(feature))));
        return featureSeats;
    }

    private static OptionalInt count(JsonObject json, String name) {
        return json.has(name) ? OptionalInt.of(json.count(name)) : OptionalInt.empty();
    }

    private static String name(Entitlement entitlement) {
        return switch (entitlement) {
            case Entitlement.Feature feature -> "feature " + feature.name();
            case Entitlement.Meter meter -> "meter " + meter.name();
            case Entitlement.Support _ -> "support";
        };
    }

    private static boolean wholeSeconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).equals(instant);
    }

    private static void requireDays(int days, String name) {
        require(days >= 0 && days <= MOST_DAYS, "\"" + name + "\" is 0 to " + MOST_DAYS);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
