package dev.charter.authority.mail;

import dev.charter.authority.RunningAuthority;
import dev.charter.authority.identity.Identifiers;
import dev.charter.format.SignedDocument;
import dev.charter.store.Sql;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// This package as the program puts it together, for the tests of others.
public final class TestMail {
    static final MailAddress FROM = new MailAddress("licensing@acme.example", Optional.of("ACME Licensing"));

    private static final Templates TEMPLATES = Templates.ofProgram();

    private TestMail() {}

    /// What goes to contacts, in the name of ACME.
    static ToContact contact(InstantSource clock, Templates templates) {
        return new ToContact(new SqlOutbox(new Sender(FROM, Optional.empty()), new Identifiers(new SecureRandom()), clock), templates, "ACME");
    }

    /// Writes the reminders whose time has come, as the program does every few minutes.
    public static void remind(RunningAuthority authority) {
        authority.part(RemindOfEnds.class).round();
    }

    /// The plain text of a mail, without its attachments.
    public static String text(MimeMessage mail) {
        return first(mail, "text/plain").orElseThrow(() -> new AssertionError("a mail without a text"));
    }

    /// The page of a mail.
    public static String html(MimeMessage mail) {
        return first(mail, "text/html").orElseThrow(() -> new AssertionError("a mail without a page"));
    }

    private static Optional<String> first(Part part, String type) {
        try {
            if (part.isMimeType(type)) {
                return Optional.of((String) part.getContent());
            }
            if (part.getContent() instanceof Multipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    var found = first(parts.getBodyPart(i), type);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        } catch (MessagingException | IOException fault) {
            throw new AssertionError("this is no mail", fault);
        }
    }

    /// Where mails of ACME are put.
    public static Outbox outbox(InstantSource clock) {
        return new SqlOutbox(new Sender(FROM, Optional.empty()), new Identifiers(new SecureRandom()), clock);
    }

    /// The mails of ACME's orders.
    public static OrderMails orders(InstantSource clock) {
        return new OrderMails(outbox(clock), TEMPLATES, "ACME");
    }

    /// The mail that answers a letter, in the name of ACME.
    public static OutgoingMail answer(MailThread thread, SignedDocument document) {
        return new AnswerByMail(TEMPLATES, "ACME").write(_ -> "MQTT Server", thread, document);
    }

    /// The mail that tells that a letter waits for a look, in the name of ACME.
    public static OutgoingMail waits(MailThread thread) {
        return new AnswerByMail(TEMPLATES, "ACME").waits(thread);
    }

    /// All that were put and not sent, the oldest first.
    public static List<MimeMessage> waiting(Sql sql) {
        return sql.query("SELECT content FROM outbox WHERE state = 'WAITING' ORDER BY created_at, id", row -> read(row.bytes("content")));
    }

    static MimeMessage read(byte[] content) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(content));
        } catch (MessagingException fault) {
            throw new AssertionError("this is no mail", fault);
        }
    }
}
