package dev.charter.authority.mailbox;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes plain text of bytes and of HTML, in time that grows with their length and no faster.
final class PlainText {
    private static final int LOOKED_AT_FOR_ZEROS = 512;
    private static final int LONGEST_ENTITY = 10;
    private static final Map<String, String> ENTITIES = Map.of("gt", ">", "lt", "<", "amp", "&", "nbsp", " ", "quot", "\"", "apos", "'", "shy", "", "zwnj", "", "zwj", "", "minus", "-");
    private static final Set<String> NEW_LINE = Set.of("br", "p", "div", "tr", "li", "ul", "ol", "table", "pre", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6");
    /// What stands between these is not for reading.
    private static final Set<String> UNSEEN = Set.of("script", "style", "title");

    private PlainText() {}

    /// The text of bytes. A byte order mark says more than the named encoding, and so do zeros, which only UTF-16 has.
    ///
    /// @param named the encoding that the mail names; where it names none, or none that is known, UTF-8, or else ISO 8859-1
    static String of(byte[] bytes, Optional<String> named) {
        if (begins(bytes, 0xef, 0xbb, 0xbf)) {
            return decoded(bytes, 3, StandardCharsets.UTF_8);
        }
        if (begins(bytes, 0xff, 0xfe)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (begins(bytes, 0xfe, 0xff)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16BE);
        }
        return withoutMark(bytes, named);
    }

    private static String withoutMark(byte[] bytes, Optional<String> named) {
        int looked = Math.min(bytes.length, LOOKED_AT_FOR_ZEROS);
        int[] zeros = new int[2];
        for (int i = 0; i < looked; i++) {
            zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
        }
        if (zeros[0] + zeros[1] > looked / 4) {
            return decoded(bytes, 0, zeros[1] > zeros[0] ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
        }
        var charset = named.flatMap(PlainText::charset);
        if (charset.isPresent()) {
            return decoded(bytes, 0, charset.get());
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException otherwise) {
            return decoded(bytes, 0, StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean begins(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(byte[] bytes, int from, Charset charset) {
        CharBuffer text = charset.decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
        return text.toString();
    }

    private static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    /// What a person reads of an HTML text, with a line break where a block begins or ends.
    static String ofHtml(String html) {
        return new Html(html).text();
    }

    /// One walk over an HTML text. What has no end is looked for once, so that no text makes it slow.
    private static final class Html {
        private final String html;
        private final StringBuilder text;
        private boolean tagsEnd = true;
        private int at;

        Html(String html) {
            this.html = html;
            this.text = new StringBuilder(html.length());
        }

        String text() {
            while (at < html.length()) {
                char character = html.charAt(at);
                if (character == '<' && tagsEnd && at + 1 < html.length() && beginsTag(html.charAt(at + 1))) {
                    tag();
                } else if (character == '&') {
                    entity();
                } else {
                    text.append(character);
                    at++;
                }
            }
            return text.toString();
        }

        private static boolean beginsTag(char character) {
            return character == '/' || character == '!' || character == '?' || character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
        }

        private void tag() {
            boolean comment = html.startsWith("<!--", at);
            int end = html.indexOf(comment ? "-->" : ">", at);
            if (end < 0 && !comment) {
                tagsEnd = false; // this one and all that follow are text
                return;
            }
            if (comment) {
                at = end < 0 ? html.length() : end + 3;
                return;
            }
            var name = name();
            at = end + 1;
            if (NEW_LINE.contains(name)) {
                text.append('\n');
            } else if (UNSEEN.contains(name) && html.charAt(end - 1) != '/') {
                skipTo("</" + name);
            }
        }

        /// The tag's name in small letters, alike for its begin and its end; only a begin of what is unseen has the name of it.
        private String name() {
            int from = at + 1;
            boolean end = html.charAt(from) == '/';
            from += end ? 1 : 0;
            int to = from;
            while (to < html.length() && to - from < LONGEST_ENTITY && Character.isLetterOrDigit(html.charAt(to))) {
                to++;
            }
            var name = html.substring(from, to).toLowerCase(java.util.Locale.ROOT);
            return end && UNSEEN.contains(name) ? "" : name;
        }

        private void skipTo(String end) {
            for (int next = html.indexOf('<', at); next >= 0; next = html.indexOf('<', next + 1)) {
                if (html.regionMatches(true, next, end, 0, end.length())) {
                    at = next;
                    return;
                }
            }
            at = html.length();
        }

        private void entity() {
            int end = at + 1;
            while (end < html.length() && end - at <= LONGEST_ENTITY && (Character.isLetterOrDigit(html.charAt(end)) || html.charAt(end) == '#')) {
                end++;
            }
            var name = html.substring(at + 1, end);
            var meant = name.startsWith("#") ? number(name.substring(1)) : Optional.ofNullable(ENTITIES.get(name));
            if (meant.isEmpty()) {
                text.append('&');
                at++;
            } else {
                text.append(meant.get());
                at = end < html.length() && html.charAt(end) == ';' ? end + 1 : end;
            }
        }

        private static Optional<String> number(String digits) {
            try {
                boolean hex = digits.startsWith("x") || digits.startsWith("X");
                int character = Integer.parseInt(hex ? digits.substring(1) : digits, hex ? 16 : 10);
                return Character.isValidCodePoint(character) ? Optional.of(Character.toString(character)) : Optional.empty();
            } catch (NumberFormatException none) {
                return Optional.empty();
            }
        }
    }
}
