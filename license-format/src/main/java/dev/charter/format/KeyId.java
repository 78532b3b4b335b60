package dev.charter.format;

/// Names a signer's keys: the first 16 bytes of a SHA-256 over them, in base64url. A hint for finding keys, never a reason to trust them.
public record KeyId(String value) {
    private static final int LENGTH = 22;

    public KeyId {
        Require.that(hasForm(value), "a key ID has 22 characters of base64url");
    }

    private static boolean hasForm(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return value.length() == LENGTH;
    }

    @Override
    public String toString() {
        return value;
    }
}
