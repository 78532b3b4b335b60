package dev.charter.server.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Finds secrets in a text: by their form where they have one that nothing else has, and by their value where a test has said it.
public final class Secrets {
    private static final String OF_KEYS = "[A-HJ-NP-Z2-9]";
    private static final int SHORTEST_VALUE = 8;
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(?i)(?<![A-Z0-9])" + OF_KEYS + "{5}(?:-" + OF_KEYS + "{5}){4}(?![A-Z0-9])"), // a license key
            Pattern.compile("(?<![A-Z0-9])" + OF_KEYS + "{5}(?:\\s" + OF_KEYS + "{5}){4}(?![A-Z0-9])"), // with spaces
            Pattern.compile("(?<![A-Za-z0-9])(?=[A-Z]*\\d)" + OF_KEYS + "{25}(?![A-Za-z0-9])"), // without its dashes
            Pattern.compile("(?<![A-Za-z0-9])(?=[a-z]*\\d)[a-hj-np-z2-9]{25}(?![A-Za-z0-9])"), // and in small letters
            // An API token behind its beginning, what a mailed link carries; no part of a digest, which has dashes and underscores.
            Pattern.compile("(?:(?<![A-Za-z0-9_-])|(?<=charter_))(?=[A-Za-z]*\\d)(?=[A-Z0-9]*[a-z])(?=[a-z0-9]*[A-Z])[0-9A-Za-z]{32}(?![A-Za-z0-9_-])"),
            Pattern.compile("(?<![A-Za-z0-9-])(?:" + OF_KEYS + "{6}-){3}" + OF_KEYS + "{6}(?![A-Za-z0-9-])"), // a setup token
            Pattern.compile("\\b(?:sk|rk)_(?:test|live)_\\w+|\\bwhsec_\\w+")); // what Stripe gives its customers
    private static final Set<String> VALUES = ConcurrentHashMap.newKeySet();

    private Secrets() {}

    /// From now on this is found, in whatever case; nothing where it is too short to be told from words.
    public static void remember(String value) {
        if (value.length() >= SHORTEST_VALUE) {
            VALUES.add(value.toLowerCase(Locale.ROOT));
        }
    }

    /// What is found in the text.
    public static List<String> in(String text) {
        var found = new ArrayList<String>();
        FORMS.forEach(form -> form.matcher(text).results().forEach(one -> found.add(one.group())));
        var small = text.toLowerCase(Locale.ROOT);
        VALUES.stream().filter(small::contains).forEach(found::add);
        return List.copyOf(found);
    }
}
