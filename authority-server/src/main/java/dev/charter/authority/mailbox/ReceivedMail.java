package dev.charter.authority.mailbox;

import dev.charter.format.Digest;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.internet.ParseException;
import jakarta.mail.util.SharedByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// One mail, read within bounds whatever it holds: so many parts, so deep, so much text. What goes beyond them is left out; what is no MIME is read as it stands.
///
/// @param head the lines above its text
/// @param type its media type, such as `multipart/report`
/// @param texts what can be read in it; those in one list are the same text in several forms
/// @param notRead the names of attachments that are no text, such as pictures
/// @param id of this mail, alike for each copy of it, whatever way that came
record ReceivedMail(Head head, String type, List<List<String>> texts, List<String> notRead, Digest id) {
    /// In bytes; what is larger is not read at all.
    static final int LARGEST = 25 * 1024 * 1024;
    private static final int MOST_PARTS = 100;
    private static final int DEEPEST = 8;
    /// Each level of parts is looked through for their boundaries: the whole of a mail is looked through so often at most, as in one that was forwarded twice.
    private static final int SPLITS = 3;
    private static final int SMALL = 64 * 1024;
    /// A letter in UTF-16, quoted and wrapped, is half as long.
    private static final int LARGEST_TEXT = 512 * 1024;
    private static final int ALL_TEXT = 2 * 1024 * 1024;
    private static final int MOST_NOT_READ = 3;
    private static final int LONGEST_NAME = 60;
    private static final Session NOWHERE = Session.getInstance(new Properties());

    ReceivedMail {
        texts = texts.stream().map(List::copyOf).toList();
        notRead = List.copyOf(notRead);
    }

