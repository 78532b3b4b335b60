package dev.charter.format;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The SHA-256 (FIPS 180-4) of a document's payload bytes: how an answer names the request that it answers.
public record Digest(Bytes value) {
    public static final int LENGTH = 32;

    public Digest {
        Require.that(value.length() == LENGTH, "a digest has %s bytes, not %s", LENGTH, value.length());
    }

    public static Digest of(byte[] payload) {
        return new Digest(Bytes.of(sha256().digest(payload)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /// Base64url.
    @Override
    public String toString() {
        return value.toBase64Url();
    }
}
