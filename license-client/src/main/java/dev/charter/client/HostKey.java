package dev.charter.client;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.Providers;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The host's own Ed25519 key pair. The private half leaves this class in one way only: into the host's own folder.
final class HostKey implements Signer {
    private final SignerKeys keys;
    private final PrivateKey privateKey;
    /// The same key for whoever signs with it; made at the first signature, as most programs make few.
    private volatile @Nullable PrivateKey ready;

    private HostKey(SignerKeys keys, PrivateKey privateKey) {
        this.keys = keys;
        this.privateKey = privateKey;
    }

    static HostKey generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            var pair = generator.generateKeyPair();
            var encoded = pair.getPublic().getEncoded(); // SubjectPublicKeyInfo ends with the raw key (RFC 8410, section 4)
            var raw = Arrays.copyOfRange(encoded, encoded.length - Algorithm.ED25519.publicKeyLength(), encoded.length);
            return new HostKey(new SignerKeys(Map.of(Algorithm.ED25519, Bytes.of(raw))), pair.getPrivate());
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException impossible) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", impossible);
        }
    }

    @Override
    public SignerKeys keys() {
        return keys;
    }

    @Override
    public byte[] sign(Algorithm algorithm, byte[] content) {
        if (algorithm != Algorithm.ED25519) {
            throw new IllegalArgumentException("a host has no " + algorithm.joseName() + " key");
        }
        try {
            var provider = Providers.ofEd25519();
            var signature = provider.isPresent() ? Signature.getInstance("Ed25519", provider.get()) : Signature.getInstance("Ed25519");
            signature.initSign(provider.isPresent() ? readyFor(provider.get()) : privateKey);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("The host's key cannot sign", fault);
        }
    }

    private PrivateKey readyFor(Provider provider) throws GeneralSecurityException {
        var known = ready;
        if (known == null) {
            known = KeyFactory.getInstance("Ed25519", provider).generatePrivate(new PKCS8EncodedKeySpec(privateKey.getEncoded()));
            ready = known;
        }
        return known;
    }

    /// With the private key: for the host's own folder and for nothing else.
    JsonObject toJsonWithPrivateKey() {
        return new JsonWriter().put("public", keys.byAlgorithm().values().iterator().next().toArray()).put("private", privateKey.getEncoded()).object();
    }

    static HostKey fromJson(JsonObject json) {
        try {
            var keys = new SignerKeys(Map.of(Algorithm.ED25519, Bytes.of(json.bytes("public"))));
            return new HostKey(keys, KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(json.bytes("private"))));
        } catch (GeneralSecurityException damaged) {
            throw new IllegalArgumentException("the host's key cannot be read", damaged);
        }
    }

    @Override
    public String toString() {
        return "HostKey " + keys.id();
    }
}
