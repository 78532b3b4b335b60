package dev.charter.format;

import java.util.regex.Pattern;

/// Names a signer's keys: the first 16 bytes of a SHA-256 over them, in base64url. A hint for finding keys, never a reason to trust them.
public record KeyId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

    public KeyId {
        Require.that(FORM.matcher(value).matches(), "a key ID has 22 characters of base64url");
    }

    @Override
    public String toString() {
        return value;
    }
}
