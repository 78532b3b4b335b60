package dev.charter.client;

import dev.charter.format.Algorithm;
import dev.charter.format.Allowance;
import dev.charter.format.Bytes;
import dev.charter.format.DocumentKind;
import dev.charter.format.Entitlement;
import dev.charter.format.FloatingServer;
import dev.charter.format.KeyCertificate;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.Pool;
import dev.charter.format.Release;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.Term;
import dev.charter.format.TrustAnchor;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import dev.charter.format.Verifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// A vendor who gives every floating server the pool that it asks for, and vouches for what it tells. Reached without a network.
final class PoolVendor implements Transport {
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    final Signer root;
    final Signer issuing;
    final TrustAnchor anchor;
    final List<SignedDocument> received = new ArrayList<>();
    /// Whether pools name the keys that their servers told.
    boolean vouches = true;

    private PoolVendor(boolean hybrid) {
        root = hybrid ? both() : HostKey.generate(new SecureRandom());
        issuing = hybrid ? both() : HostKey.generate(new SecureRandom());
        anchor = new TrustAnchor("acme", root.keys().algorithms(), List.of(root.keys()));
    }

    static PoolVendor classical() {
        return new PoolVendor(false);
    }

    static PoolVendor hybrid() {
        return new PoolVendor(true);
    }

    private static Signer both() {
        var random = new SecureRandom();
        var first = HostKey.generate(random);
        var second = LeaseKey.generate(random);
        var keys = new EnumMap<Algorithm, Bytes>(first.keys().byAlgorithm());
        keys.putAll(second.keys().byAlgorithm());
        var all = new SignerKeys(keys);
        return new Signer() {
            @Override
            public SignerKeys keys() {
                return all;
            }

            @Override
            public byte[] sign(Algorithm algorithm, byte[] content) {
                return algorithm == Algorithm.ED25519 ? first.sign(algorithm, content) : second.sign(content);
            }
        };
    }

    @Override
    public Reply post(DocumentKind kind, byte[] bytes) {
        var document = SignedDocument.read(bytes);
        received.add(document);
        return new Reply.Answered((kind == DocumentKind.RELEASE ? issue(Release.read(document.payload())) : pool(document)).toBytes());
    }

    private SignedDocument pool(SignedDocument request) {
        var asked = Verifier.request(request).content();
        var server = asked.server();
        var sold = new UsageLicense.SoldLicense("lic-1", LicenseType.FLOATING, Term.perpetual(FROM), Duration.ofDays(14), Optional.empty(), 0, 0, new Allowance(2, 365), 1, 1);
        var pool = new Pool(server.map(told -> told.seats().orElse(10)).orElse(10), LeaseProfile.PLANT, new TreeMap<>(),
                server.filter(told -> vouches).map(FloatingServer::keys).orElse(dev.charter.format.LeaseKeys.NONE), server.flatMap(FloatingServer::tls));
        return issue(new UsageLicense("ul-" + received.size(), asked.madeAt(), "mqtt-server", "ACME Water", sold, asked.host(), 0, request.digest(), asked.sequence(),
                List.of(new Entitlement.Feature("mqtt", Optional.empty())), Optional.empty(), Optional.empty(), Optional.of(pool)));
    }

    private SignedDocument issue(Payload payload) {
        var certificate = SignedDocument.sign(new KeyCertificate(KeyCertificate.Role.ISSUING, issuing.keys(), List.of(),
                EnumSet.of(DocumentKind.USAGE_LICENSE, DocumentKind.REFUSAL, DocumentKind.RELEASE), FROM, Optional.empty()), root);
        return SignedDocument.sign(payload, issuing).with(List.of(certificate), Optional.empty());
    }

    FloatingServer told(int request) {
        return UsageRequest.read(received.get(request).payload()).server().orElseThrow();
    }
}
