package dev.charter.testkit;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import dev.charter.format.DocumentRejected;
import dev.charter.format.Host;
import dev.charter.format.KeyId;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseKey;
import dev.charter.format.LicenseType;
import dev.charter.format.Purpose;
import dev.charter.format.Refusal;
import dev.charter.format.RefusalCode;
import dev.charter.format.Release;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import dev.charter.signing.Issuer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What was sold, who holds it, and what is answered to whoever asks. One thing at a time: every method holds the same lock.
final class Registry {
    private final Issuer issuer;
    private final InstantSource clock;
    private final Random licenseKeys = new Random(2026);
    private final List<Sale> sales = new ArrayList<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private int lastId;

    /// How a request came.
    enum Way { ONLINE, LETTER }

    private record Asked(UsageRequest request, Digest digest, Way way) {
        Host host() {
            return request.host();
        }
    }

    Registry(Issuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    synchronized LicenseKey sell(License license) {
        var sale = new Sale(nextId("lic"), LicenseKey.generate(licenseKeys), license, clock.instant());
        sales.add(sale);
        return sale.key;
    }

    synchronized Optional<Sale> sale(String id) {
        return sales.stream().filter(sale -> sale.id.equals(id)).findFirst();
    }

    /// Sells it to the host that ordered it, or makes it of the license that it adds to; its ID.
    synchronized String sellTo(License license, Optional<String> upgraded, KeyId buyer) {
        var sale = upgraded.flatMap(this::sale).or(() -> Optional.of(sale(sell(license)))).orElseThrow();
        sale.becomes(license);
        sale.buyer = Optional.of(buyer);
        return sale.id;
    }

    /// What the license of that ID grants, where that host holds it.
    synchronized Optional<List<String>> namesHeld(String id, KeyId host) {
        return sale(id).filter(sale -> sale.latest(host).filter(Activation::isActive).isPresent()).map(sale -> sale.license().spelledOut().names());
    }

    synchronized Sale sale(LicenseKey key) {
        return sales.stream().filter(sale -> sale.key.equals(key)).findFirst().orElseThrow(() -> new IllegalArgumentException("This authority has sold no license with that key."));
    }

    synchronized List<Alarm> alarms() {
        return List.copyOf(alarms);
    }

    /// The answer to a usage request: a usage license or a refusal. Throws [DocumentRejected] where it is none, or was not signed by its host.
    synchronized Bytes answer(SignedDocument document, Way way) {
        var request = Verifier.request(document).content();
        var digest = document.digest();
        var sale = admitted(document, request);
        if (sale.isEmpty()) {
            return refuse(request.product(), digest, RefusalCode.KEY_UNKNOWN, Optional.empty());
        }
        var host = request.host().keys().id();
        sale.get().endLeases(clock.instant());
        var latest = sale.get().latest(host);
        var repeat = latest.filter(Activation::isActive).flatMap(activation -> activation.repeat(request.purpose(), digest));
        var refusal = wrongWay(sale.get().license(), request, way).or(() -> repeat.isPresent() ? Optional.empty() : outOfOrder(sale.get(), latest, request, digest).or(() -> sale.get().unusable(clock.instant())));
        if (refusal.isPresent()) {
            return refuse(request.product(), digest, refusal.get(), Optional.of(sale.get().id));
        }
        return repeat.orElseGet(() -> decide(sale.get(), latest, new Asked(request, digest, way)));
    }

    /// The license, if the host has shown that it may speak about it: by the proof, or because it has held or ordered it.
    private Optional<Sale> admitted(SignedDocument document, UsageRequest request) {
        if (request.license() instanceof UsageRequest.LicenseName.ByLocator named) {
            return sales.stream().filter(sale -> sale.key.locator().equals(named.locator()) && proves(document, sale.key)).findFirst();
        }
        var id = ((UsageRequest.LicenseName.ById) request.license()).licenseId();
        return sales.stream().filter(sale -> sale.id.equals(id) && (sale.latest(request.host().keys().id()).isPresent() || sale.buyer.equals(Optional.of(request.host().keys().id())))).findFirst();
    }

    private static boolean proves(SignedDocument request, LicenseKey key) {
        try {
            Verifier.proof(request, key);
            return true;
        } catch (DocumentRejected wrong) {
            return false;
        }
    }

    private static Optional<RefusalCode> wrongWay(License license, UsageRequest request, Way way) {
        if (!request.product().equals(license.product())) {
            return Optional.of(RefusalCode.WRONG_PRODUCT);
        }
        boolean asked = switch (way) {
            case ONLINE -> switch (request.purpose()) {
                case ACTIVATE, REFRESH -> license.type() == LicenseType.ONLINE;
                case ACQUIRE, RENEW -> license.type() == LicenseType.LEASED;
            };
            case LETTER -> (license.type() == LicenseType.ONLINE || license.type() == LicenseType.OFFLINE) && request.purpose() == Purpose.ACTIVATE;
        };
        return asked ? Optional.empty() : Optional.of(RefusalCode.TYPE_MISMATCH);
    }

    /// Where the request stands among those of this host, license and purpose.
    private Optional<RefusalCode> outOfOrder(Sale sale, Optional<Activation> latest, UsageRequest request, Digest digest) {
        boolean takes = request.purpose() == Purpose.ACTIVATE || request.purpose() == Purpose.ACQUIRE;
        if (latest.filter(Activation::isActive).isEmpty()) {
            // Who gave its activation back may activate again; who was taken over is fenced.
            boolean mayCome = takes && latest.map(activation -> activation.state == Activation.State.RELEASED && request.sequence() > activation.sequence(request.purpose())).orElse(true);
            return mayCome ? Optional.empty() : Optional.of(RefusalCode.RELEASED);
        }
        long last = latest.get().sequence(request.purpose());
        if (request.sequence() > last) {
            return Optional.empty();
        }
        // A lower one of a person is a late letter. Anything else that is new is another host with the same key.
        boolean isNew = request.sequence() == last || !takes;
        if (isNew && !latest.get().wasAnswered(digest)) {
            alarms.add(new Alarm(Alarm.Kind.CLONE, sale.id, request.host().name().orElse(latest.get().key.value())));
        }
        return Optional.of(RefusalCode.REQUEST_SUPERSEDED);
    }

    private Bytes decide(Sale sale, Optional<Activation> latest, Asked asked) {
        var active = latest.filter(Activation::isActive);
        if (active.isPresent()) {
            return active.get().fits(asked.host()) ? grant(sale, active.get(), asked) : refuse(asked.request().product(), asked.digest(), RefusalCode.HOST_MISMATCH, Optional.of(sale.id));
        }
        var refusal = takes(sale, latest, asked.request());
        return refusal.map(code -> refuse(asked.request().product(), asked.digest(), code, Optional.of(sale.id)))
                .orElseGet(() -> grant(sale, sale.latest(asked.host().keys().id()).orElseThrow(), asked));
    }

    /// Binds a host that holds nothing yet; or says why not.
    private Optional<RefusalCode> takes(Sale sale, Optional<Activation> before, UsageRequest request) {
        if (holdsAnother(sale, request.host().keys().id())) {
            return Optional.of(RefusalCode.ALREADY_LICENSED);
        }
        if (sale.license().type() == LicenseType.LEASED) {
            return takesSeat(sale, before, request);
        }
        var now = clock.instant();
        var olderSelf = sale.activations.stream().filter(activation -> activation.isOlderSelfOf(request.host())).max(Comparator.comparing(activation -> activation.id));
        if (olderSelf.isPresent()) {
            if (sale.restored(now) >= sale.license().allowance().count()) {
                return Optional.of(RefusalCode.ALLOWANCE_EXHAUSTED);
            }
            olderSelf.get().end(Activation.State.RESTORED, now);
            alarms.add(new Alarm(Alarm.Kind.TAKEOVER, sale.id, olderSelf.get().hostName()));
        } else if (sale.used() >= sale.license().hosts()) {
            return Optional.of(RefusalCode.ACTIVATIONS_EXHAUSTED);
        }
        sale.activations.add(new Activation(nextId("act"), request.host(), before));
        return Optional.empty();
    }

    /// Containers of one image look alike, and are hosts of their own; a slot's seat goes to whoever names it last.
    private Optional<RefusalCode> takesSeat(Sale sale, Optional<Activation> before, UsageRequest request) {
        var slot = request.seat().flatMap(SeatWish::slot);
        var holder = sale.activations.stream().filter(lease -> lease.isActive() && slot.isPresent() && lease.slot.equals(slot)).findFirst();
        if (holder.isEmpty() && sale.used() >= sale.license().hosts()) {
            return Optional.of(RefusalCode.NO_SEAT_FREE);
        }
        holder.ifPresent(older -> older.end(Activation.State.RESTORED, clock.instant()));
        var lease = new Activation(nextId("act"), request.host(), before);
        lease.slot = slot;
        sale.activations.add(lease);
        return Optional.empty();
    }

    private boolean holdsAnother(Sale sale, KeyId host) {
        return sales.stream().filter(other -> other != sale && other.license().product().equals(sale.license().product()))
                .anyMatch(other -> other.latest(host).filter(Activation::isActive).isPresent());
    }

    private Bytes grant(Sale sale, Activation activation, Asked asked) {
        var id = nextId("ul");
        var now = clock.instant();
        Optional<Instant> installBefore = asked.way() == Way.LETTER ? Optional.of(now.plus(sale.license().installWithin())) : Optional.empty();
        var profile = sale.license().type() == LicenseType.LEASED ? Optional.of(LeaseProfile.ELASTIC) : Optional.<LeaseProfile>empty();
        activation.freeAt = profile.map(lease -> now.plus(lease.end()));
        var license = new UsageLicense(id, now, sale.license().product(), sale.license().customer(), sale.asSigned(sale.used()), asked.host(),
                Activation.factorsRequired(asked.host().fingerprint()), asked.digest(), asked.request().sequence(), sale.license().granted(), installBefore, profile, Optional.empty());
        var document = Bytes.of(issuer.issue(license).toBytes());
        activation.answered(asked.request(), asked.digest(), id, document);
        return document;
    }

    /// The answer to a release: its acknowledgement or a refusal. Throws [DocumentRejected] where it is none, or was not signed by its host.
    synchronized Bytes acknowledge(SignedDocument document) {
        var release = Verifier.release(document).content();
        var digest = document.digest();
        var sale = sales.stream().filter(s -> s.id.equals(release.license())).findFirst();
        var held = sale.flatMap(s -> s.activations.stream().filter(activation -> activation.key.equals(release.hostKeys().id()) && activation.issued(release.usageLicense())).findFirst());
        if (held.isEmpty()) {
            return refuse(release.product(), digest, RefusalCode.KEY_UNKNOWN, Optional.empty());
        }
        return held.get().acknowledgement(digest).orElseGet(() -> take(sale.orElseThrow(), held.get(), release, digest));
    }

    private Bytes take(Sale sale, Activation activation, Release release, Digest digest) {
        if (!release.product().equals(sale.license().product())) {
            return refuse(release.product(), digest, RefusalCode.WRONG_PRODUCT, Optional.of(sale.id));
        }
        if (!activation.isActive()) {
            return refuse(release.product(), digest, RefusalCode.RELEASED, Optional.of(sale.id));
        }
        var acknowledgement = Bytes.of(issuer.issue(release).toBytes());
        activation.end(Activation.State.RELEASED, clock.instant());
        activation.acknowledged(digest, acknowledgement);
        return acknowledgement;
    }

    private Bytes refuse(String product, Digest request, RefusalCode code, Optional<String> license) {
        Instant now = clock.instant();
        return Bytes.of(issuer.issue(new Refusal(now, product, request, code, code.advice(), license)).toBytes());
    }

    private String nextId(String prefix) {
        return prefix + "-test" + String.format(java.util.Locale.ROOT, "%08d", ++lastId);
    }
}
