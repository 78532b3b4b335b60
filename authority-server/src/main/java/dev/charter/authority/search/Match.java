package dev.charter.authority.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a term must agree with a value; case never matters.
public enum Match {
    /// It is the whole value.
    EXACT,
    /// The value begins with it.
    PREFIX,
    /// The value contains it.
    SUBSTRING;

    /// As written in the API, such as `substring`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Match> named(String text) {
        return Arrays.stream(values()).filter(match -> match.text().equals(text)).findAny();
    }
}
