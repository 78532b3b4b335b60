package dev.charter.authority.activation;

import dev.charter.format.Digest;
import dev.charter.format.FloatingServer;
import dev.charter.format.KeyId;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verified;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// A usage request whose host's signature holds.
record Asked(UsageRequest request, SignedDocument document, Digest digest, KeyId host, Way way) {
    static Asked of(Verified<UsageRequest> verified, Way way) {
        return new Asked(verified.content(), verified.document(), verified.document().digest(), verified.content().host().keys().id(), way);
    }

    /// Whether it asks for a seat, or keeps one.
    boolean forLease() {
        return request.purpose() == Purpose.ACQUIRE || request.purpose() == Purpose.RENEW;
    }

    /// The name that the seat is to belong to.
    Optional<String> slot() {
        return request.seat().flatMap(SeatWish::slot);
    }

    /// How many seats a floating server wants in its pool; none: all that there are.
    OptionalInt seatsWanted() {
        return request.server().map(FloatingServer::seats).orElseGet(OptionalInt::empty);
    }

    /// Where a floating server wants fewer seats than before: for how long the last lease beyond them still runs at the time of asking. It has stopped giving such leases then.
    Optional<Duration> leasesRun() {
        return request.server().flatMap(FloatingServer::leasesUntil).map(until -> Duration.between(request.madeAt(), until));
    }

    /// Whether it may take a place of the license. Otherwise its host has one, and keeps it up to date. Each of the two kinds has a sequence and a current answer.
    boolean takes() {
        return request.purpose() == Purpose.ACTIVATE || request.purpose() == Purpose.ACQUIRE;
    }
}
