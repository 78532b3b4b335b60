package dev.charter.signing;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Signs with Bouncy Castle's own API, which is over ten times faster than the JDK's provider.
final class Ed25519Key implements PrivateKeys.Key {
    private final Ed25519PrivateKeyParameters privateKey;
    private final Ed25519PublicKeyParameters publicKey;

    private Ed25519Key(Ed25519PrivateKeyParameters privateKey) {
        this.privateKey = privateKey;
        this.publicKey = privateKey.generatePublicKey();
    }

    static Ed25519Key expand(byte[] seed) {
        return new Ed25519Key(new Ed25519PrivateKeyParameters(seed));
    }

    @Override
    public Bytes publicKey() {
        return Bytes.of(publicKey.getEncoded());
    }

    @Override
    public byte[] sign(byte[] content) {
        var signature = new byte[Algorithm.ED25519.signatureLength()];
        privateKey.sign(Ed25519.Algorithm.Ed25519, null, content, 0, content.length, signature, 0);
        return signature;
    }
}
