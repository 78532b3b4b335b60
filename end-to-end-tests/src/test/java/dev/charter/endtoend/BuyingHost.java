package dev.charter.endtoend;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.Fingerprint;
import dev.charter.format.Host;
import dev.charter.format.Purpose;
import dev.charter.format.SignedDocument;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.UsageRequest.LicenseName;
import dev.charter.format.UsageRequest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A host that orders a license, as far as the authority sees it: a key that signs.
final class BuyingHost implements Signer {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair pair;
    private long requests;

    BuyingHost() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("each JDK has Ed25519", fault);
        }
    }

    /// A usage request for a license that is still to be bought.
    SignedDocument ordersALicense() {
        return asks("new");
    }

    /// A usage request that names its license by ID: it activates a license that this host bought, and begins the order of an upgrade.
    SignedDocument asks(String license) {
        var fingerprint = Fingerprint.of(Map.of("machine", Fingerprint.factor("demo", "machine", keys().id().value())));
        var nonce = new byte[UsageRequest.NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        return SignedDocument.sign(new UsageRequest(List.of(1), Purpose.ACTIVATE, "mqtt-server", new LicenseName.ById(license), new Host(keys(), Optional.of("buyer"), fingerprint), ++requests,
                Instant.now(), Bytes.of(nonce)), this);
    }

    /// The raw key stands at the end of its X.509 form (RFC 8410).
    @Override
    public SignerKeys keys() {
        var encoded = pair.getPublic().getEncoded();
        return new SignerKeys(Map.of(Algorithm.ED25519, Bytes.of(Arrays.copyOfRange(encoded, encoded.length - Algorithm.ED25519.publicKeyLength(), encoded.length))));
    }

    @Override
    public byte[] sign(Algorithm algorithm, byte[] content) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("each JDK has Ed25519", fault);
        }
    }
}
