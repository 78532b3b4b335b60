package dev.charter.benchmarks;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import dev.charter.format.KeyCertificate;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import dev.charter.signing.MemoryKeyVault;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumSet;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// A host's keys, and signatures laid bare, by the providers that Charter itself uses: Ed25519 by Bouncy Castle, ML-DSA-65 by the JDK.
public final class KeysInMemory implements Signer {
    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Signer signer;

    private KeysInMemory(Signer signer) {
        this.signer = signer;
    }

    /// New keys that only this process knows.
    public static KeysInMemory of(Algorithm... algorithms) {
        var vault = new MemoryKeyVault(RANDOM, RANDOM);
        return new KeysInMemory(vault.signer(vault.create(KeyCertificate.Role.ISSUING, EnumSet.copyOf(List.of(algorithms))).id()));
    }

    @Override
    public SignerKeys keys() {
        return signer.keys();
    }

    @Override
    public byte[] sign(Algorithm algorithm, byte[] content) {
        return signer.sign(algorithm, content);
    }

    /// A signature that is ready to verify under that key, which is made ready once: the least that verifying can cost.
    public static Signature bare(Algorithm algorithm, Bytes rawKey) {
        boolean classical = algorithm == Algorithm.ED25519;
        var oid = new ASN1ObjectIdentifier(classical ? "1.3.101.112" : "2.16.840.1.101.3.4.3.18"); // RFC 8410, section 3; RFC 9881, section 2
        try {
            var encoded = new SubjectPublicKeyInfo(new AlgorithmIdentifier(oid), rawKey.toArray()).getEncoded();
            var factory = classical ? KeyFactory.getInstance("Ed25519", BOUNCY_CASTLE) : KeyFactory.getInstance("ML-DSA-65");
            var signature = classical ? Signature.getInstance("Ed25519", BOUNCY_CASTLE) : Signature.getInstance("ML-DSA-65");
            signature.initVerify(factory.generatePublic(new X509EncodedKeySpec(encoded)));
            return signature;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key cannot be used", e);
        }
    }
}
