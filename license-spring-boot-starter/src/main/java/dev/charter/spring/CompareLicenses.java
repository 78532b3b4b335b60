package dev.charter.spring;

import dev.charter.format.Entitlement;
import dev.charter.format.UsageLicense;
import dev.charter.spring.Exchanged.Change;
import dev.charter.spring.Exchanged.ChangeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Says what a newer usage license grants otherwise than the one before: what came, what went, what is otherwise.
final class CompareLicenses {
    private final LicenseSettings settings;

    CompareLicenses(LicenseSettings settings) {
        this.settings = settings;
    }

    List<Change> between(UsageLicense before, UsageLicense after) {
        var changes = new ArrayList<Change>();
        features(entitlements(before, Entitlement.Feature.class), entitlements(after, Entitlement.Feature.class), changes);
        meters(entitlements(before, Entitlement.Meter.class), entitlements(after, Entitlement.Meter.class), changes);
        var oldTerm = before.license().term();
        var term = after.license().term();
        if (!oldTerm.from().equals(term.from())) {
            changes.add(new Change(ChangeKind.DATE_CHANGED, "The license begins on {" + term.from() + "}, before on {" + oldTerm.from() + "}"));
        }
        if (!oldTerm.until().equals(term.until())) {
            changes.add(new Change(ChangeKind.DATE_CHANGED, "The license is now " + until(term.until(), "perpetual") + ", before " + until(oldTerm.until(), "perpetual")));
        }
        var oldSupport = LicenseWords.support(before);
        var support = LicenseWords.support(after);
        if (!oldSupport.equals(support)) {
            changes.add(new Change(ChangeKind.SUPPORT_CHANGED, support.map(end -> "Support is now until {" + end + "}").orElse("Support is not included any more")));
        }
        if (before.license().activationsTotal() != after.license().activationsTotal()) {
            changes.add(new Change(ChangeKind.ACTIVATIONS_CHANGED, "The license is now for " + after.license().activationsTotal() + " activations, before for "
                    + before.license().activationsTotal()));
        }
        if (before.license().type() != after.license().type()) {
            changes.add(new Change(ChangeKind.TYPE_CHANGED, "The license type is now " + after.license().type().documentName() + ", before " + before.license().type().documentName()));
        }
        if (!before.customer().equals(after.customer())) {
            changes.add(new Change(ChangeKind.CUSTOMER_CHANGED, "The license is now issued to " + after.customer() + ", before to " + before.customer()));
        }
        return changes;
    }

    private void features(Map<String, Entitlement.Feature> before, Map<String, Entitlement.Feature> after, List<Change> changes) {
        after.forEach((name, feature) -> {
            var was = before.get(name);
            if (was == null) {
                changes.add(new Change(ChangeKind.FEATURE_ADDED, settings.title(name) + " was added" + feature.ends().map(end -> ", until {" + end + "}").orElse("")));
            } else if (!was.ends().equals(feature.ends())) {
                changes.add(new Change(ChangeKind.DATE_CHANGED, settings.title(name) + " is now " + until(feature.ends(), "as long as the license") + ", before "
                        + until(was.ends(), "as long as the license")));
            }
        });
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(name -> changes.add(new Change(ChangeKind.FEATURE_REMOVED, settings.title(name) + " was removed")));
    }

    private void meters(Map<String, Entitlement.Meter> before, Map<String, Entitlement.Meter> after, List<Change> changes) {
        after.forEach((name, meter) -> {
            var was = before.get(name);
            if (was == null) {
                changes.add(new Change(ChangeKind.METER_ADDED, settings.title(name) + " was added: " + limit(meter.limit(), name)));
                return;
            }
            if (!was.limit().equals(meter.limit())) {
                changes.add(new Change(ChangeKind.METER_CHANGED, settings.title(name) + " is now " + limit(meter.limit(), name) + ", before " + limit(was.limit(), name)));
            }
            if (!was.ends().equals(meter.ends())) {
                changes.add(new Change(ChangeKind.DATE_CHANGED, settings.title(name) + " is now " + until(meter.ends(), "as long as the license") + ", before "
                        + until(was.ends(), "as long as the license")));
            }
        });
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(name -> changes.add(new Change(ChangeKind.METER_REMOVED, settings.title(name) + " was removed")));
    }

    private String limit(OptionalLong limit, String meter) {
        var unit = Optional.ofNullable(settings.units().get(meter)).map(u -> " " + u).orElse("");
        return limit.isPresent() ? "at most " + limit.getAsLong() + unit : "without a limit";
    }

    private static String until(Optional<Instant> end, String otherwise) {
        return end.map(instant -> "until {" + instant + "}").orElse(otherwise);
    }

    private static <T extends Entitlement> Map<String, T> entitlements(UsageLicense license, Class<T> kind) {
        var byName = new LinkedHashMap<String, T>();
        license.entitlements().stream().filter(kind::isInstance).map(kind::cast)
                .forEach(entitlement -> byName.put(entitlement instanceof Entitlement.Feature feature ? feature.name() : ((Entitlement.Meter) (Entitlement) entitlement).name(), entitlement));
        return byName;
    }
}
