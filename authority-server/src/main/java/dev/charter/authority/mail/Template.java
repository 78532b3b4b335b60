package dev.charter.authority.mail;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of one kind of mail, with `{names}` for what differs.
///
/// @param subject none where a mail answers another, whose subject it has
/// @param html a whole page
record Template(Optional<String> subject, String text, String html) {
    /// The subject, for the page.
    static final String SUBJECT = "subject";
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

    /// A mail's words.
    record Filled(String subject, String text, String html) {}

    /// With these in place of its names; throws [IllegalArgumentException] when one is missing.
    Filled fill(Map<String, String> values) {
        return fill(filled(subject.orElse(""), values), values);
    }

    /// The same for an answer.
    Filled fill(String ownSubject, Map<String, String> values) {
        var page = NAME.matcher(html).replaceAll(found -> Matcher.quoteReplacement(found.group(1).equals(SUBJECT) ? Html.of(ownSubject) : Html.of(found.group(1), value(found.group(1), values))));
        return new Filled(ownSubject, filled(text, values), page);
    }

    private static String filled(String text, Map<String, String> values) {
        return NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), values)));
    }

    private static String value(String name, Map<String, String> values) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a mail lacks what it is to say about {" + name + "}");
        }
        return value;
    }
}
