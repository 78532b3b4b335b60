package dev.charter.floating.protocol;

import dev.charter.format.Algorithm;
import dev.charter.format.Allowance;
import dev.charter.format.Bytes;
import dev.charter.format.ClaimedRequest;
import dev.charter.format.Digest;
import dev.charter.format.Entitlement;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.LeaseProfile;
import dev.charter.format.LicenseType;
import dev.charter.format.Payload;
import dev.charter.format.Providers;
import dev.charter.format.Purpose;
import dev.charter.format.SeatWish;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.Term;
import dev.charter.format.UsageLicense;
import dev.charter.format.UsageRequest;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renewals that nobody asked for, read, verified and answered while the server is being put together, under keys that are thrown away. Java compiles what it has run often, and its start-up cache
/// holds what a start has run: without this, the herd that comes back after a restart would be the first to run any of it, twice as slowly (docs/performance.md). A machine whose cryptography is
/// broken is told of before the first host asks.
public final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    /// Beyond a few hundred a round costs what it costs at last; together they take some tenths of a second of one processor.
    private static final int ROUNDS = 400;
    private static final int HOSTS = 4;
    private static final String PRODUCT = "rehearsal";
    private static final String LICENSE = "lic-rehearsal";
    private static final Instant NOW = Instant.EPOCH;

    private final Ephemeral server;
    private final SignedDocument pool;

    Rehearsal() throws GeneralSecurityException {
        this.server = Ephemeral.make();
        this.pool = SignedDocument.sign(license("server", server.keys(), Digest.of(new byte[0]), Optional.empty()), server);
    }

    /// Returns at once. Nothing waits for its end, and it ends by itself.
    public static void begin() {
        Thread.ofPlatform().name("rehearsal").daemon().start(() -> {
            try {
                new Rehearsal().run();
            } catch (GeneralSecurityException | RuntimeException broken) {
                LOG.error("this machine cannot verify and sign, so no host will get an answer", broken);
            }
        });
    }

    private void run() throws GeneralSecurityException {
        var requests = new byte[HOSTS][];
        for (int i = 0; i < HOSTS; i++) {
            requests[i] = request(i);
        }
        for (int round = 0; round < ROUNDS; round++) {
            answer(requests[round % HOSTS]);
        }
    }

    /// What one of the hosts asks, signed.
    byte[] request(int number) throws GeneralSecurityException {
        var host = Ephemeral.make();
        var wish = new SeatWish(List.of(), Optional.empty(), Optional.of(Bytes.of(new byte[32])));
        return SignedDocument.sign(new UsageRequest(List.of(Payload.FORMAT), Purpose.RENEW, PRODUCT, new UsageRequest.LicenseName.ById(LICENSE), host(host.keys(), "host-" + number), 1, NOW,
                Bytes.of(new byte[UsageRequest.NONCE_LENGTH]), Optional.of(wish)), host).toBytes();
    }

    /// As [AnswerHosts] and [SignWithHostKey] do between them.
    byte[] answer(byte[] request) {
        var document = SignedDocument.read(request);
        var asked = ClaimedRequest.read(document).verified().content();
        var lease = license(asked.host().name().orElseThrow(), asked.host().keys(), document.digest(), Optional.of(LeaseProfile.PLANT));
        return SignedDocument.sign(lease, server).withPool(pool).toBytes();
    }

    private UsageLicense license(String host, SignerKeys keys, Digest request, Optional<LeaseProfile> lease) {
        var sold = new UsageLicense.SoldLicense(LICENSE, LicenseType.FLOATING, new Term(NOW, Optional.empty()), Duration.ZERO, Optional.empty(), 0, 0, new Allowance(0, 365), 1, 1);
        return new UsageLicense("ul-rehearsal", NOW, PRODUCT, "Rehearsal", sold, host(keys, host), 2, request, 1, List.of(new Entitlement.Feature("rehearsal", Optional.empty())), Optional.empty(), lease,
                Optional.empty(), lease.map(_ -> Bytes.of(new byte[32])));
    }

    private static Host host(SignerKeys keys, String name) {
        var factor = Bytes.of(new byte[Fingerprint.FACTOR_LENGTH]);
        return new Host(keys, Optional.of(name), Fingerprint.of(Map.of("machine", factor, "board", factor, "disk", factor)));
    }

    /// A key pair that lives as long as the rehearsal.
    private record Ephemeral(SignerKeys keys, PrivateKey privateKey, Optional<Provider> provider) implements Signer {
        static Ephemeral make() throws GeneralSecurityException {
            var provider = Providers.ofEd25519();
            var generator = provider.isPresent() ? KeyPairGenerator.getInstance("Ed25519", provider.get()) : KeyPairGenerator.getInstance("Ed25519");
            var pair = generator.generateKeyPair();
            var encoded = pair.getPublic().getEncoded(); // SubjectPublicKeyInfo ends with the raw key (RFC 8410, section 4)
            var raw = Arrays.copyOfRange(encoded, encoded.length - Algorithm.ED25519.publicKeyLength(), encoded.length);
            return new Ephemeral(new SignerKeys(Map.of(Algorithm.ED25519, Bytes.of(raw))), pair.getPrivate(), provider);
        }

        @Override
        public byte[] sign(Algorithm algorithm, byte[] content) {
            try {
                var signature = provider.isPresent() ? Signature.getInstance("Ed25519", provider.get()) : Signature.getInstance("Ed25519");
                signature.initSign(privateKey);
                signature.update(content);
                return signature.sign();
            } catch (GeneralSecurityException fault) {
                throw new IllegalStateException("a key that was just made cannot sign", fault);
            }
        }
    }
}
