package dev.charter.authority.mailbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;

/// Mails that are made to be slow, large in memory or wrong: each of 1 MB, by what is wrong with it.
final class MalformedMails {
    static final int SIZE = 1_000_000;
    private static final String FROM = "From: eve@evil.example\r\nMessage-ID: <1@evil.example>\r\nMIME-Version: 1.0\r\n";

    private MalformedMails() {}

    static byte[] of(String what) {
        return Objects.requireNonNull(all().get(what), what).get();
    }

    /// Each is made when it is wanted.
    static Map<String, Supplier<byte[]>> all() {
        var mails = new LinkedHashMap<String, Supplier<byte[]>>();
        mails.put("thousands of headers", () -> bytes(filled("", i -> "X-" + i + ": a\r\n")));
        mails.put("one endless header line", () -> bytes(FROM + "Subject: " + "a".repeat(SIZE)));
        mails.put("one header folded without end", () -> bytes(FROM + "Subject: a" + filled("", i -> "\r\n a")));
        mails.put("endless addresses", () -> bytes("From: " + filled("", i -> "a" + i + "@b.example, ")));
        mails.put("endless references", () -> bytes(FROM + "References: " + filled("", i -> "<" + i + "@b>\r\n ")));
        mails.put("endless encoded words", () -> bytes(FROM + "Subject: " + filled("", i -> "=?utf-8?q?=C3=BC?= ")));
        mails.put("open brackets in an address", () -> bytes("From: " + "(".repeat(15_000) + "<".repeat(SIZE)));
        mails.put("parameters without end", () -> bytes(FROM + "Content-Type: multipart/mixed" + filled("", i -> ";\r\n b*" + i + "=\"x\"")));
        mails.put("deep nesting", () -> bytes(FROM + nested(9_000)));
        mails.put("mails within mails", () -> bytes(FROM + "Content-Type: message/rfc822\r\n\r\n" + "Content-Type: message/rfc822\r\n\r\n".repeat(SIZE / 32)));
        mails.put("parts without end", () -> bytes(FROM + mixed() + filled("", i -> "--b\r\n\r\n")));
        mails.put("parts with thousands of headers", () -> bytes(FROM + mixed() + filled("--b\r\n", i -> "A: b\r\n")));
        mails.put("a boundary that never comes", () -> bytes(FROM + mixed() + filled("", i -> "a line\r\n")));
        mails.put("almost the boundary", () -> bytes(FROM + "Content-Type: multipart/mixed; boundary=\"" + "-".repeat(60) + "b\"\r\n\r\n--" + "-".repeat(60) + "b\r\n\r\n" + "-".repeat(SIZE)));
        mails.put("a boundary of nothing but blanks", () -> bytes(FROM + "Content-Type: multipart/mixed; boundary=\" \"\r\n\r\n" + filled("", i -> "-- \r\n")));
        mails.put("no boundary", () -> bytes(FROM + "Content-Type: multipart/mixed\r\n\r\n" + filled("", i -> "--" + i + "\r\n\r\n")));
        mails.put("quoted without end", () -> bytes(FROM + "\r\n" + "> ".repeat(SIZE / 2)));
        mails.put("lines of quotes", () -> bytes(FROM + "\r\n" + filled("", i -> ">>>>>>>>>>>>>>>>>>>>>>>>\n")));
        mails.put("line ends only", () -> bytes(FROM + "\r\n" + "\r".repeat(SIZE)));
        mails.put("BEGIN lines only", () -> bytes(FROM + "\r\n" + filled("", i -> "-----BEGIN CHARTER USAGE REQUEST-----\n")));
        mails.put("BEGIN without END", () -> bytes(FROM + "\r\n-----BEGIN CHARTER USAGE REQUEST-----\n" + filled("", i -> "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n")));
        mails.put("many letters that cannot be read", () -> bytes(FROM + "\r\n" + filled("", i -> "-----BEGIN CHARTER RELEASE-----\nQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNk" + i % 10 + "=\n-----END CHARTER RELEASE-----\n")));
        mails.put("a bomb of zeros", () -> bytes(FROM + "\r\n-----BEGIN CHARTER USAGE REQUEST-----\n" + bomb() + "\n-----END CHARTER USAGE REQUEST-----\n"));
        mails.put("codes that cannot be read", () -> bytes(FROM + "\r\n" + filled("", i -> "CHARTER/1/1/" + String.format("%08d", i) + "/AAAAAAAA\n")));
        mails.put("codes in one line", () -> bytes(FROM + "\r\n" + filled("", i -> "CHARTER/1/9/" + String.format("%08d", i) + "/")));
        mails.put("the name without end", () -> bytes(FROM + "\r\n" + "charter ".repeat(SIZE / 8)));
        mails.put("almost the name", () -> bytes(FROM + "\r\n" + "CHARTE".repeat(SIZE / 6)));
        mails.put("base64 without a letter", () -> bytes(FROM + "\r\n" + filled("", i -> "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n")));
        mails.put("one line of base64", () -> bytes(FROM + "\r\n" + "A".repeat(SIZE)));
        mails.put("tags that never end", () -> html("<a ".repeat(SIZE / 3)));
        mails.put("comments that never end", () -> html("<!--".repeat(SIZE / 4)));
        mails.put("scripts that never end", () -> html("<script>".repeat(SIZE / 8)));
        mails.put("entities that never end", () -> html("&#x26;#x26;".repeat(SIZE / 11) + "&".repeat(1000)));
        mails.put("base64 that is none", () -> bytes(FROM + "Content-Transfer-Encoding: base64\r\n\r\n" + "=!".repeat(SIZE / 2)));
        mails.put("quoted-printable that is none", () -> bytes(FROM + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + "=".repeat(SIZE)));
        mails.put("blanks in quoted-printable", () -> bytes(FROM + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + " ".repeat(SIZE)));
        mails.put("uuencode that never ends", () -> bytes(FROM + "Content-Transfer-Encoding: uuencode\r\n\r\nbegin 644 a\n" + filled("", i -> "M\n")));
        mails.put("zeros", () -> new byte[SIZE]);
        mails.put("random bytes", () -> random(new byte[SIZE]));
        mails.put("random bytes as an attachment", () -> bytes(FROM + mixed() + "--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(random(new byte[SIZE * 7 / 10]))));
        return mails;
    }

    private interface Piece {
        String of(int number);
    }

    private static String mixed() {
        return "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
    }

    private static String nested(int depth) {
        var mail = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=\"b").append(i).append("\"\r\n\r\n--b").append(i).append("\r\n");
        }
        return mail.append("\r\nhello\r\n").append(" ".repeat(Math.max(0, SIZE - mail.length()))).toString();
    }

    private static String filled(String start, Piece piece) {
        var text = new StringBuilder(start);
        for (int i = 0; text.length() < SIZE; i++) {
            text.append(piece.of(i));
        }
        return text.toString();
    }

    /// Zeros, compressed: they would be a gigabyte.
    private static String bomb() {
        var deflater = new java.util.zip.Deflater(9);
        var out = new ByteArrayOutputStream();
        var zeros = new byte[1 << 20];
        var buffer = new byte[1 << 16];
        for (int i = 0; i < 90; i++) {
            deflater.setInput(zeros);
            for (int length = deflater.deflate(buffer); length > 0; length = deflater.deflate(buffer)) {
                out.write(buffer, 0, length);
            }
        }
        deflater.end();
        return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(out.toByteArray());
    }

    private static byte[] html(String text) {
        return bytes(FROM + "Content-Type: text/html\r\n\r\n" + text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(byte[] bytes) {
        new Random(20260301).nextBytes(bytes);
        return bytes;
    }
}
