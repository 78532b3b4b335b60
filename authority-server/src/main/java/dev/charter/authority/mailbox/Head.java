package dev.charter.authority.mailbox;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The lines above a mail's text (RFC 5322, section 2.2). Strangers wrote them: no more than [#MOST_LINES] are kept, and none that is longer than [#LONGEST_LINE].
final class Head {
    private static final int MOST_LINES = 500;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_REFERENCES = 100;
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,250}>");

    private final InternetHeaders lines;

    Head(InternetHeaders lines) {
        this.lines = lines;
    }

    /// The lines of a stream, up to and with the first that is empty.
    static InternetHeaders lines(InputStream in) throws MessagingException {
        var lines = new Few();
        lines.load(in, true);
        return lines;
    }

    /// The first line of that name, unfolded.
    Optional<String> first(String name) {
        return all(name).findFirst();
    }

    /// All lines of that name, unfolded, the uppermost first.
    Stream<String> all(String name) {
        return Optional.ofNullable(lines.getHeader(name)).stream().flatMap(Arrays::stream).map(line -> MimeUtility.unfold(line).strip());
    }

    /// What the mail is about, decoded (RFC 2047).
    String subject() {
        var raw = first("Subject").orElse("");
        try {
            return MimeUtility.decodeText(raw);
        } catch (UnsupportedEncodingException unknownScript) {
            return raw;
        }
    }

    Optional<String> messageId() {
        return first("Message-ID").flatMap(text -> messageIds(text).findFirst());
    }

    /// The Message-IDs of its thread, the oldest first; where it names none, what it answers.
    List<String> references() {
        var thread = first("References").map(text -> messageIds(text).limit(MOST_REFERENCES).toList()).orElse(List.of());
        return thread.isEmpty() ? first("In-Reply-To").map(text -> messageIds(text).limit(1).toList()).orElse(List.of()) : thread;
    }

    /// The addresses of a line such as `From`, in small letters and without names.
    List<String> addresses(String name) {
        return parsed(name).stream().map(InternetAddress::getAddress).filter(address -> address != null && address.contains("@")).map(address -> address.toLowerCase(java.util.Locale.ROOT)).toList();
    }

    private List<InternetAddress> parsed(String name) {
        try {
            var line = first(name);
            return line.isEmpty() ? List.of() : List.of(InternetAddress.parseHeader(line.get(), false));
        } catch (AddressException noAddress) {
            return List.of();
        }
    }

    private static Stream<String> messageIds(String text) {
        return MESSAGE_ID.matcher(text).results().map(java.util.regex.MatchResult::group);
    }

    /// Leaves out what is too long or too much.
    private static final class Few extends InternetHeaders {
        private int kept;

        @Override
        public void addHeaderLine(String line) {
            if (line.length() <= LONGEST_LINE && kept < MOST_LINES) {
                kept++;
                super.addHeaderLine(line);
            }
        }
    }
}
