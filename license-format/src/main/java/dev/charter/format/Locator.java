package dev.charter.format;

/// 8 bytes hashed from a license key, by which the issuer finds the license. It does not give the key away.
public record Locator(Bytes value) {
    public static final int LENGTH = 8;

    public Locator {
        Require.that(value.length() == LENGTH, "a locator has %s bytes", LENGTH);
    }
}
