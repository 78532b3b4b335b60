package dev.charter.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// A mail as it is saved to a file: what stands in it in the two encodings of mail (RFC 2045, sections 6.7 and 6.8). Only as far as a document in it needs that: parts are
/// told by their headers, and what cannot be decoded is passed over.
final class MailSource {
    private static final String ENCODING = "content-transfer-encoding:";
    private static final int MOST_PARTS = 16;

    private MailSource() {}

    /// The texts of its encoded parts; none where it is no mail, or all of it stands there as it is.
    static List<String> parts(String source) {
        var lines = source.split("\\R", -1);
        var parts = new ArrayList<String>();
        for (int i = 0; i < lines.length && parts.size() < MOST_PARTS; i++) {
            var header = lines[i].toLowerCase(Locale.ROOT);
            if (header.startsWith(ENCODING)) {
                int begin = afterHeaders(lines, i);
                int end = endOfPart(lines, begin);
                var encoding = header.substring(ENCODING.length()).strip();
                if (encoding.equals("base64")) {
                    parts.add(GivenText.decode(base64(lines, begin, end)));
                } else if (encoding.equals("quoted-printable")) {
                    parts.add(GivenText.decode(quotedPrintable(lines, begin, end)));
                }
                i = Math.max(i, end - 1);
            }
        }
        return parts;
    }

    private static int afterHeaders(String[] lines, int from) {
        int i = from;
        while (i < lines.length && !lines[i].isBlank()) {
            i++;
        }
        return Math.min(lines.length, i + 1);
    }

    /// Up to the next boundary, which the lines around a document and before a signature only resemble.
    private static int endOfPart(String[] lines, int from) {
        int i = from;
        while (i < lines.length && !(lines[i].startsWith("--") && lines[i].strip().length() > 2 && !lines[i].contains("CHARTER"))) {
            i++;
        }
        return i;
    }

    private static byte[] base64(String[] lines, int from, int to) {
        var body = new StringBuilder();
        for (int i = from; i < to; i++) {
            body.append(lines[i]);
        }
        try {
            return Base64.getMimeDecoder().decode(body.toString());
        } catch (IllegalArgumentException cut) {
            return new byte[0];
        }
    }

    private static byte[] quotedPrintable(String[] lines, int from, int to) {
        var out = new ByteArrayOutputStream();
        for (int i = from; i < to; i++) {
            var line = lines[i].stripTrailing();
            boolean soft = line.endsWith("=");
            write(soft ? line.substring(0, line.length() - 1) : line, out);
            if (!soft) {
                out.write('\n');
            }
        }
        return out.toByteArray();
    }

    private static void write(String line, ByteArrayOutputStream out) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '=' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                out.write(bytes[i]);
            } else {
                out.write(high << 4 | low);
                i += 2;
            }
        }
    }
}
