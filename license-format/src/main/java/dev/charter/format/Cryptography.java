package dev.charter.format;

import java.lang.reflect.InvocationTargetException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Verifies raw signatures with what this Java has. Ed25519: Bouncy Castle where it is on the class path (it is over ten times faster), else the JDK.
/// ML-DSA-65: the JDK (from 24 on), else Bouncy Castle, else it is refused with [Flaw#ALGORITHM_UNAVAILABLE].
final class Cryptography {
    private static final HexFormat HEX = HexFormat.of();
    // SubjectPublicKeyInfo up to the raw key: RFC 8410, section 4; RFC 9881, section 4.
    private static final byte[] ED25519_PREFIX = HEX.parseHex("302a300506032b6570032100");
    private static final byte[] ML_DSA_65_PREFIX = HEX.parseHex("308207b2300b0609608648016503040312038207a100");

    // The five values of y of the points whose order divides 8, without the sign of x.
    private static final Set<Bytes> SMALL_ORDER = Stream.of("0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "0000000000000000000000000000000000000000000000000000000000000000",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
            .map(y -> Bytes.of(HEX.parseHex(y))).collect(Collectors.toUnmodifiableSet());

    private static final boolean JDK_HAS_ML_DSA_65 = jdkHas(Algorithm.ML_DSA_65);
    private static final Optional<Provider> BOUNCY_CASTLE = bouncyCastle();

    private Cryptography() {}

    /// A public key that is ready to verify with.
    record Key(Algorithm algorithm, PublicKey key, @Nullable Provider provider) {
        /// Throws [DocumentRejected] unless the signature belongs to the content and this key.
        void verify(byte[] content, byte[] signature) {
            try {
                var verification = signatureOf(algorithm, provider);
                verification.initVerify(key);
                verification.update(content);
                if (signature.length == algorithm.signatureLength() && verification.verify(signature)) {
                    return;
                }
            } catch (SignatureException wrong) {
                throw wrong();
            } catch (GeneralSecurityException unusable) {
                throw new DocumentRejected(Flaw.SIGNATURE_WRONG, "The signer's " + algorithm.joseName() + " key is unusable: " + unusable.getMessage() + ".");
            }
            throw wrong();
        }

        private DocumentRejected wrong() {
            return new DocumentRejected(Flaw.SIGNATURE_WRONG, "The " + algorithm.joseName() + " signature does not belong to this document: it was altered, or signed by somebody else.");
        }
    }

    static Key key(Algorithm algorithm, Bytes raw) {
        return key(algorithm, raw, provider(algorithm));
    }

    static @Nullable Provider provider(Algorithm algorithm) {
        return provider(algorithm, JDK_HAS_ML_DSA_65, BOUNCY_CASTLE);
    }

    /// A key for that provider; null stands for whatever the JDK offers itself.
    static Key key(Algorithm algorithm, Bytes raw, @Nullable Provider provider) {
        if (algorithm == Algorithm.ED25519) {
            refuseWeak(raw.toArray());
        }
        var prefix = algorithm == Algorithm.ED25519 ? ED25519_PREFIX : ML_DSA_65_PREFIX;
        var encoded = new byte[prefix.length + raw.length()];
        System.arraycopy(prefix, 0, encoded, 0, prefix.length);
        System.arraycopy(raw.toArray(), 0, encoded, prefix.length, raw.length());
        try {
            var factory = provider == null ? KeyFactory.getInstance(algorithm.joseName()) : KeyFactory.getInstance(algorithm.joseName(), provider);
            return new Key(algorithm, factory.generatePublic(new X509EncodedKeySpec(encoded)), provider);
        } catch (NoSuchAlgorithmException missing) {
            throw unavailable(algorithm);
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            throw new DocumentRejected(Flaw.MALFORMED, "The " + algorithm.joseName() + " key is not a point that a key can be.");
        }
    }

    /// Who verifies: Bouncy Castle or, for null, the JDK. Throws [DocumentRejected] when neither can.
    static @Nullable Provider provider(Algorithm algorithm, boolean jdkHasMlDsa, Optional<Provider> bouncyCastle) {
        if (algorithm == Algorithm.ED25519) {
            return bouncyCastle.orElse(null);
        }
        if (jdkHasMlDsa) {
            return null;
        }
        return bouncyCastle.filter(bc -> bc.getService("Signature", algorithm.joseName()) != null).orElseThrow(() -> unavailable(algorithm));
    }

    /// Providers disagree about keys of small order, under which one signature fits many documents, and about second spellings of a point
    /// (RFC 8032, section 5.1.3, step 1), which would give one key two key IDs: neither is accepted under any of them.
    private static void refuseWeak(byte[] raw) {
        var y = raw.clone();
        y[31] &= 0x7f; // the sign of x
        boolean canonical = (y[31] & 0xff) != 0x7f || (y[0] & 0xff) < 0xed;
        for (int i = 1; i < 31; i++) {
            canonical |= y[i] != (byte) 0xff;
        }
        if (!canonical || SMALL_ORDER.contains(Bytes.of(y))) {
            throw new DocumentRejected(Flaw.MALFORMED, "The Ed25519 key is not a point that a key can be.");
        }
    }

    private static boolean jdkHas(Algorithm algorithm) {
        try {
            Signature.getInstance(algorithm.joseName());
            return true;
        } catch (NoSuchAlgorithmException older) {
            return false;
        }
    }

    private static Signature signatureOf(Algorithm algorithm, @Nullable Provider provider) throws NoSuchAlgorithmException {
        return provider == null ? Signature.getInstance(algorithm.joseName()) : Signature.getInstance(algorithm.joseName(), provider);
    }

    private static DocumentRejected unavailable(Algorithm algorithm) {
        return new DocumentRejected(Flaw.ALGORITHM_UNAVAILABLE, "This vendor's documents need a signature by " + algorithm.joseName() + ", which Java "
                + Runtime.version().feature() + " cannot verify by itself. Put Bouncy Castle (bcprov-jdk18on) on the class path, or run on Java 24 or newer.");
    }

    /// Found by name, so that the format itself depends on nothing.
    private static Optional<Provider> bouncyCastle() {
        try {
            return Optional.of((Provider) Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider").getConstructor().newInstance());
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        } catch (InstantiationException | IllegalAccessException | NoSuchMethodException | InvocationTargetException broken) {
            throw new IllegalStateException("Bouncy Castle is on the class path but cannot be used", broken);
        }
    }
}
