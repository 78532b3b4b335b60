package dev.charter.authority.activation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the desk should look at.
interface Alarms {

    enum Kind {
        /// Two hosts seem to use one key: a copy, or a snapshot that was restored.
        CLONE,
        /// A host took over the activation of its older self.
        TAKEOVER,
        /// A host whose activation was taken over, or that was reported destroyed, asks again: it is fenced, and yet it runs.
        RETURNED
    }

    /// The first of those after a place, the newest first.
    List<Alarm> page(Optional<Place> after, int most);

    /// An alarm; raised once, and counted each time that it happens again.
    ///
    /// @param id of a mail: the mail's
    /// @param about what happened where; without it, a mail failed, and nobody has looked at it yet
    record Alarm(String id, Optional<About> about, Instant firstAt, Instant lastAt, long times) {
        Place place() {
            return new Place(firstAt, id);
        }
    }

    /// What happened to an activation.
    ///
    /// @param host the ID of the host's key
    record About(Kind kind, String license, String activation, String host, Optional<String> hostName) {}

    /// A place in the list of alarms.
    record Place(Instant firstAt, String alarm) {}
}
