package dev.charter.endtoend;

import dev.charter.format.Bytes;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.Purpose;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A product as a floating server sees it: a key, and what it signs.
final class SeatTaker {
    private static final SecureRandom RANDOM = new SecureRandom();

    final String name;
    private final Ed25519Key key = Ed25519Key.make();
    private final Map<Purpose, Long> sequences = new EnumMap<>(Purpose.class);
    private Optional<UsageLicense> lease = Optional.empty();

    SeatTaker(String name) {
        this.name = name;
    }

    SignedDocument asks(Purpose purpose) {
        var host = new Host(key.keys(), Optional.of(name), Fingerprint.of(Map.of("machine", Bytes.of(new byte[8]))));
        return SignedDocument.sign(new UsageRequest(List.of(1), purpose, PoolVendor.PRODUCT, new UsageRequest.LicenseName.ById(PoolVendor.LICENSE), host, sequences.merge(purpose, 1L, Long::sum),
                now(), nonce(), Optional.of(new SeatWish(List.of(), Optional.empty(), lease.flatMap(UsageLicense::epoch)))), key);
    }

    /// Gives back what it has.
    SignedDocument gives() {
        return SignedDocument.sign(new Release(PoolVendor.PRODUCT, PoolVendor.LICENSE, lease.orElseThrow().id(), key.keys(), now(), nonce()), key);
    }

    /// Keeps what came in answer to a request.
    void got(byte[] answer) {
        lease = Optional.of(UsageLicense.read(SignedDocument.read(answer).payload()));
    }

    void hasNone() {
        lease = Optional.empty();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Bytes nonce() {
        var nonce = new byte[UsageRequest.NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        return Bytes.of(nonce);
    }
}
