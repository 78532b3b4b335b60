package dev.charter.authority.order;

import dev.charter.format.Entitlement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Support as a license grants it.
record Support(Optional<Instant> until) {

    static Support of(List<Entitlement> entitlements) {
        return new Support(entitlements.stream().filter(Entitlement.Support.class::isInstance).flatMap(is -> is.ends().stream()).findAny());
    }

    /// Support that is longer by some time.
    record Added(Instant from, Instant until) {
        long seconds() {
            return Duration.between(from, until).toSeconds();
        }

        void replaceIn(List<Entitlement> entitlements) {
            replace(entitlements, Optional.of(until));
        }
    }

    /// Years count from its end or from now, whichever is later; by the calendar, in UTC.
    Added extendedBy(int years, Instant now) {
        var from = until.filter(end -> end.isAfter(now)).orElse(now).truncatedTo(ChronoUnit.SECONDS);
        return new Added(from, from.atOffset(ZoneOffset.UTC).plusYears(years).toInstant());
    }

    static void replace(List<Entitlement> entitlements, Optional<Instant> until) {
        entitlements.removeIf(Entitlement.Support.class::isInstance);
        until.ifPresent(end -> entitlements.add(new Entitlement.Support(end)));
    }
}
