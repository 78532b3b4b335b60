package dev.charter.format;

import java.util.regex.Pattern;

/// Names that people give and programs compare: products, features, meters, factors.
final class Name {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private Name() {}

    static void require(String name, String what) {
        Require.that(FORM.matcher(name).matches(),
                "%s \"%s\" must have 1 to 64 small letters, digits and dashes, and must not begin with a dash", what, name);
    }
}
