package dev.charter.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The text form of a document, made to survive mail: base64 in 64 columns of the document compressed with zlib (RFC 1950), between a BEGIN and an END line.
/// Reading forgives what mail programs do: white space, `> ` quoting, CRLF, non-breaking spaces, wrapped lines, text around it, lost BEGIN and END lines.
public final class Armor {
    private static final int COLUMNS = 64;
    private static final Pattern BEGIN = Pattern.compile("^-*\\s*BEGIN CHARTER [A-Z ]+?\\s*-*$");
    private static final Pattern END = Pattern.compile("^-*\\s*END CHARTER [A-Z ]+?\\s*-*$");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
    /// No word of a letter is as long; the first line of an unwrapped text is.
    private static final int SHORTEST_FIRST_LINE = 30;

    private Armor() {}

    /// The document's text form.
    public static String write(SignedDocument document) {
        var label = document.claimedKind().label();
        var lines = Base64.getMimeEncoder(COLUMNS, new byte[] {'\n'}).encodeToString(deflate(document.toBytes()));
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    /// The document that the text holds, in text form or as plain JSON. Throws [DocumentRejected] with the first thing that is really wrong.
    public static SignedDocument read(String text) {
        var lines = clean(text);
        var plain = String.join("\n", lines).strip();
        if (plain.isEmpty()) {
            throw malformed("There is no text here. Paste the whole document, from the BEGIN line to the END line.");
        }
        if (plain.startsWith("{")) {
            return SignedDocument.read(plain.getBytes(StandardCharsets.UTF_8));
        }
        return SignedDocument.read(inflate(decode(body(lines))));
    }

    private static List<String> clean(String text) {
        var lines = new ArrayList<String>();
        for (var line : text.replace('\u00a0', ' ').replaceAll("[\\u200b-\\u200d\\u2060\\ufeff]", "").split("\\R")) {
            lines.add(line.replaceFirst("^[>\\s|]+", "").strip());
        }
        return lines;
    }

    private static String body(List<String> lines) {
        int begin = find(BEGIN, lines, 0);
        int end = find(END, lines, begin + 1);
        if (begin >= 0) {
            return checked(lines, begin + 1, end < 0 ? lastOfRun(lines, begin + 1) : end);
        }
        int first = 0;
        int last = end < 0 ? lines.size() : end;
        while (first < last && !(lines.get(first).length() >= SHORTEST_FIRST_LINE && isBase64(lines.get(first)))) {
            first++;
        }
        if (first == last) {
            throw malformed("There is no Charter document in this text. It begins with -----BEGIN CHARTER.");
        }
        return checked(lines, first, end < 0 ? lastOfRun(lines, first) : end);
    }

    private static String checked(List<String> lines, int from, int to) {
        var body = new StringBuilder();
        for (int i = from; i < to; i++) {
            var line = lines.get(i).replaceAll("\\s", "");
            if (!line.isEmpty() && !isBase64(line)) {
                throw malformed("Line " + (i + 1) + " does not belong to the document: \"" + shortened(lines.get(i)) + "\". Copy the text again.");
            }
            body.append(line);
        }
        if (body.length() == 0) {
            throw malformed("There is nothing between the BEGIN and the END line. Copy the text again.");
        }
        return body.toString();
    }

    /// Without an END line the document goes on as long as lines look like it.
    private static int lastOfRun(List<String> lines, int from) {
        int i = from;
        while (i < lines.size() && (lines.get(i).isEmpty() || isBase64(lines.get(i).replaceAll("\\s", "")))) {
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
        return line.length() <= 40 ? line : line.substring(0, 40) + "\u2026";
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException cut) {
            throw malformed("A part of the document is missing: its text was cut. Copy it again from the BEGIN line to the END line.");
        }
    }

    private static byte[] deflate(byte[] bytes) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] compressed) {
        var inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            // One byte more than may be: what fills it is too large, however small it was made.
            var buffer = new byte[SignedDocument.MOST_BYTES + 1];
            int length = 0;
            while (!inflater.finished() && length < buffer.length) {
                int read = inflater.inflate(buffer, length, buffer.length - length);
                if (read == 0 && !inflater.finished()) {
                    throw malformed("The end of the document is missing. Copy it again from the BEGIN line to the END line.");
                }
                length += read;
            }
            if (length > SignedDocument.MOST_BYTES) {
                throw malformed("The document is larger than " + SignedDocument.MOST_BYTES / 1024 + " KiB.");
            }
            return java.util.Arrays.copyOf(buffer, length);
        } catch (DataFormatException damaged) {
            throw malformed("A character of the document was changed on the way. Copy it again, or send it as a file.");
        } finally {
            inflater.end();
        }
    }

    private static DocumentRejected malformed(String message) {
        return new DocumentRejected(Flaw.MALFORMED, message);
    }
}
