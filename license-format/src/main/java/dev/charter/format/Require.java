package dev.charter.format;

/// The one way in which a record of this package refuses a value that it cannot hold.
final class Require {
    private Require() {}

    static void that(boolean holds, String otherwise, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(otherwise, values));
        }
    }
}
