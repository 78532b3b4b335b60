package dev.charter.client;

import dev.charter.format.Allowance;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.DocumentKind;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.LeaseKeys;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Pool;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.Term;
import dev.charter.format.TlsPin;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A floating server of the smallest kind, with one pool. Reached without a network.
final class TestServer implements ServerLink {
    final URI url;
    final String license;
    final Signer key = HostKey.generate(new SecureRandom());
    final List<SignedDocument> received = new ArrayList<>();
    /// Who holds a seat, and the ID of the newest lease.
    final Map<String, String> holders = new LinkedHashMap<>();
    private final Issuer vendor;
    private final Clocks clocks;
    private int number;

    // Tests change it.
    int seats = 2;
    List<String> features = List.of("mqtt", "sparkplug");
    LeaseProfile profile = LeaseProfile.ELASTIC;
    int emergencyDays;
    Optional<TlsPin> tls = Optional.empty();
    Instant from = Instant.parse("2020-01-01T00:00:00Z");
    Optional<Instant> until = Optional.empty();
    String product = "mqtt-server";
    Duration ahead = Duration.ZERO;
    boolean away;
    Optional<RefusalCode> refuses = Optional.empty();
    Optional<Duration> retryAfter = Optional.empty();
    /// In its queue, of who is told that all seats are taken.
    OptionalLong place = OptionalLong.empty();
    /// What it says in place of its pools.
    Optional<String> noise = Optional.empty();

    TestServer(String url, String license, Issuer vendor, Clocks clocks) {
        this.url = URI.create(url);
        this.license = license;
        this.vendor = vendor;
        this.clocks = clocks;
    }

    private Instant now() {
        return clocks.truth().plus(ahead);
    }

    SignedDocument pool() {
        return vendor.issue(license(new Host(key.keys(), Optional.of("licenses"), Fingerprint.of(Map.of())), Digest.of(new byte[1]), 1, Optional.of(new Pool(seats, profile, new TreeMap<>(), LeaseKeys.NONE, tls)), Optional.empty(), features));
    }

    private UsageLicense license(Host host, Digest request, long sequence, Optional<Pool> pool, Optional<LeaseProfile> lease, List<String> granted) {
        var sold = new UsageLicense.SoldLicense(license, LicenseType.FLOATING, until.map(end -> Term.between(from, end)).orElseGet(() -> Term.perpetual(from)), Duration.ZERO, Optional.empty(), emergencyDays, 0,
                new Allowance(2, 365), 1, 1);
        var entitlements = granted.stream().<Entitlement>map(name -> new Entitlement.Feature(name, Optional.empty())).toList();
        return new UsageLicense("ls-" + ++number, now(), product, "ACME Water", sold, host, 0, request, sequence, entitlements, Optional.empty(), lease, pool,
                lease.map(of -> Bytes.of(("epoch " + number).getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public Reply pools() {
        if (away) {
            return new Reply.Unreachable("No connection to " + url + ".", retryAfter);
        }
        var free = Math.max(0, seats - holders.size());
        return new Reply.Answered(noise.orElse("[{\"license\":\"" + license + "\",\"product\":\"" + product + "\",\"seats\":" + seats + ",\"free\":" + free + ",\"until\":null,\"features\":[\""
                + String.join("\",\"", features) + "\"]}]").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Reply pool(String id) {
        return away || !id.equals(license) ? new Reply.Unreachable("No pool " + id + " at " + url + ".", Optional.empty()) : new Reply.Answered(pool().toBytes());
    }

    @Override
    public Reply post(DocumentKind kind, byte[] bytes) {
        if (away) {
            return new Reply.Unreachable("No connection to " + url + ".", retryAfter);
        }
        var document = SignedDocument.read(bytes);
        received.add(document);
        var answer = kind == DocumentKind.RELEASE ? release(document) : seat(document);
        return new Reply.Answered(SignedDocument.read(answer.toBytes()).toBytes(), retryAfter);
    }

    private SignedDocument seat(SignedDocument document) {
        var asked = Verifier.request(document).content();
        var host = asked.host().keys().id().value();
        var wish = asked.seat().orElse(SeatWish.ALL);
        var missing = wish.features().stream().filter(feature -> !features.contains(feature)).toList();
        if (refuses.isPresent()) {
            return refusal(document, refuses.get(), refuses.get().advice());
        }
        if (asked.purpose() == Purpose.RENEW && !holders.containsKey(host)) {
            return refusal(document, RefusalCode.RELEASED, "This lease was given back.");
        }
        if (!missing.isEmpty()) {
            return refusal(document, RefusalCode.NO_SEAT_FREE, "This pool does not hold " + String.join(", ", missing) + ".");
        }
        if (!holders.containsKey(host) && holders.size() >= seats) {
            return signed(new Refusal(now(), product, document.digest(), RefusalCode.NO_SEAT_FREE, "All " + seats + " seats are taken.", Optional.of(license), place));
        }
        var lease = license(asked.host(), document.digest(), asked.sequence(), Optional.empty(), Optional.of(profile), wish.features().isEmpty() ? features : wish.features());
        holders.put(host, lease.id());
        return signed(lease);
    }

    private SignedDocument release(SignedDocument document) {
        var release = Verifier.release(document).content();
        if (!holders.remove(release.hostKeys().id().value(), release.usageLicense())) {
            return refusal(document, RefusalCode.RELEASED, RefusalCode.RELEASED.advice());
        }
        return signed(release);
    }

    private SignedDocument refusal(SignedDocument document, RefusalCode code, String message) {
        return signed(new Refusal(now(), product, document.digest(), code, message, Optional.of(license)));
    }

    private SignedDocument signed(dev.charter.format.Payload payload) {
        return SignedDocument.sign(payload, key).withPool(pool());
    }

    /// The purposes of what was asked, and `RELEASE`, in order.
    List<String> asked() {
        return received.stream().map(document -> document.claimedKind() == DocumentKind.RELEASE ? "RELEASE" : UsageRequest.read(document.payload()).purpose().name()).toList();
    }

    UsageRequest request(int index) {
        return UsageRequest.read(received.get(index).payload());
    }

    List<String> released() {
        return received.stream().filter(document -> document.claimedKind() == DocumentKind.RELEASE).map(document -> Release.read(document.payload()).usageLicense()).distinct().toList();
    }

    @Override
    public void close() {}
}
