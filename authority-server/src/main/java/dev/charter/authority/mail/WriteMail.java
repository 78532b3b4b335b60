package dev.charter.authority.mail;

import dev.charter.format.Bytes;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.util.ByteArrayDataSource;
import jakarta.mail.util.StreamProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.util.MailStreamProvider;

/// Writes a mail as it goes over the wire (RFC 5322, MIME).
final class WriteMail {
    static {
        // Else the library looks through all jars for it, several times for each mail.
        System.setProperty(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private static final Session NOWHERE = Session.getInstance(new Properties());
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private final Sender sender;

    WriteMail(Sender sender) {
        this.sender = sender;
    }

    /// A mail that keeps the Message-ID that it was given.
    private static final class Written extends MimeMessage {
        private final String messageId;

        Written(String messageId) {
            super(NOWHERE);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }

    /// @param messageId in angle brackets
    Bytes write(OutgoingMail mail, String messageId, Instant now) {
        try {
            var written = new Written(messageId);
            written.setFrom(sender.from().inHead());
            written.setRecipient(Message.RecipientType.TO, MailAddress.read(mail.to()).orElseThrow().inHead());
            var replyTo = mail.replyTo().flatMap(MailAddress::read).or(sender::replyTo);
            if (replyTo.isPresent()) {
                written.setReplyTo(new InternetAddress[] {replyTo.get().inHead()});
            }
            written.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
            written.setSentDate(Date.from(now));
            if (mail.inReplyTo().isPresent()) {
                written.setHeader("In-Reply-To", mail.inReplyTo().get());
            }
            if (!mail.references().isEmpty()) {
                written.setHeader("References", String.join("\r\n ", mail.references()));
            }
            written.setHeader("Auto-Submitted", mail.inReplyTo().isPresent() ? "auto-replied" : "auto-generated");
            written.setHeader("X-Auto-Response-Suppress", "All"); // Exchange heeds this one
            content(written, mail);
            written.saveChanges();
            var bytes = new ByteArrayOutputStream();
            written.writeTo(bytes);
            return Bytes.of(bytes.toByteArray());
        } catch (MessagingException | IOException fault) {
            throw new IllegalStateException("a mail could not be written", fault);
        }
    }

    private static void content(MimeMessage written, OutgoingMail mail) throws MessagingException, IOException {
        if (mail.attachments().isEmpty()) {
            words(written, mail);
            return;
        }
        var inline = new MimeBodyPart();
        words(inline, mail);
        var parts = new MimeMultipart(inline);
        for (var attachment : mail.attachments()) {
            var part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(attachment.content().toArray(), attachment.mediaType())));
            part.setDisposition(Part.ATTACHMENT);
            part.setFileName(attachment.fileName());
            part.setHeader("Content-Transfer-Encoding", "base64"); // byte for byte, line ends too
            parts.addBodyPart(part);
        }
        written.setContent(parts);
    }

    /// Its text; where it is a page as well, both, of which the reader's mail program shows the last that it can (RFC 2046, section 5.1.4).
    private static void words(MimePart part, OutgoingMail mail) throws MessagingException {
        var text = LINE_END.matcher(mail.text()).replaceAll("\r\n");
        if (mail.html().isEmpty()) {
            part.setText(text, StandardCharsets.UTF_8.name());
            return;
        }
        var plain = new MimeBodyPart();
        plain.setText(text, StandardCharsets.UTF_8.name());
        var page = new MimeBodyPart();
        page.setText(LINE_END.matcher(mail.html().get()).replaceAll("\r\n"), StandardCharsets.UTF_8.name(), "html");
        part.setContent(new MimeMultipart("alternative", plain, page));
    }
}
