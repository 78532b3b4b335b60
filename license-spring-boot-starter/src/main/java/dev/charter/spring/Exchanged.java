package dev.charter.spring;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the License page sends and is answered, apart from the [LicenseView].
final class Exchanged {
    private Exchanged() {}

    /// Text that may hold a license key: it is shown nowhere.
    ///
    /// @param text what was typed, pasted or dropped, such as a whole letter
    record KeyText(String text) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /// @param key as typed or pasted
    record ActivationRequest(String key) {
        @Override
        public String toString() {
            return "***";
        }
    }

    enum Verdict {
        COMPLETE, INCOMPLETE, MISTYPED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param groups what was read, in groups of five as far as it goes
    /// @param wrong where to look
    /// @param message what to do, for people
    record KeyCheck(Verdict verdict, List<String> groups, List<Position> wrong, String message) {
        @Override
        public String toString() {
            return verdict.text();
        }
    }

    /// @param group from 0
    /// @param position within the group, from 0
    record Position(int group, int position) {}

    enum ActivationOutcome {
        ACTIVATED, REFUSED, UNREACHABLE, NOT_POSSIBLE;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// @param code of a refusal
    /// @param message what came of it, and what to do next, for people
    /// @param retryAfterSeconds how long the authority asked to wait
    /// @param changes what is otherwise than before
    @JsonPropertyOrder({"outcome", "code", "message", "retryAfterSeconds", "changes", "license"})
    record ActivationAnswer(ActivationOutcome outcome, Optional<String> code, String message, Optional<Long> retryAfterSeconds, List<Change> changes, LicenseView license) {}

    enum ChangeKind {
        FEATURE_ADDED, FEATURE_REMOVED, METER_ADDED, METER_REMOVED, METER_CHANGED, DATE_CHANGED, SUPPORT_CHANGED, ACTIVATIONS_CHANGED, TYPE_CHANGED, CUSTOMER_CHANGED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// @param text for people; instants in braces
    record Change(ChangeKind kind, String text) {}

    enum DeactivationOutcome {
        DEACTIVATED, NOT_POSSIBLE;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    record DeactivationAnswer(DeactivationOutcome outcome, String message, LicenseView license) {}

    enum EmergencyOutcome {
        STARTED, NOT_POSSIBLE;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    record EmergencyAnswer(EmergencyOutcome outcome, String message, LicenseView license) {}
}
