package dev.charter.floating.testing;

import dev.charter.floating.pool.PoolTerms;
import dev.charter.format.Algorithm;
import dev.charter.format.Allowance;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.Pool;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.Term;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// A pool that was sold, for tests of what is done with it. Nothing here is verified: its signatures are none.
public record TestPool(String license, int seats, LeaseProfile profile, Optional<Instant> until, Allowance allowance, Map<String, Integer> featureSeats, int overdraft, int emergencyDays) {
    public static final String PRODUCT = "mqtt-server";
    public static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    public static final List<String> FEATURES = List.of("bridge", "mqtt", "sparkplug");
    private static final AtomicLong NONCES = new AtomicLong();

    public static TestPool of(int seats) {
        return new TestPool("lic-1", seats, LeaseProfile.PLANT, Optional.empty(), new Allowance(2, 365), Map.of(), 0, 0);
    }

    public TestPool named(String id) {
        return new TestPool(id, seats, profile, until, allowance, featureSeats, overdraft, emergencyDays);
    }

    public TestPool seats(int number) {
        return new TestPool(license, number, profile, until, allowance, featureSeats, overdraft, emergencyDays);
    }

    public TestPool until(Instant end) {
        return new TestPool(license, seats, profile, Optional.of(end), allowance, featureSeats, overdraft, emergencyDays);
    }

    public TestPool allowing(int reclaims) {
        return new TestPool(license, seats, profile, until, new Allowance(reclaims, 365), featureSeats, overdraft, emergencyDays);
    }

    public TestPool with(LeaseProfile durations) {
        return new TestPool(license, seats, durations, until, allowance, featureSeats, overdraft, emergencyDays);
    }

    public TestPool with(String feature, int most) {
        return new TestPool(license, seats, profile, until, allowance, Map.of(feature, most), overdraft, emergencyDays);
    }

    /// With so many emergency days, in which there are so many seats more.
    public TestPool inEmergency(int days, int more) {
        return new TestPool(license, seats, profile, until, allowance, featureSeats, more, days);
    }

    /// The usage license of a server with those keys.
    public UsageLicense usageLicense(SignerKeys server, Digest request) {
        var entitlements = new ArrayList<Entitlement>();
        FEATURES.forEach(feature -> entitlements.add(new Entitlement.Feature(feature, Optional.empty())));
        var sold = new UsageLicense.SoldLicense(license, LicenseType.FLOATING, new Term(BEGIN, until), Duration.ZERO, Optional.empty(), emergencyDays, overdraft, allowance, 1, 1);
        return new UsageLicense("ul-" + license + "-" + NONCES.incrementAndGet(), BEGIN, PRODUCT, "ACME Water", sold, new Host(server, Optional.of("floating"), Fingerprint.of(Map.of())), 0, request, 1, entitlements,
                Optional.empty(), Optional.empty(), Optional.of(new Pool(seats, profile, new TreeMap<>(featureSeats))));
    }

    public PoolTerms terms() {
        var content = usageLicense(keys("server"), Digest.of(new byte[1]));
        return PoolTerms.of(content, SignedDocument.sign(content, unsigned(keys("server")))).orElseThrow();
    }

    /// Keys that nobody has the private half of.
    public static SignerKeys keys(String name) {
        return new SignerKeys(Map.of(Algorithm.ED25519, Digest.of(name.getBytes(StandardCharsets.UTF_8)).value()));
    }

    static Signer unsigned(SignerKeys keys) {
        return new Signer() {
            @Override
            public SignerKeys keys() {
                return keys;
            }

            @Override
            public byte[] sign(Algorithm algorithm, byte[] content) {
                return new byte[algorithm.signatureLength()];
            }
        };
    }

    /// Signed by nobody.
    public static SignedDocument unsigned(Payload payload, SignerKeys keys) {
        return SignedDocument.sign(payload, unsigned(keys));
    }

    public static UsageRequest request(String license, Purpose purpose, SignerKeys host, long sequence, SeatWish wish) {
        return request(license, purpose, new Host(host, Optional.empty(), Fingerprint.of(Map.of())), sequence, wish);
    }

    /// Of a host that is called as its keys are.
    public static UsageRequest request(String license, Purpose purpose, String host, long sequence, SeatWish wish) {
        return request(license, purpose, new Host(keys(host), Optional.of(host), Fingerprint.of(Map.of())), sequence, wish);
    }

    private static UsageRequest request(String license, Purpose purpose, Host host, long sequence, SeatWish wish) {
        var nonce = Arrays.copyOf(Digest.of(("nonce " + NONCES.incrementAndGet()).getBytes(StandardCharsets.UTF_8)).value().toArray(), UsageRequest.NONCE_LENGTH);
        return new UsageRequest(List.of(1), purpose, PRODUCT, new UsageRequest.LicenseName.ById(license), host, sequence, BEGIN, Bytes.of(nonce), Optional.of(wish));
    }
}
