package dev.charter.floating.export;

import dev.charter.floating.audit.AuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes of a pool's audit, entry by entry, from when to when each lease held its seat. It remembers those that are held, so as many as there are seats.
final class LeaseUse {

    /// @param until none: it is still held
    /// @param ended `released`, `expired`, `fenced`, `reclaimed`, `taken-again` (by its own host, after a crash say); none: it is still held
    record Use(String lease, String host, Optional<String> slot, String features, Instant from, Optional<Instant> until, Optional<String> ended) {
        boolean reaches(Instant begin, Instant end) {
            return from.isBefore(end) && until.map(over -> !over.isBefore(begin)).orElse(true);
        }

        private Use until(Instant over, String how) {
            return new Use(lease, host, slot, features, from, Optional.of(over), Optional.of(how));
        }
    }

    private final Map<String, Use> held = new HashMap<>();

    /// What has ended with that entry.
    Optional<Use> take(Instant at, AuditEvent event) {
        return switch (event) {
            case AuditEvent.Acquired e -> Optional.ofNullable(held.put(e.host(), new Use(e.lease(), e.host(), e.slot(), String.join(" ", e.features()), at, Optional.empty(), Optional.empty())))
                    .map(before -> before.until(at, "taken-again"));
            case AuditEvent.Released e -> ended(e.host(), at, "released");
            case AuditEvent.Expired e -> ended(e.host(), at, "expired");
            case AuditEvent.Fenced e -> ended(e.host(), at, "fenced");
            case AuditEvent.Reclaimed e -> ended(e.host(), at, "reclaimed");
            default -> Optional.empty();
        };
    }

    private Optional<Use> ended(String host, Instant at, String how) {
        return Optional.ofNullable(held.remove(host)).map(use -> use.until(at, how));
    }

    List<Use> stillHeld() {
        return new ArrayList<>(held.values());
    }
}
