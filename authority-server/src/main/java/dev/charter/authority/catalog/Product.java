package dev.charter.authority.catalog;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What can be licensed. Support until a date can be granted for every product, so it is not listed.
///
/// @param id as documents name it, such as `mqtt-server`; for ever
/// @param letters how letters about it are answered
/// @param losses how its hosts are restored that were reported destroyed
/// @param orders how its orders are fulfilled
record Product(String id, String name, List<Feature> features, List<Meter> meters, LetterRule letters, LossRule losses, OrderRule orders, Instant createdAt) {
    static final int MOST_FEATURES = 200;
    private static final int LONGEST_TITLE = 200;
    /// The same as documents allow for the names that programs compare.
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /// Something that a product may do or not.
    ///
    /// @param name as the product's code asks for it
    /// @param title as people read it
    record Feature(String name, String title) {
        Feature {
            requireName(name, "a feature's name");
            title = readable(title, "the title of the feature \"" + name + "\"");
        }
    }

    /// Something that a product counts.
    ///
    /// @param name as the product's code counts it
    /// @param title as people read it
    /// @param unit what is counted, such as `messages`
    record Meter(String name, String title, String unit) {
        Meter {
            requireName(name, "a meter's name");
            title = readable(title, "the title of the meter \"" + name + "\"");
            unit = readable(unit, "the unit of the meter \"" + name + "\"");
        }
    }

    Product {
        requireName(id, "a product's ID");
        name = readable(name, "a product's name");
        features = List.copyOf(features);
        meters = List.copyOf(meters);
        requireDistinct(features.stream().map(Feature::name), "feature");
        requireDistinct(meters.stream().map(Meter::name), "meter");
    }

    private static void requireName(String name, String what) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " has 1 to 64 small letters, digits and dashes, and does not begin with a dash");
        }
    }

    private static String readable(String title, String what) {
        if (title.isBlank() || title.length() > LONGEST_TITLE || title.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " has 1 to " + LONGEST_TITLE + " characters, on one line");
        }
        return title.strip();
    }

    private static void requireDistinct(Stream<String> names, String what) {
        var seen = new HashSet<String>();
        names.forEach(name -> {
            if (!seen.add(name)) {
                throw new IllegalArgumentException("the " + what + " \"" + name + "\" is listed twice");
            }
        });
        if (seen.size() > MOST_FEATURES) {
            throw new IllegalArgumentException("a product has at most " + MOST_FEATURES + " " + what + "s");
        }
    }
}
