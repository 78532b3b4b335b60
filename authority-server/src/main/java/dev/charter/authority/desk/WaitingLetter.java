package dev.charter.authority.desk;

import dev.charter.format.Bytes;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A letter at the desk: one that waits for a look, or what became of it.
///
/// @param license its ID; none where it could not be read
/// @param host the ID of the host's key; none where it could not be read
/// @param sequence where it stands among the requests of its host
/// @param content the document's bytes, or the text where it could not be read
/// @param sender who sent what could not be read
/// @param problem why it could not be read
record WaitingLetter(String id, Kind kind, Channel channel, State state, Optional<String> license, Optional<String> host, long sequence, Bytes content, Optional<String> origin,
                     Optional<String> sender, Optional<String> problem, Instant receivedAt, Optional<Decided> decided) {

    enum Kind { USAGE_REQUEST, UNREADABLE }

    enum State {
        WAITING,
        APPROVED,
        REFUSED,
        /// A newer one of the same host came.
        SUPERSEDED,
        /// It could not be read, and somebody has seen to it.
        CLOSED;

        /// As written in the API.
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param by the ID of a token
    /// @param answer the exact bytes of the desk's own refusal
    record Decided(Instant at, String by, Optional<String> reason, Optional<Bytes> answer) {}

    Place place() {
        return new Place(receivedAt, id);
    }
}
