package dev.charter.authority.mail;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes a [Template] of what somebody wrote, or refuses it with a sentence: a mistake is found when it is made, and not in a customer's mail.
final class ReadTemplate {
    static final int LONGEST = 256 * 1024;
    private static final String SUBJECT = "Subject: ";
    private static final String CONTENT = "{content}";
    /// What is meant as a name. In a page's styles, more stands in braces than that.
    private static final Pattern IN_TEXT = Pattern.compile("\\{([^{}\n]*)}");
    private static final Pattern IN_HTML = Pattern.compile("\\{([A-Za-z0-9_. -]*)}");
    private static final Set<String> IN_FRAME = Set.of(Template.SUBJECT, "content", "vendor");

    private ReadTemplate() {}

    /// What is wrong with a template, as a sentence without a full stop, for whoever wrote it.
    static final class Mistaken extends Exception {
        private static final long serialVersionUID = 1;

        Mistaken(String sentence) {
            super(sentence, null, false, false);
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /// @param text what NAME.txt holds
    /// @param html what NAME.html holds: the middle of a page, or a whole one; without it, it is made of the text
    /// @param frame the page around a middle
    static Template read(MailKind kind, String text, Optional<String> html, String frame) throws Mistaken {
        var plain = withoutMark(text).replace("\r\n", "\n");
        var subject = Optional.<String>empty();
        if (plain.startsWith(SUBJECT)) {
            int end = plain.indexOf('\n');
            require(end > 0 && plain.startsWith("\n\n", end), "has no empty line after its subject");
            subject = Optional.of(plain.substring(SUBJECT.length(), end).strip());
            plain = plain.substring(end + 2);
        }
        require(subject.isEmpty() || kind.hasSubject(), "begins with a subject, but this mail answers another and has the subject of that. Leave the line out");
        require(subject.isPresent() || !kind.hasSubject(), "does not begin with a line \"" + SUBJECT + "...\" and an empty line");
        require(subject.filter(line -> line.isEmpty() || line.length() > OutgoingMail.LONGEST_SUBJECT / 2).isEmpty(), "has a subject that is empty, or longer than " + OutgoingMail.LONGEST_SUBJECT / 2 + " characters");
        var open = kind.secret().orElse("");
        require(open.isEmpty() || !subject.orElse("").contains("{" + open + "}"), "has {" + open + "} in its subject, which stands in lists and logs. Leave it to the text");
        names(kind, subject.orElse("") + "\n" + plain, IN_TEXT, kind.names());
        needs(kind, plain);
        var page = page(kind, plain, html, frame);
        return new Template(subject, plain, page);
    }

    /// Some editors begin a file with a byte order mark.
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String page(MailKind kind, String text, Optional<String> html, String frame) throws Mistaken {
        if (html.isEmpty()) {
            return frame.replace(CONTENT, Html.ofTemplate(text));
        }
        var own = withoutMark(html.get());
        var allowed = new TreeSet<>(kind.names());
        allowed.add(Template.SUBJECT);
        names(kind, own, IN_HTML, allowed);
        needs(kind, own);
        boolean whole = own.toLowerCase(Locale.ROOT).contains("<html");
        return whole ? own : frame.replace(CONTENT, own);
    }

    /// Checks the page around all mails.
    static String frame(String frame) throws Mistaken {
        var found = IN_HTML.matcher(frame);
        while (found.find()) {
            require(IN_FRAME.contains(found.group(1)), "names {" + found.group(1) + "}, which it cannot have. It has {subject}, {content} and {vendor}");
        }
        require(frame.contains(CONTENT), "does not have {content}, where each mail's words stand");
        return frame;
    }

    private static void names(MailKind kind, String text, Pattern pattern, Set<String> allowed) throws Mistaken {
        var found = pattern.matcher(text);
        while (found.find()) {
            require(allowed.contains(found.group(1)), "names {" + found.group(1) + "}, which the mail " + kind.fileName() + " does not have. It has "
                    + allowed.stream().map(name -> "{" + name + "}").collect(Collectors.joining(", ")));
        }
    }

    private static void needs(MailKind kind, String text) throws Mistaken {
        var name = kind.needed().orElse("");
        require(name.isEmpty() || text.contains("{" + name + "}"), "lacks {" + name + "}, without which the mail " + kind.fileName() + " is of no use");
    }

    private static void require(boolean holds, String otherwise) throws Mistaken {
        if (!holds) {
            throw new Mistaken(otherwise);
        }
    }
}
