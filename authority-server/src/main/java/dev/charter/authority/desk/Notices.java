package dev.charter.authority.desk;

import dev.charter.authority.activation.Outcome;
import dev.charter.authority.license.License;
import dev.charter.store.Sql;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Tells people what they wait for. A notice is put in the transaction of what it tells, so that none is lost and none tells of what did not happen; it is carried later.
public interface Notices {
    void put(Sql sql, Notice notice);

    sealed interface Notice {}

    /// A letter that had to wait was answered.
    ///
    /// @param origin as its channel gave it
    /// @param document the answer in text form
    record LetterAnswered(Channel channel, String origin, String document, Outcome outcome) implements Notice {}

    /// The way to a license on the customers' page, for its contact.
    ///
    /// @param until when it no longer opens anything
    record PortalLink(License license, URI link, Instant until) implements Notice {}

    /// A host that was reported destroyed was looked at; for the license's contact.
    ///
    /// @param restored whether its activation is free for another host
    /// @param reason what the desk says about it
    record LossDecided(License license, Optional<String> hostName, boolean restored, String reason) implements Notice {}
}
