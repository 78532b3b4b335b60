package dev.charter.authority.activation;

import dev.charter.format.Digest;
import dev.charter.format.KeyId;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verified;
import java.util.Optional;

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

    /// Whether it may take a place of the license. Otherwise its host has one, and keeps it up to date. Each of the two kinds has a sequence and a current answer.
    boolean takes() {
        return request.purpose() == Purpose.ACTIVATE || request.purpose() == Purpose.ACQUIRE;
    }
}
