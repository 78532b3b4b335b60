package dev.charter.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text form of a document, made to survive mail: base64 in 64 columns of the document compressed with zlib (RFC 1950), between a BEGIN and an END line.
/// Reading forgives what mail programs do: white space, `> ` quoting (also as `&gt; `), CRLF, non-breaking spaces, wrapped lines, text around it, long
/// dashes, lost BEGIN and END lines. It also reads what a scanner types from a document's [Codes].
public final class Armor {
    private static final int COLUMNS = 64;
    private static final String DASHES = "-\\u2010-\\u2015\\u2212";
    // No two parts of these can match the same character, so that no line makes them slow.
    private static final Pattern BEGIN = Pattern.compile("[" + DASHES + " ]*BEGIN CHARTER [A-Z ]+[" + DASHES + "]*");
    private static final Pattern END = Pattern.compile("[" + DASHES + " ]*END CHARTER [A-Z ]+[" + DASHES + "]*");
    private static final Pattern REST_OF_A_WRAPPED_LABEL = Pattern.compile("[A-Z ]*[" + DASHES + "]+");
    private static final Pattern UNSEEN = Pattern.compile("[\\u00ad\\u200b-\\u200d\\u2060\\ufeff]");
    private static final Pattern SPACES = Pattern.compile("[\\p{Zs}\\t]");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final Pattern QUOTING = Pattern.compile("^[>\\s|]+");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
    /// No word of a letter is as long; the first line of an unwrapped text is.
    private static final int SHORTEST_FIRST_LINE = 30;

    private Armor() {}

    /// The document's text form.
    public static String write(SignedDocument document) {
        var label = document.claimedKind().label();
        var lines = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(Compression.deflate(document.toBytes()));
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    /// The document that the text holds: in text form, as codes or as plain JSON. Throws [DocumentRejected] with the first thing that is really wrong.
    public static SignedDocument read(String text) {
        var lines = clean(text);
        var plain = String.join("\n", lines).strip();
        if (plain.isEmpty()) {
            throw malformed("There is no text here. Paste the whole document, from the BEGIN line to the END line.");
        }
        if (plain.startsWith("{")) {
            return SignedDocument.read(plain.getBytes(StandardCharsets.UTF_8));
        }
        // Whoever prints a document in both ways means the same one; the text between BEGIN and END says better what is wrong with it.
        var scanned = find(BEGIN, lines, 0) < 0 ? Codes.read(lines) : Optional.<byte[]>empty();
        return SignedDocument.read(scanned.orElseGet(() -> Compression.inflate(decode(body(lines)))));
    }

    private static List<String> clean(String text) {
        var lines = new ArrayList<String>();
        var unescaped = text.replace("&gt;", ">").replace("&nbsp;", " ");
        for (var line : LINE_BREAK.split(SPACES.matcher(UNSEEN.matcher(unescaped).replaceAll("")).replaceAll(" "))) {
            lines.add(QUOTING.matcher(line).replaceFirst("").strip());
        }
        return lines;
    }

    private static String body(List<String> lines) {
        int begin = find(BEGIN, lines, 0);
        int end = find(END, lines, begin + 1);
        int first = begin >= 0 ? begin + 1 : 0;
        if (begin < 0) {
            int last = end < 0 ? lines.size() : end;
            while (first < last && !(lines.get(first).length() >= SHORTEST_FIRST_LINE && isBase64(lines.get(first)))) {
                first++;
            }
            if (first == last) {
                throw malformed("There is no Charter document in this text. It begins with -----BEGIN CHARTER.");
            }
        }
        return end < 0 ? withoutTrailingWords(joined(lines, first, lastOfRun(lines, first))) : joined(lines, first, end);
    }

    private static String joined(List<String> lines, int from, int to) {
        var body = new StringBuilder();
        for (int i = from; i < to; i++) {
            var line = lines.get(i).replace(" ", "");
            if (isBase64(line)) {
                body.append(line);
            } else if (!line.isEmpty() && !REST_OF_A_WRAPPED_LABEL.matcher(lines.get(i)).matches()) {
                throw malformed("Line " + (i + 1) + " does not belong to the document: \"" + shortened(lines.get(i)) + "\". Copy the text again.");
            }
        }
        if (body.length() == 0) {
            throw malformed("There is nothing between the BEGIN and the END line. Copy the text again.");
        }
        return body.toString();
    }

    /// Without an END line, words of the letter such as a greeting may follow and look like base64. The compressed document knows its own end, so that
    /// what follows it does no harm, once what is left can be decoded.
    private static String withoutTrailingWords(String body) {
        int padding = body.indexOf('=');
        int length = padding < 0 ? body.length() : Math.min(body.length(), padding + 2);
        return body.substring(0, length - length % 4);
    }

    /// Without an END line the document goes on as long as lines look like it.
    private static int lastOfRun(List<String> lines, int from) {
        int i = from;
        while (i < lines.size() && (lines.get(i).isEmpty() || isBase64(lines.get(i).replace(" ", "")))) {
            i++;
        }
        return i;
    }

    private static int find(Pattern pattern, List<String> lines, int from) {
        for (int i = Math.max(from, 0); i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isBase64(String line) {
        return BASE64.matcher(line).matches();
    }

    private static String shortened(String line) {
        var shown = LicenseKey.withoutKeys(line);
        return shown.length() <= 40 ? shown : shown.substring(0, 40) + "\u2026";
    }

    private static byte[] decode(String base64) {
        try {
            if (base64.length() % 4 == 0) {
                return Base64.getDecoder().decode(base64);
            }
        } catch (IllegalArgumentException cut) {
            throw missing();
        }
        throw missing();
    }

    private static DocumentRejected missing() {
        return malformed("A part of the document is missing: its text was cut. Copy it again from the BEGIN line to the END line.");
    }

    private static DocumentRejected malformed(String message) {
        return new DocumentRejected(Flaw.MALFORMED, message);
    }
}
