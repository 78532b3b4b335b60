package dev.charter.authority.desk;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A host that was reported destroyed.
///
/// @param activation the ID of the activation that is lost by it
/// @param story what happened, as the customer tells it
/// @param reportedBy the ID of a token, or `portal`
/// @param firstLookBy the ID of the token that wants it restored, where a second person has to agree
record Loss(String id, String license, String activation, Optional<String> hostName, String activationState, State state, String story, Instant reportedAt, String reportedBy,
            Optional<String> firstLookBy, Optional<Instant> decidedAt, Optional<String> decidedBy, Optional<String> reason) {

    /// By whom something is done on the customers' page.
    static final String PORTAL = "portal";

    enum State {
        WAITING,
        RESTORED,
        DECLINED,
        /// It waits no longer: the host was released, or its machine came back and took its activation over.
        SETTLED;

        /// As written in the API.
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Place place() {
        return new Place(reportedAt, id);
    }
}
