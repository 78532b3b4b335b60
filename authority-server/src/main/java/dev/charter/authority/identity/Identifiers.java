package dev.charter.authority.identity;

import java.util.random.RandomGenerator;

/// Makes IDs: a prefix that tells the kind, a dash, and random characters of small letters and digits without look-alikes (no i, l, o, u).
/// An ID is public; it is long and random so that nobody finds another one by counting.
public final class Identifiers {
    /// Random characters of an ID: 60 bits.
    public static final int LENGTH = 12;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final RandomGenerator random;

    /// @param secure must be secure; it is used by many threads at once
    public Identifiers(RandomGenerator secure) {
        this.random = secure;
    }

    /// A new ID, such as `lic-4f7k0m2x9qzr` for the prefix `lic`.
    public String next(String prefix) {
        return prefix + '-' + characters(LENGTH);
    }

    /// So many random characters.
    public String characters(int count) {
        var characters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return characters.toString();
    }
}
