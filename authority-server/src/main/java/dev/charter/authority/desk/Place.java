package dev.charter.authority.desk;

import dev.charter.server.web.Rejected;
import java.time.Instant;
import java.util.regex.Pattern;

/// A place in a list of the desk, after which the next page begins; the newest come first.
record Place(Instant at, String id) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15})\\.((?:let|los)-[0-9a-z]{1,20})");

    /// As it goes out and comes back, of no meaning to others.
    String toText() {
        return at.toEpochMilli() + "." + id;
    }

    /// @throws Rejected for what [#toText] did not make
    static Place read(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw Rejected.malformed("\"after\" is not what a list of the desk gave as its \"next\".");
        }
        return new Place(Instant.ofEpochMilli(Long.parseLong(parts.group(1))), parts.group(2));
    }
}
