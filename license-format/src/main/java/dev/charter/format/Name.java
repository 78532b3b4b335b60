package dev.charter.format;

/// Names that people give and programs compare: products, features, meters, factors.
final class Name {
    private static final int LONGEST = 64;

    private Name() {}

    static void require(String name, String what) {
        Require.that(hasForm(name),
                "%s \"%s\" must have 1 to 64 small letters, digits and dashes, and must not begin with a dash", what, name);
    }

    private static boolean hasForm(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != '-' || i == 0)) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= LONGEST;
    }
}
