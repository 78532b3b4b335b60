package dev.charter.client;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.LeaseKeys;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;

/// The second key pair of a host that is a floating server, ML-DSA-65, for leases where the vendor's anchor requires two signatures. The host's own documents never
/// carry it. Like the host key its private half leaves this class in one way only: into the host's own folder. Java can sign so from 24 on.
final class LeaseKey {
    static final Algorithm ALGORITHM = Algorithm.ML_DSA_65;

    private final LeaseKeys keys;
    private final PrivateKey privateKey;

    private LeaseKey(Bytes publicKey, PrivateKey privateKey) {
        this.keys = new LeaseKeys(Map.of(ALGORITHM, publicKey));
        this.privateKey = privateKey;
    }

    /// Throws [IllegalStateException] where this Java has no such keys.
    static LeaseKey generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance(ALGORITHM.joseName());
            generator.initialize(new NamedParameterSpec(ALGORITHM.joseName()), random);
            var pair = generator.generateKeyPair();
            var encoded = pair.getPublic().getEncoded(); // SubjectPublicKeyInfo ends with the raw key (RFC 9881, section 4)
            return new LeaseKey(Bytes.of(Arrays.copyOfRange(encoded, encoded.length - ALGORITHM.publicKeyLength(), encoded.length)), pair.getPrivate());
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException older) {
            throw new IllegalStateException("This vendor's products believe leases with a second signature only, by " + ALGORITHM.joseName() + ", which Java "
                    + Runtime.version().feature() + " cannot make. Run the floating server on Java 24 or newer.", older);
        }
    }

    LeaseKeys keys() {
        return keys;
    }

    byte[] sign(byte[] content) {
        try {
            var signature = Signature.getInstance(ALGORITHM.joseName());
            signature.initSign(privateKey);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("The host's key for leases cannot sign", fault);
        }
    }

    /// With the private key: for the host's own folder and for nothing else.
    JsonObject toJsonWithPrivateKey() {
        return new JsonWriter().put("algorithm", ALGORITHM.joseName()).put("public", keys.byAlgorithm().values().iterator().next().toArray()).put("private", privateKey.getEncoded()).object();
    }

    static LeaseKey fromJson(JsonObject json) {
        try {
            var algorithm = Algorithm.named(json.text("algorithm"));
            return new LeaseKey(Bytes.of(json.bytes("public")), KeyFactory.getInstance(algorithm.joseName()).generatePrivate(new PKCS8EncodedKeySpec(json.bytes("private"))));
        } catch (GeneralSecurityException damaged) {
            throw new IllegalArgumentException("the host's key for leases cannot be read", damaged);
        }
    }

    @Override
    public String toString() {
        return "LeaseKey " + ALGORITHM.joseName();
    }
}
