package dev.charter.authority.license;

import dev.charter.authority.audit.AuditEvent;
import java.util.Optional;
import java.util.Set;

/// A change of a license's state.
///
/// @param from the states in which it is possible
/// @param reason for people
record StateChange(Set<LicenseState> from, LicenseState to, Optional<String> reason) {
    private static final int LONGEST_REASON = 1_000;

    StateChange {
        from = Set.copyOf(from);
        reason.ifPresent(text -> {
            if (text.isBlank() || text.length() > LONGEST_REASON) {
                throw new IllegalArgumentException("a reason has 1 to " + LONGEST_REASON + " characters");
            }
        });
    }

    static StateChange suspend(String reason) {
        return new StateChange(Set.of(LicenseState.ACTIVE), LicenseState.SUSPENDED, Optional.of(reason));
    }

    static StateChange reinstate() {
        return new StateChange(Set.of(LicenseState.SUSPENDED), LicenseState.ACTIVE, Optional.empty());
    }

    static StateChange revoke(String reason) {
        return new StateChange(Set.of(LicenseState.ACTIVE, LicenseState.SUSPENDED), LicenseState.REVOKED, Optional.of(reason));
    }

    AuditEvent event(String by) {
        return switch (to) {
            case SUSPENDED -> new AuditEvent.Suspended(by);
            case ACTIVE -> new AuditEvent.Reinstated(by);
            case REVOKED -> new AuditEvent.Revoked(by);
        };
    }
}
