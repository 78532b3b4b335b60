package dev.charter.floating.lease;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.UsageRequest;
import java.util.Optional;

/// A host's request for a seat, which its host has signed.
///
/// @param pool ID of the license that it names
/// @param digest of the request
public record Asked(UsageRequest request, String pool, Digest digest) {
    String host() {
        return request.host().keys().id().value();
    }

    Purpose purpose() {
        return request.purpose();
    }

    long sequence() {
        return request.sequence();
    }

    SeatWish wish() {
        return request.seat().orElse(SeatWish.ALL);
    }

    Optional<Bytes> epoch() {
        return wish().epoch();
    }
}
