package dev.charter.format;

/// A signature algorithm under its JOSE name.
public enum Algorithm {
    /// Ed25519 (RFC 8032; its JOSE name by RFC 9864).
    ED25519("Ed25519", 32, 64),
    /// ML-DSA-65 (FIPS 204; its JOSE name by RFC 9964).
    ML_DSA_65("ML-DSA-65", 1952, 3309);

    private final String joseName;
    private final int publicKeyLength;
    private final int signatureLength;

    Algorithm(String joseName, int publicKeyLength, int signatureLength) {
        this.joseName = joseName;
        this.publicKeyLength = publicKeyLength;
        this.signatureLength = signatureLength;
    }

    public String joseName() {
        return joseName;
    }

    /// The length of a raw public key, in bytes.
    public int publicKeyLength() {
        return publicKeyLength;
    }

    /// The length of a signature, in bytes.
    public int signatureLength() {
        return signatureLength;
    }

    /// The algorithm of that JOSE name; throws [IllegalArgumentException] for any other.
    public static Algorithm named(String joseName) {
        for (var algorithm : values()) {
            if (algorithm.joseName.equals(joseName)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("the algorithm " + joseName + " is not one of this format's");
    }
}
