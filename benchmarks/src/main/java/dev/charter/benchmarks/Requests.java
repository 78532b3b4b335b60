package dev.charter.benchmarks;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.LicenseKey;
import dev.charter.format.Purpose;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// A host that asks: its own key, its fingerprint, and the requests that it signs.
public record Requests(KeysInMemory keys, String hostName) {

    public static Requests of(String hostName) {
        return new Requests(KeysInMemory.of(Algorithm.ED25519), hostName);
    }

    /// Names the license by the locator of its key and proves that the host knows it.
    public SignedDocument activate(LicenseKey key, long sequence) {
        return SignedDocument.sign(request(Purpose.ACTIVATE, new UsageRequest.LicenseName.ByLocator(key.locator()), sequence), keys, key);
    }

    /// Begins an order of a new license.
    public SignedDocument orders() {
        return SignedDocument.sign(request(Purpose.ACTIVATE, new UsageRequest.LicenseName.ById("new"), 1), keys);
    }

    /// Names the license by its ID.
    public SignedDocument refresh(String license, long sequence) {
        return SignedDocument.sign(request(Purpose.REFRESH, new UsageRequest.LicenseName.ById(license), sequence), keys);
    }

    /// Asks a floating server for a seat with everything that the pool holds.
    public SignedDocument acquire(String license, long sequence) {
        return seat(Purpose.ACQUIRE, license, sequence, SeatWish.ALL);
    }

    /// Keeps the seat.
    ///
    /// @param epoch of the lease that the host has
    public SignedDocument renew(String license, long sequence, Optional<Bytes> epoch) {
        return seat(Purpose.RENEW, license, sequence, new SeatWish(List.of(), Optional.empty(), epoch));
    }

    /// Gives the seat back.
    ///
    /// @param lease the ID of the usage license that is given up
    public SignedDocument release(String license, String lease) {
        return SignedDocument.sign(new Release(Vendor.PRODUCT, license, lease, keys.keys(), Instant.now().truncatedTo(ChronoUnit.SECONDS), nonce()), keys);
    }

    private SignedDocument seat(Purpose purpose, String license, long sequence, SeatWish wish) {
        return SignedDocument.sign(new UsageRequest(List.of(1), purpose, Vendor.PRODUCT, new UsageRequest.LicenseName.ById(license), Vendor.host(keys.keys(), hostName), sequence,
                Instant.now().truncatedTo(ChronoUnit.SECONDS), nonce(), Optional.of(wish)), keys);
    }

    private static Bytes nonce() {
        var nonce = new byte[UsageRequest.NONCE_LENGTH];
        ThreadLocalRandom.current().nextBytes(nonce); // its uniqueness is all that matters here
        return Bytes.of(nonce);
    }

    private UsageRequest request(Purpose purpose, UsageRequest.LicenseName license, long sequence) {
        return new UsageRequest(List.of(1), purpose, Vendor.PRODUCT, license, Vendor.host(keys.keys(), hostName), sequence,
                Instant.now().truncatedTo(ChronoUnit.SECONDS), nonce());
    }
}
