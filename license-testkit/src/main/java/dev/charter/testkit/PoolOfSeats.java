package dev.charter.testkit;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.LeaseKeys;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.Pool;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.Term;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.signing.Issuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One pool of a floating server in memory: who holds a seat, and what is answered. Guarded by its [FloatingServerInMemory].
final class PoolOfSeats {
    static final LeaseProfile PROFILE = LeaseProfile.ELASTIC;
    private static final Duration PLACE_IS_KEPT = Duration.ofMinutes(1);

    final String id;
    License license;
    private final Signer server;
    private final Issuer vendor;
    private final InstantSource clock;
    private final Term term;
    private final Map<String, Holder> holders = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<Digest, Bytes> answers = new HashMap<>();
    /// Hosts that wait, who asked first first, with when each loses its place unless it has asked again.
    private final Map<String, Instant> waiting = new LinkedHashMap<>();
    private int lastLease;
    /// Whether a host that finds no seat gets a place in a queue.
    boolean queues;

    /// @param usageLicense the ID of the newest lease's document
    private record Holder(String usageLicense, Optional<String> slot, List<String> features, Instant endsAt) {}

    PoolOfSeats(String id, License license, Signer server, Issuer vendor, InstantSource clock) {
        this.id = id;
        this.license = license;
        this.server = server;
        this.vendor = vendor;
        this.clock = clock;
        this.term = new Term(license.begins().orElse(clock.instant()), license.ends());
    }

    int taken() {
        var now = clock.instant();
        holders.values().removeIf(holder -> !now.isBefore(holder.endsAt()));
        waiting.values().removeIf(askBy -> !now.isBefore(askBy));
        return holders.size();
    }

    List<String> features() {
        return license.granted().stream().filter(Entitlement.Feature.class::isInstance).map(granted -> ((Entitlement.Feature) granted).name()).toList();
    }

    SignedDocument usageLicense() {
        var both = new HashMap<>(server.keys().byAlgorithm());
        var own = Optional.ofNullable(both.remove(Algorithm.ED25519)).orElseThrow();
        var host = new Host(new SignerKeys(Map.of(Algorithm.ED25519, own)), Optional.of("floating-server"), Fingerprint.of(Map.of()));
        var pool = new Pool(license.hosts(), PROFILE, Collections.emptySortedMap(), new LeaseKeys(both), Optional.empty());
        return vendor.issue(content("ul-" + id, host, Digest.of(id.getBytes(StandardCharsets.UTF_8)), 1, license.granted(), Optional.empty(), Optional.of(pool), Optional.empty()));
    }

    private UsageLicense content(String document, Host host, Digest request, long sequence, List<Entitlement> granted, Optional<LeaseProfile> lease, Optional<Pool> pool, Optional<Bytes> epoch) {
        var sold = new UsageLicense.SoldLicense(id, LicenseType.FLOATING, term, license.grace(), license.refreshHorizon(), license.emergencyDays(), 0, license.allowance(), 1, 1);
        var required = lease.isPresent() ? Activation.factorsRequired(host.fingerprint()) : 0;
        return new UsageLicense(document, clock.instant(), license.product(), license.customer(), sold, host, required, request, sequence, granted, Optional.empty(), lease, pool, epoch);
    }

    Bytes answer(SignedDocument document, UsageRequest asked) {
        var stored = answers.get(document.digest());
        if (stored != null) {
            return stored;
        }
        taken();
        var host = asked.host().keys().id().value();
        var wish = asked.seat().orElse(SeatWish.ALL);
        var own = Optional.ofNullable(holders.get(host));
        if (!asked.product().equals(license.product())) {
            return refuse(document, asked.product(), RefusalCode.WRONG_PRODUCT, RefusalCode.WRONG_PRODUCT.advice());
        }
        if (asked.purpose() == Purpose.RENEW) {
            return own.map(holder -> grant(document, asked, holder.slot(), holder.features())).orElseGet(() -> known.contains(host)
                    ? refuse(document, asked.product(), RefusalCode.RELEASED, RefusalCode.RELEASED.advice()) : refuse(document, asked.product(), RefusalCode.HOST_MISMATCH, RefusalCode.HOST_MISMATCH.advice()));
        }
        var missing = wish.features().stream().filter(feature -> !features().contains(feature)).toList();
        if (!missing.isEmpty()) {
            return refuse(document, asked.product(), RefusalCode.NO_SEAT_FREE, "This pool does not hold " + String.join(", ", missing) + ".");
        }
        holders.values().removeIf(holder -> wish.slot().isPresent() && holder.slot().equals(wish.slot()));
        long ahead = waiting.keySet().stream().takeWhile(other -> !other.equals(host)).count();
        if (own.isEmpty() && holders.size() + ahead >= license.hosts()) {
            return noSeat(document, asked.product(), host, ahead);
        }
        return grant(document, asked, wish.slot(), wish.features().isEmpty() ? features() : wish.features());
    }

    private Bytes grant(SignedDocument document, UsageRequest asked, Optional<String> slot, List<String> features) {
        var host = asked.host().keys().id().value();
        var number = "ls-" + id + "." + ++lastLease;
        var granted = license.granted().stream().filter(held -> !(held instanceof Entitlement.Feature feature) || features.contains(feature.name())).toList();
        var lease = content(number, asked.host(), document.digest(), asked.sequence(), granted, Optional.of(PROFILE), Optional.empty(), Optional.of(Bytes.of(number.getBytes(StandardCharsets.UTF_8))));
        holders.put(host, new Holder(number, slot, features, clock.instant().plus(PROFILE.end())));
        known.add(host);
        waiting.remove(host);
        return keep(document, lease);
    }

    /// @param ahead how many wait before it
    private Bytes noSeat(SignedDocument document, String product, String host, long ahead) {
        var taken = "All " + license.hosts() + " seats are taken.";
        if (!queues) {
            return refuse(document, product, RefusalCode.NO_SEAT_FREE, taken + " Try again when another product has given one back.");
        }
        waiting.put(host, clock.instant().plus(PLACE_IS_KEPT));
        return refuse(document, product, RefusalCode.NO_SEAT_FREE, taken + " This host is number " + (ahead + 1) + " in the queue.", OptionalLong.of(ahead + 1));
    }

    Bytes release(SignedDocument document, Release release) {
        var stored = answers.get(document.digest());
        if (stored != null) {
            return stored;
        }
        taken();
        var host = release.hostKeys().id().value();
        if (!holders.containsKey(host) || !known.contains(host)) {
            return refuse(document, release.product(), RefusalCode.RELEASED, RefusalCode.RELEASED.advice());
        }
        holders.remove(host);
        return keep(document, release);
    }

    private Bytes keep(SignedDocument asked, Payload answer) {
        var bytes = sign(answer);
        answers.put(asked.digest(), bytes);
        return bytes;
    }

    private Bytes refuse(SignedDocument document, String product, RefusalCode code, String message) {
        return refuse(document, product, code, message, OptionalLong.empty());
    }

    private Bytes refuse(SignedDocument document, String product, RefusalCode code, String message, OptionalLong place) {
        return sign(new Refusal(clock.instant(), product, document.digest(), code, message, Optional.of(id), place));
    }

    private Bytes sign(Payload payload) {
        return Bytes.of(SignedDocument.sign(payload, server).withPool(usageLicense()).toBytes());
    }
}
