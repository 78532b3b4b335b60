package dev.charter.spring;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import dev.charter.client.LetterLook;
import java.time.Instant;
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
    /// @param supersede whether a request by letter that waits becomes worthless; false unless given
    record ActivationRequest(String key, @JsonSetter(nulls = Nulls.AS_EMPTY) Optional<Boolean> supersede) {
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

    /// Which floating servers to look at.
    record PoolQuestion(List<String> servers) {}

    record PoolAnswer(List<ServerView> servers) {}

    /// What a floating server has for this product.
    ///
    /// @param reachable whether a floating server answered
    /// @param trusted whether it has a pool for which the vendor of this product vouches
    /// @param message what is wrong, and what to do, for people
    @JsonPropertyOrder({"url", "reachable", "trusted", "message", "pools"})
    record ServerView(String url, boolean reachable, boolean trusted, Optional<String> message, List<PoolView> pools) {}

    /// @param license the ID of the pool's license
    /// @param until when its term ends; without one it is perpetual
    @JsonPropertyOrder({"license", "seats", "free", "until", "features"})
    record PoolView(String license, long seats, long free, Optional<Instant> until, List<PoolFeature> features) {}

    /// @param free of how many more seats, where fewer seats have it than the pool
    record PoolFeature(String name, String title, Optional<Long> free) {}

    /// Which seat to take.
    ///
    /// @param servers in the order in which they are tried
    /// @param features what to ask for; absent or empty: all that the pool holds
    /// @param slot the name that the seat belongs to
    record SeatOrder(List<String> servers, @JsonSetter(nulls = Nulls.AS_EMPTY) Optional<List<String>> features, @JsonSetter(nulls = Nulls.AS_EMPTY) Optional<String> slot) {}

    enum ActivationOutcome {
        ACTIVATED, ACKNOWLEDGED, WAITS_FOR_SEAT, REFUSED, NOT_REACHED, UNREACHABLE, NOT_POSSIBLE;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// What a usage request is to be made for.
    ///
    /// @param key of the license, as typed or pasted; without one it is an update of the license that is installed
    /// @param supersede whether the request that waits becomes worthless; false unless given
    record UsageRequestOrder(@JsonSetter(nulls = Nulls.AS_EMPTY) Optional<String> key, @JsonSetter(nulls = Nulls.AS_EMPTY) Optional<Boolean> supersede) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /// What was brought to this server: pasted, dropped, uploaded or typed by a scanner. It may hold a license key, and is shown nowhere.
    ///
    /// @param text a document in any of its forms, such as a whole mail around it
    record LetterText(String text) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /// What a text turned out to be.
    enum LetterKind {
        USAGE_LICENSE, REFUSAL, ACKNOWLEDGEMENT, USAGE_REQUEST, RELEASE, USAGE_REPORT, LICENSE_KEY, PARTS, UNREADABLE, NOTHING;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// @param installable whether it can be installed here, as far as can be said without doing it
    /// @param message what it is, and what to do next, for people
    /// @param missing the numbers of the codes that are still to be scanned, from 1
    /// @param parts how many codes there are
    @JsonPropertyOrder({"kind", "installable", "message", "missing", "parts"})
    record LetterCheck(LetterKind kind, boolean installable, String message, Optional<List<Integer>> missing, Optional<Integer> parts) {
        static LetterCheck of(LetterLook look) {
            boolean some = look.kind() == LetterLook.Kind.PARTS;
            return new LetterCheck(LetterKind.valueOf(look.kind().name()), look.installable(), look.message(), some ? Optional.of(look.missing()) : Optional.empty(),
                    some ? Optional.of(look.parts()) : Optional.empty());
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
