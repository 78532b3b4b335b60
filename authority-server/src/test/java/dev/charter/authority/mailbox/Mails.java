package dev.charter.authority.mailbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Mails as the mail programs of people write them, in bytes.
final class Mails {
    static final String SENDER = "anna@plant.example";

    private Mails() {}

    /// A mail of plain text, from [#SENDER].
    static byte[] plain(String text) {
        return with(Map.of(), text);
    }

    /// A mail with lines in its head in place of the usual ones, or beside them.
    static byte[] with(Map<String, String> head, String body) {
        var lines = new LinkedHashMap<String, String>();
        lines.put("From", "Anna Plant <" + SENDER + ">");
        lines.put("To", "licenses@vendor.example");
        lines.put("Subject", "Usage request");
        lines.put("Message-ID", "<" + Integer.toHexString(body.hashCode()) + "@plant.example>");
        lines.put("MIME-Version", "1.0");
        lines.put("Content-Type", "text/plain; charset=utf-8");
        lines.putAll(head);
        var mail = new StringBuilder();
        lines.forEach((name, value) -> mail.append(value.isEmpty() ? "" : name + ": " + value + "\r\n"));
        return (mail + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    /// A mail of these parts, each with its own head.
    static byte[] multipart(String kind, String... parts) {
        return multipart(Map.of(), kind, parts);
    }

    static byte[] multipart(Map<String, String> head, String kind, String... parts) {
        var lines = new LinkedHashMap<>(head);
        lines.put("Content-Type", "multipart/" + kind + "; boundary=\"frontier\"");
        return with(lines, parts("frontier", parts));
    }

    /// Parts within a part.
    static String inner(String kind, String boundary, String... parts) {
        return "Content-Type: multipart/" + kind + "; boundary=\"" + boundary + "\"\r\n\r\n" + parts(boundary, parts);
    }

    private static String parts(String boundary, String... parts) {
        var body = new StringBuilder("This is a message with parts.\r\n");
        for (var part : parts) {
            body.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
        }
        return body + "--" + boundary + "--\r\n";
    }

    static String part(String type, String body) {
        return "Content-Type: " + type + "\r\n\r\n" + body;
    }

    static String attachment(String type, String name, byte[] content) {
        return "Content-Type: " + type + "; name=\"" + name + "\"\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(content);
    }

    static byte[] utf16(String text, Charset charset, int... mark) {
        var bytes = new ByteArrayOutputStream();
        for (int each : mark) {
            bytes.write(each);
        }
        try {
            bytes.write(text.getBytes(charset));
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return bytes.toByteArray();
    }

    /// As mail programs encode a text in which there are long lines (RFC 2045, section 6.7).
    static String quotedPrintable(String text) {
        var encoded = new StringBuilder();
        int column = 0;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            var character = each == '\n' ? "\r\n" : each == '=' || each < ' ' ? String.format("=%02X", each & 0xff) : String.valueOf((char) each);
            if (each != '\n' && column + character.length() > 75) {
                encoded.append("=\r\n");
                column = 0;
            }
            encoded.append(character);
            column = each == '\n' ? 0 : column + character.length();
        }
        return encoded.toString();
    }
}
