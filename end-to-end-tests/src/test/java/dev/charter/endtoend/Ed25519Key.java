package dev.charter.endtoend;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Map;

/// A key pair that only this process knows.
final class Ed25519Key implements Signer {
    private final SignerKeys keys;
    private final PrivateKey privateKey;

    private Ed25519Key(SignerKeys keys, PrivateKey privateKey) {
        this.keys = keys;
        this.privateKey = privateKey;
    }

    static Ed25519Key make() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var encoded = pair.getPublic().getEncoded(); // ends with the raw key (RFC 8410, section 4)
            var raw = Arrays.copyOfRange(encoded, encoded.length - Algorithm.ED25519.publicKeyLength(), encoded.length);
            return new Ed25519Key(new SignerKeys(Map.of(Algorithm.ED25519, Bytes.of(raw))), pair.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public SignerKeys keys() {
        return keys;
    }

    @Override
    public byte[] sign(Algorithm algorithm, byte[] content) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
