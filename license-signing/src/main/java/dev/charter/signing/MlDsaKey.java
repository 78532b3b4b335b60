package dev.charter.signing;

import dev.charter.format.Algorithm;
import dev.charter.format.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;

/// Signs with the JDK where it has ML-DSA (from 24 on; twice as fast), else with Bouncy Castle. Signatures are hedged (FIPS 204, section 3.4).
final class MlDsaKey implements PrivateKeys.Key {
    // PrivateKeyInfo up to the expanded key (RFC 9881, section 6).
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("30820fd8020100300b060960864801650304031204820fc404820fc0");

    private final MLDSAPrivateKeyParameters expanded;
    private final Optional<PrivateKey> forJdk;
    private final SecureRandom random;

    private MlDsaKey(MLDSAPrivateKeyParameters expanded, Optional<PrivateKey> forJdk, SecureRandom random) {
        this.expanded = expanded;
        this.forJdk = forJdk;
        this.random = random;
    }

    static MlDsaKey expand(byte[] seed, SecureRandom random) {
        var expanded = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed);
        return new MlDsaKey(expanded, forJdk(expanded.getEncoded()), random);
    }

    /// The same key, signing with Bouncy Castle whatever the JDK has.
    static MlDsaKey expandForBouncyCastle(byte[] seed, SecureRandom random) {
        return new MlDsaKey(new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed), Optional.empty(), random);
    }

    private static Optional<PrivateKey> forJdk(byte[] key) {
        var pkcs8 = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + key.length);
        System.arraycopy(key, 0, pkcs8, PKCS8_PREFIX.length, key.length);
        try {
            return Optional.of(KeyFactory.getInstance(Algorithm.ML_DSA_65.joseName()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException absent) {
            return Optional.empty(); // this Java lacks ML-DSA, or reads its keys in another form only: Bouncy Castle signs as well
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    boolean signsWithJdk() {
        return forJdk.isPresent();
    }

    @Override
    public Bytes publicKey() {
        return Bytes.of(expanded.getPublicKey());
    }

    @Override
    public byte[] sign(byte[] content) {
        return forJdk.isPresent() ? signWithJdk(forJdk.get(), content) : signWithBouncyCastle(content);
    }

    private byte[] signWithJdk(PrivateKey key, byte[] content) {
        try {
            var signature = Signature.getInstance(Algorithm.ML_DSA_65.joseName());
            signature.initSign(key, random);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("The JDK could not sign with ML-DSA-65", fault);
        }
    }

    private byte[] signWithBouncyCastle(byte[] content) {
        try {
            var signer = new MLDSASigner();
            signer.init(true, new ParametersWithRandom(expanded, random));
            signer.update(content, 0, content.length);
            return signer.generateSignature();
        } catch (CryptoException fault) {
            throw new IllegalStateException("Bouncy Castle could not sign with ML-DSA-65", fault);
        }
    }
}
