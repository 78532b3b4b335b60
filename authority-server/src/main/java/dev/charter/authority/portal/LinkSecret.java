package dev.charter.authority.portal;

import dev.charter.format.Bytes;
import dev.charter.format.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// What a mailed link carries behind its `#`, where no server's log sees it: 32 letters and digits, 190 random bits, so that a plain hash of it may be kept. Prints as `***`.
final class LinkSecret {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 32;
    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z]{" + LENGTH + "}");

    private final String secret;

    private LinkSecret(String secret) {
        this.secret = secret;
    }

    static LinkSecret generate(RandomGenerator secure) {
        var secret = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            secret.append(ALPHABET.charAt(secure.nextInt(ALPHABET.length())));
        }
        return new LinkSecret(secret.toString());
    }

    /// Empty for what cannot be one.
    static Optional<LinkSecret> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new LinkSecret(text)) : Optional.empty();
    }

    /// SHA-256 (FIPS 180-4): what the database keeps.
    Bytes hash() {
        return Digest.of(secret.getBytes(StandardCharsets.US_ASCII)).value();
    }

    /// The secret itself: for the one mail in which its reader gets it.
    String revealSecret() {
        return secret;
    }

    @Override
    public String toString() {
        return "***";
    }
}
