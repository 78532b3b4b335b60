package dev.charter.client;

import dev.charter.format.RefusalCode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A seat is wanted and there is none yet; it is asked for again and again.
///
/// @param since when it was first refused or not reached
/// @param code why, where an issuer said so; none: nobody answered
/// @param message what is, and what to do next, for people
/// @param place in the queue, from 1, where the server that was asked has one and this host stands in it
/// @param retryAt when it is asked for again, give or take a second
/// @param servers the floating servers that are asked; none: the authority is
public record SeatWait(Instant since, Optional<RefusalCode> code, String message, OptionalLong place, Instant retryAt, List<URI> servers) {
    public SeatWait {
        servers = List.copyOf(servers);
    }
}
