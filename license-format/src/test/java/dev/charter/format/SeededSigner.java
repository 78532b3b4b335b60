package dev.charter.format;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;

/// A signer whose keys and signatures follow from a seed alone, so that a test can be repeated to the bit.
final class SeededSigner implements Signer {
    private final Map<Algorithm, byte[]> seeds = new EnumMap<>(Algorithm.class);
    private final Ed25519PrivateKeyParameters ed25519;
    private final MLDSAPrivateKeyParameters mlDsa;
    private final SignerKeys keys;

    private SeededSigner(long seed, boolean hybrid) {
        var random = new Random(seed);
        for (var algorithm : Algorithm.values()) {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            seeds.put(algorithm, bytes);
        }
        ed25519 = new Ed25519PrivateKeyParameters(seeds.get(Algorithm.ED25519), 0);
        var publics = new EnumMap<Algorithm, Bytes>(Algorithm.class);
        publics.put(Algorithm.ED25519, Bytes.of(ed25519.generatePublicKey().getEncoded()));
        mlDsa = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seeds.get(Algorithm.ML_DSA_65));
        if (hybrid) {
            publics.put(Algorithm.ML_DSA_65, Bytes.of(mlDsa.getPublicKey()));
        }
        keys = new SignerKeys(publics);
    }

    static SeededSigner classical(long seed) {
        return new SeededSigner(seed, false);
    }

    static SeededSigner hybrid(long seed) {
        return new SeededSigner(seed, true);
    }

    /// The 32 bytes that the private key of that algorithm grows from (RFC 8032, section 5.1.5; FIPS 204, algorithm 1).
    byte[] privateSeed(Algorithm algorithm) {
        return seeds.get(algorithm).clone();
    }

    @Override
    public SignerKeys keys() {
        return keys;
    }

    @Override
    public byte[] sign(Algorithm algorithm, byte[] content) {
        try {
            if (algorithm == Algorithm.ED25519) {
                var signer = new Ed25519Signer();
                signer.init(true, ed25519);
                signer.update(content, 0, content.length);
                return signer.generateSignature();
            }
            var signer = new MLDSASigner();
            signer.init(true, mlDsa);
            signer.update(content, 0, content.length);
            return signer.generateSignature();
        } catch (CryptoException fault) {
            throw new IllegalStateException(fault);
        }
    }

    @Override
    public String toString() {
        return "SeededSigner" + Arrays.asList(keys.id());
    }
}
