package dev.charter.floating.identity;

import java.util.random.RandomGenerator;

/// Makes IDs: a prefix that tells the kind, a dash, and random characters of small letters and digits without look-alikes (no i, l, o, u).
public final class Identifiers {
    private static final int LENGTH = 12;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final RandomGenerator random;

    /// @param secure must be secure; it is used by many threads at once
    public Identifiers(RandomGenerator secure) {
        this.random = secure;
    }

    /// A new ID of 60 random bits, such as `ls-4f7k0m2x9qzr` for the prefix `ls`.
    public String next(String prefix) {
        var characters = new StringBuilder(prefix).append('-');
        for (int i = 0; i < LENGTH; i++) {
            characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return characters.toString();
    }
}
