package dev.charter.format;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// A floating server in a [Scene]: a host with an Ed25519 key like every other and, under a hybrid anchor, a second key for leases that its pool vouches for.
final class ServerScene {
    static final TlsPin PIN = new TlsPin(Digest.of(new byte[] {'t', 'l', 's'}).value());

    static final SelfHelp SELF_HELP = new SelfHelp(2, Optional.of(Scene.NOW), Optional.of(new SelfHelp.Reclaims(1, 3)));

    final Scene scene;
    /// Signs what a host signs.
    final SeededSigner host = SeededSigner.classical(20);
    /// Signs leases: the same host, with the key that the pool adds.
    final SeededSigner leases;

    ServerScene(Scene scene) {
        this.scene = scene;
        this.leases = scene.poolHolder();
    }

    LeaseKeys leaseKeys() {
        var added = new EnumMap<>(leases.keys().byAlgorithm());
        added.remove(Algorithm.ED25519);
        return new LeaseKeys(added);
    }

    UsageRequest asksForPool() {
        var plain = scene.requestContent(Scene.host(host.keys(), "floating"), 7);
        return new UsageRequest(plain.formats(), Purpose.REFRESH, plain.product(), new UsageRequest.LicenseName.ById("lic-1"), plain.host(), 7, plain.madeAt(), plain.nonce(), Optional.empty(),
                Optional.of(new FloatingServer(OptionalInt.of(5), leaseKeys(), Optional.of(PIN), Optional.of(Scene.NOW.plusSeconds(3600)))));
    }

    SignedDocument request() {
        return SignedDocument.sign(asksForPool(), host);
    }

    /// The same, of a server whose administrator helped himself.
    UsageRequest tellsOfSelfHelp() {
        var plain = asksForPool();
        return new UsageRequest(plain.formats(), plain.purpose(), plain.product(), plain.license(), plain.host(), plain.sequence(), plain.madeAt(), plain.nonce(), plain.seat(), plain.server(),
                Optional.of(SELF_HELP));
    }

    UsageLicense poolContent(LeaseKeys keys) {
        var request = request();
        return new UsageLicense("ul-server", Scene.NOW, Scene.PRODUCT, "ACME Water", scene.sold(LicenseType.FLOATING), UsageRequest.read(request.payload()).host(), 3, request.digest(), 7,
                scene.entitlements(), Optional.empty(), Optional.empty(), Optional.of(new Pool(5, LeaseProfile.PLANT, new TreeMap<>(Map.of("sparkplug", 2)), keys, Optional.of(PIN))));
    }

    SignedDocument pool() {
        return scene.issue(poolContent(leaseKeys()));
    }

    SignedDocument seatRequest() {
        var plain = scene.requestContent(8);
        return SignedDocument.sign(new UsageRequest(plain.formats(), Purpose.ACQUIRE, plain.product(), new UsageRequest.LicenseName.ById("lic-1"), plain.host(), 8, plain.madeAt(), plain.nonce(),
                Optional.of(new SeatWish(List.of("sparkplug"), Optional.empty(), Optional.empty()))), scene.hostSigner);
    }

    UsageLicense leaseContent() {
        var plain = scene.leaseContent();
        var wish = seatRequest();
        return new UsageLicense("ul-seat", plain.issuedAt(), plain.product(), plain.customer(), plain.license(), scene.host, 3, wish.digest(), 8, plain.entitlements(), Optional.empty(),
                plain.lease(), Optional.empty(), Optional.of(Bytes.of(new byte[24])));
    }

    Refusal refusalContent() {
        return new Refusal(Scene.NOW, Scene.PRODUCT, seatRequest().digest(), RefusalCode.NO_SEAT_FREE, RefusalCode.NO_SEAT_FREE.advice(), Optional.of("lic-1"));
    }

    SignedDocument signed(Payload payload) {
        return SignedDocument.sign(payload, leases).withPool(pool());
    }

    SignedDocument release() {
        return SignedDocument.sign(releaseContent(), host);
    }

    /// The same, of a server whose administrator helped himself.
    SignedDocument releaseThatTells() {
        return SignedDocument.sign(releaseContent(), host, Optional.of(SELF_HELP));
    }

    private Release releaseContent() {
        return new Release(Scene.PRODUCT, "lic-1", "ul-server", host.keys(), Scene.NOW, Bytes.of(new byte[16]), Optional.of(Scene.NOW.plusSeconds(86400)));
    }

    Map<String, SignedDocument> documents() {
        var all = new LinkedHashMap<String, SignedDocument>();
        all.put("server-request", request());
        all.put("server-pool", pool());
        all.put("seat-request", seatRequest());
        all.put("server-lease", signed(leaseContent()));
        all.put("server-refusal", signed(refusalContent()));
        all.put("server-acknowledgement", signed(scene.releaseContent()));
        all.put("server-release", release());
        return all;
    }
}