    /// Reads the bytes of a mail (RFC 5322). Never fails for what stands in them.
    ///
    /// @param bytes no more than [#LARGEST]
    static ReceivedMail read(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException("a mail of " + bytes.length + " bytes is not read");
        }
        var walk = new Walk(bytes.length);
        try {
            var message = new Message(new SharedByteArrayInputStream(bytes));
            var head = new Head(message.lines());
            walk.into(message, 0, new ArrayList<>());
            int body = bytes.length - message.bodySize();
            return new ReceivedMail(head, walk.topType, walk.texts(), walk.notRead, id(head, Digest.of(Arrays.copyOfRange(bytes, body, bytes.length))));
        } catch (MessagingException | IOException noMail) {
            throw new IllegalStateException("bytes in memory are always read", noMail);
        }
    }

    /// Of a mail that is too large: what its head says, and nothing else.
    ///
    /// @param size of the whole mail in bytes
    static ReceivedMail withoutText(byte[] head, long size) {
        try {
            var lines = new Head(Head.lines(new SharedByteArrayInputStream(head)));
            return new ReceivedMail(lines, "", List.of(), List.of(), id(lines, Digest.of(Long.toString(size).getBytes(StandardCharsets.US_ASCII))));
        } catch (MessagingException noHead) {
            throw new IllegalStateException("bytes in memory are always read", noHead);
        }
    }

    /// Programs that give each of their mails the same Message-ID exist, so the text counts too; what stands in `Received` does not.
    private static Digest id(Head head, Digest text) {
        var named = head.messageId().orElseGet(() -> String.join("\n", head.first("From").orElse(""), head.first("Date").orElse(""), head.subject()));
        return Digest.of((named + "\n" + text).getBytes(StandardCharsets.UTF_8));
    }

    /// All that can be read, one text after another; of several forms of one the first.
    String wholeText() {
        return String.join("\n", texts.stream().filter(forms -> !forms.isEmpty()).map(List::getFirst).toList());
    }

    /// A message whose lines above the text are few.
    private static final class Message extends MimeMessage {
        Message(InputStream in) throws MessagingException {
            super(NOWHERE, in);
        }

        @Override
        protected InternetHeaders createInternetHeaders(InputStream in) throws MessagingException {
            return Head.lines(in);
        }

        InternetHeaders lines() {
            return headers;
        }

        int bodySize() throws MessagingException {
            return Math.max(0, getSize());
        }
    }

    /// Parts in a row, no more than are walked through.
    private static final class Parts extends MimeMultipart {
        private final Walk walk;

        Parts(MimePart whole, Walk walk) throws MessagingException {
            super(new MimePartDataSource(whole));
            this.walk = walk;
        }

        @Override
        protected MimeBodyPart createMimeBodyPart(InternetHeaders lines, byte[] content) throws MessagingException {
            walk.count();
            return super.createMimeBodyPart(lines, content);
        }

        @Override
        protected MimeBodyPart createMimeBodyPart(InputStream in) throws MessagingException {
            walk.count();
            return super.createMimeBodyPart(in);
        }
    }

    private static final class TooManyParts extends MessagingException {
        private static final long serialVersionUID = 1;

        TooManyParts() {
            super("more than " + MOST_PARTS + " parts");
        }
    }

    /// The way through a mail's parts, and what was found on it.
    private static final class Walk {
        private final List<List<String>> texts = new ArrayList<>();
        private final List<String> notRead = new ArrayList<>();
        private String topType = "";
        private int parts;
        private int textLeft = ALL_TEXT;
        private long toSplit;

        Walk(int size) {
            toSplit = SPLITS * (long) size + SMALL;
        }

        void count() throws TooManyParts {
            if (++parts > MOST_PARTS) {
                throw new TooManyParts();
            }
        }

        List<List<String>> texts() {
            return texts.stream().filter(forms -> !forms.isEmpty()).toList();
        }

        /// @param forms takes up the text; it is on the list of texts, or will be, once
        void into(MimePart part, int depth, List<String> forms) throws MessagingException, IOException {
            if (depth == 0) {
                texts.add(forms);
            }
            var type = type(part);
            var name = type.map(known -> (known.getPrimaryType() + "/" + known.getSubType()).toLowerCase(Locale.ROOT)).orElse("application/octet-stream");
            if (depth == 0) {
                topType = name;
            }
            if (name.startsWith("multipart/")) {
                multipart(part, name, depth, forms);
            } else if (name.equals("message/rfc822")) {
                attached(part, depth, forms);
            } else {
                single(part, type, name, depth, forms);
            }
        }

        private void multipart(MimePart part, String name, int depth, List<String> forms) throws MessagingException, IOException {
            toSplit -= Math.max(0, part.getSize());
            if (depth >= DEEPEST || toSplit < 0) {
                return;
            }
            int children;
            var multipart = new Parts(part, this);
            try {
                children = multipart.getCount();
            } catch (TooManyParts enough) {
                return;
            } catch (MessagingException noParts) {
                add(forms, PlainText.of(start(part), Optional.empty()));
                return;
            }
            for (int i = 0; i < children; i++) {
                var inAList = name.equals("multipart/alternative") ? forms : another();
                BodyPart child = multipart.getBodyPart(i);
                into((MimePart) child, depth + 1, inAList);
            }
        }

        private List<String> another() {
            var forms = new ArrayList<String>();
            texts.add(forms);
            return forms;
        }

        /// A forwarded mail: read where it lies, unless it is encoded, which no mail should be.
        private void attached(MimePart part, int depth, List<String> forms) throws MessagingException, IOException {
            try (var in = raw(part)) {
                message(isEncoded(part) ? new SharedByteArrayInputStream(start(part)) : in, depth, forms);
            }
        }

        private void message(InputStream in, int depth, List<String> forms) throws MessagingException, IOException {
            if (depth < DEEPEST) {
                into(new Message(in), depth + 1, forms);
            }
        }

        private void single(MimePart part, Optional<ContentType> type, String name, int depth, List<String> forms) throws MessagingException, IOException {
            var file = fileName(part);
            var bytes = start(part);
            if (isNoText(bytes) || name.startsWith("image/") || name.startsWith("audio/") || name.startsWith("video/")) {
                if (notRead.size() < MOST_NOT_READ) {
                    notRead.add(shown(file.orElse(name)));
                }
            } else if (isMail(file, bytes)) {
                message(new SharedByteArrayInputStream(bytes), depth, forms);
            } else {
                var text = PlainText.of(bytes, type.flatMap(known -> Optional.ofNullable(known.getParameter("charset"))));
                add(forms, name.equals("text/html") || isHtml(text) ? PlainText.ofHtml(text) : text);
            }
        }

        private void add(List<String> forms, String text) {
            var kept = text.length() <= textLeft ? text : text.substring(0, textLeft);
            textLeft -= kept.length();
            if (!kept.isBlank()) {
                forms.add(kept);
            }
        }

        private static Optional<ContentType> type(Part part) throws MessagingException {
            try {
                return Optional.of(new ContentType(part.getContentType()));
            } catch (ParseException none) {
                return Optional.empty();
            }
        }

        /// As much of its content as may be a text, decoded.
        private static byte[] start(MimePart part) throws MessagingException, IOException {
            var encoding = encoding(part);
            if (encoding.equals("quoted-printable")) {
                return quotedPrintable(start(raw(part)));
            }
            try {
                return start(MimeUtility.decode(raw(part), encoding));
            } catch (IOException | MessagingException unknownEncoding) {
                return start(raw(part));
            }
        }

        private static boolean isEncoded(MimePart part) throws MessagingException {
            var encoding = encoding(part);
            return encoding.equals("base64") || encoding.equals("quoted-printable");
        }

        private static String encoding(MimePart part) throws MessagingException {
            return Optional.ofNullable(part.getHeader("Content-Transfer-Encoding", null)).map(line -> line.strip().toLowerCase(Locale.ROOT)).orElse("8bit");
        }

        private static InputStream raw(MimePart part) throws MessagingException {
            return part instanceof MimeBodyPart body ? body.getRawInputStream() : ((MimeMessage) part).getRawInputStream();
        }

        /// RFC 2045, section 6.7; what is no encoding stands for itself. Angus Mail's own decoder throws and catches an exception for each of these, and a megabyte of them takes it seconds.
        private static byte[] quotedPrintable(byte[] encoded) {
            var decoded = new byte[encoded.length];
            int length = 0;
            for (int i = 0; i < encoded.length; i++) {
                int high = encoded[i] == '=' && i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
                int low = high >= 0 ? Character.digit(encoded[i + 2], 16) : -1;
                if (low >= 0) {
                    decoded[length++] = (byte) (high << 4 | low);
                    i += 2;
                } else if (encoded[i] == '=' && i + 1 < encoded.length && encoded[i + 1] == '\n') {
                    i++;
                } else if (encoded[i] == '=' && i + 2 < encoded.length && encoded[i + 1] == '\r' && encoded[i + 2] == '\n') {
                    i += 2;
                } else {
                    decoded[length++] = encoded[i];
                }
            }
            return Arrays.copyOf(decoded, length);
        }

        /// What is damaged ends there.
        private static byte[] start(InputStream in) throws IOException {
            var bytes = new byte[8 * 1024];
            int length = 0;
            while (length < LARGEST_TEXT) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.min(bytes.length * 4, LARGEST_TEXT));
                }
                int read;
                try {
                    read = in.read(bytes, length, bytes.length - length);
                } catch (IOException damaged) {
                    if (length == 0) {
                        throw damaged;
                    }
                    break;
                }
                if (read < 0) {
                    break;
                }
                length += read;
            }
            return Arrays.copyOf(bytes, length);
        }

        private static Optional<String> fileName(Part part) {
            try {
                return Optional.ofNullable(part.getFileName());
            } catch (MessagingException unreadable) {
                return Optional.empty();
            }
        }

        private static boolean isNoText(byte[] bytes) {
            return begins(bytes, "%PDF") || begins(bytes, "\u0089PNG") || begins(bytes, "\u00ff\u00d8\u00ff") || begins(bytes, "PK\u0003\u0004") || begins(bytes, "GIF8")
                    || begins(bytes, "\u00d0\u00cf\u0011\u00e0") || begins(bytes, "\u001f\u008b") || begins(bytes, "Rar!") || begins(bytes, "7z\u00bc\u00af");
        }

        /// A mail that was saved and attached.
        private static boolean isMail(Optional<String> file, byte[] bytes) {
            return file.filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".eml")).isPresent() || begins(bytes, "Return-Path:") || begins(bytes, "Received:") || begins(bytes, "Delivered-To:");
        }

        private static boolean isHtml(String text) {
            var start = text.substring(0, Math.min(text.length(), 100)).stripLeading().toLowerCase(Locale.ROOT);
            return start.startsWith("<!doctype html") || start.startsWith("<html");
        }

        private static boolean begins(byte[] bytes, String start) {
            for (int i = 0; i < start.length(); i++) {
                if (i >= bytes.length || (bytes[i] & 0xff) != start.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private static String shown(String name) {
            var plain = new StringBuilder();
            name.codePoints().limit(LONGEST_NAME).forEach(character -> plain.appendCodePoint(Character.isLetterOrDigit(character) || "._- /".indexOf(character) >= 0 ? character : '_'));
            return plain.toString();
        }
    }
}
