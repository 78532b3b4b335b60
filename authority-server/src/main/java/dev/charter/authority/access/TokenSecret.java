package dev.charter.authority.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// What the holder of a token sends: `charter_` and 32 letters and digits, 190 random bits. So many that a plain hash of it may be kept and that nobody guesses one.
/// Prints as `***`.
final class TokenSecret {
    private static final String BEGINNING = "charter_";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 32;
    private static final Pattern FORM = Pattern.compile(BEGINNING + "[0-9A-Za-z]{" + LENGTH + "}");

    private final String secret;

    private TokenSecret(String secret) {
        this.secret = secret;
    }

    static TokenSecret generate(RandomGenerator secure) {
        var secret = new StringBuilder(BEGINNING);
        for (int i = 0; i < LENGTH; i++) {
            secret.append(ALPHABET.charAt(secure.nextInt(ALPHABET.length())));
        }
        return new TokenSecret(secret.toString());
    }

    /// Empty for what cannot be a token.
    static Optional<TokenSecret> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new TokenSecret(text)) : Optional.empty();
    }

    /// SHA-256 (FIPS 180-4): what the database keeps.
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException fault) {
            throw new IllegalStateException("each JDK has SHA-256", fault);
        }
    }

    /// The secret itself: for the one answer, or the file, in which its holder gets it.
    String revealSecret() {
        return secret;
    }

    @Override
    public String toString() {
        return "***";
    }
}
