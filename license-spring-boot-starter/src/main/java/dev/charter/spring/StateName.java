package dev.charter.spring;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.charter.client.LicenseState;
import java.util.Locale;

/// The states by their names in the REST API, in metrics and in health: those of [LicenseState.Kind], such as `never-licensed`.
enum StateName {
    NEVER_LICENSED, TRIAL, TRIAL_OVER, LICENSED, ENDING_SOON, GRACE, EMERGENCY, DEGRADED, CLOCK_BEHIND, NOT_STARTED, ENDED, SUSPENDED, REVOKED, FENCED, RELEASED, OTHER_MACHINE, DAMAGED;

    static StateName of(LicenseState state) {
        return valueOf(state.kind().name());
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
