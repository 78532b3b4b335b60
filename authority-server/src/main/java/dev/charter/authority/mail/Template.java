package dev.charter.authority.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of one kind of mail, kept as a file beside the program, with `{names}` for what differs.
///
/// @param subject none where a mail answers another, whose subject it has
record Template(Optional<String> subject, String text) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");
    private static final String SUBJECT = "Subject: ";

    /// @param name of the file, without its ending
    static Template named(String name) {
        try (var file = Template.class.getResourceAsStream("/mail/" + name + ".txt")) {
            if (file == null) {
                throw new IllegalStateException("the program holds no text for mails of the kind " + name);
            }
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            if (!text.startsWith(SUBJECT)) {
                return new Template(Optional.empty(), text);
            }
            int end = text.indexOf("\n\n");
            return new Template(Optional.of(text.substring(SUBJECT.length(), end)), text.substring(end + 2));
        } catch (IOException fault) {
            throw new UncheckedIOException("a mail's text cannot be read", fault);
        }
    }

    /// The text with these in place of its names; throws [IllegalArgumentException] when one is missing.
    static String fill(String text, Map<String, String> values) {
        return NAME.matcher(text).replaceAll(found -> {
            var value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("a mail lacks what it is to say about {" + found.group(1) + "}");
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
