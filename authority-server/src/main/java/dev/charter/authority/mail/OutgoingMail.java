package dev.charter.authority.mail;

import dev.charter.format.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A mail that a program writes. One that answers another says so by `Auto-Submitted: auto-replied` (RFC 3834), any other by `auto-generated`; so no machine answers it.
///
/// @param to its reader, as [MailAddress#read] reads it
/// @param replyTo where answers go, in place of what the settings say
/// @param subject one line of at most 500 characters
/// @param text plain text
/// @param html the same as a page, for mail programs that show one
/// @param inReplyTo the Message-ID of what it answers, in angle brackets
/// @param references the Message-IDs of its thread, the oldest first
public record OutgoingMail(String to, Optional<String> replyTo, String subject, String text, Optional<String> html, Optional<String> inReplyTo, List<String> references, List<Attachment> attachments) {
    static final int LONGEST_SUBJECT = 500;

    /// @param fileName one line without a path
    /// @param mediaType such as `text/plain; charset=utf-8`
    public record Attachment(String fileName, String mediaType, Bytes content) {
        private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z]+/[a-z0-9.+-]+(; charset=[a-z0-9-]+)?");
        private static final int LONGEST_NAME = 200;

        /// Throws [IllegalArgumentException] for a name or a type that no mail can carry.
        public Attachment {
            require(isOneLine(fileName) && !fileName.isBlank() && fileName.length() <= LONGEST_NAME && fileName.chars().noneMatch(character -> character == '/' || character == '\\'),
                    "an attachment's name has 1 to " + LONGEST_NAME + " characters, on one line and without a path");
            require(MEDIA_TYPE.matcher(mediaType).matches(), "an attachment has a media type");
        }
    }

    /// Throws [IllegalArgumentException] for what no mail can carry, above all for a line break within a line of its head: that would let its author add lines of their own.
    public OutgoingMail {
        require(MailAddress.read(to).isPresent(), "the recipient is no address");
        require(replyTo.isEmpty() || MailAddress.read(replyTo.get()).isPresent(), "where answers go is no address");
        require(isOneLine(subject) && !subject.isBlank() && subject.length() <= LONGEST_SUBJECT, "a subject has 1 to " + LONGEST_SUBJECT + " characters, on one line");
        require(inReplyTo.isEmpty() || MailThread.isMessageId(inReplyTo.get()), "what it answers is no Message-ID");
        require(references.stream().allMatch(MailThread::isMessageId), "what it refers to is no Message-ID");
        references = List.copyOf(references);
        attachments = List.copyOf(attachments);
    }

    /// A mail that answers none.
    public static OutgoingMail to(String to, String subject, String text) {
        return new OutgoingMail(to, Optional.empty(), subject, text, Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    /// The same with one more attachment.
    public OutgoingMail with(Attachment attachment) {
        var more = new ArrayList<>(attachments);
        more.add(attachment);
        return new OutgoingMail(to, replyTo, subject, text, html, inReplyTo, references, more);
    }

    /// The same as a page, beside its text.
    public OutgoingMail withHtml(String page) {
        return new OutgoingMail(to, replyTo, subject, text, Optional.of(page), inReplyTo, references, attachments);
    }

    /// Without what ends a line, in any of the ways that programs know.
    static boolean isOneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isISOControl(character) || character == '\u2028' || character == '\u2029') {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
