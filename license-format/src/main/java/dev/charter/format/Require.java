package dev.charter.format;

/// The ways in which a record of this package refuses a value that it cannot hold: whatever a record holds can be written, signed and read back.
final class Require {
    /// The longest text of a document, in UTF-16 units.
    static final int LONGEST_TEXT = 4096;
    /// The largest number of a document: every JSON reader keeps it exactly (RFC 7493, section 2.2).
    static final long LARGEST_NUMBER = 9007199254740991L;

    private Require() {}

    static void that(boolean holds, String otherwise, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(otherwise, values));
        }
    }

    static void text(String value, String what) {
        text(value, what, LONGEST_TEXT);
    }

    static void text(String value, String what, int longest) {
        that(!value.isBlank() && value.length() <= longest, "%s has 1 to %s characters, not all of them blank", what, longest);
        // A lone surrogate has no UTF-8 form: Java would sign a question mark in its place.
        that(isWhole(value), "%s has a NUL or half a character in it", what);
    }

    private static boolean isWhole(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    static void number(long value, long smallest, String what) {
        that(value >= smallest && value <= LARGEST_NUMBER, "%s is %s to %s, not %s", what, smallest, LARGEST_NUMBER, value);
    }
}
